import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readLiteral, readLiterals} from '../../../src/wire/python/literal.ts';
import {repr} from '../../../src/wire/python/repr.ts';

const {cases} = JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')) as {
  cases: [text: string, repr: string | null][];
};

// Where we differ from ast.literal_eval, on purpose.
const differences = new Map<string, string | null>([
  ['inf', 'inf'],
  ['nan', 'nan'],
  ['Ellipsis', 'Ellipsis'],
  ['-(1)', null],
  ["'\\N{DIGIT ONE}'", null],
  ["'\\N{DIGIT ONE}' ''", null],
]);

describe('literals and repr', () => {
  test('are read and written as Python reads and writes them, and refused where it refuses', () => {
    expect(cases.length).toBeGreaterThan(900);
    const got = cases.map(([text]) => {
      const result = readLiteral(text);
      return [text, result.ok ? repr(result.value) : null];
    });
    expect(got).toEqual(cases.map(([text, said]) => [text, differences.has(text) ? differences.get(text) : said]));
  });

  test('every refusal has a place inside the text, a sentence and a next step', () => {
    const refused = cases.map(([text]) => ({text, result: readLiteral(text)})).filter(({result}) => !result.ok);
    expect(refused.length).toBeGreaterThan(100);
    for (const {text, result} of refused) {
      if (result.ok) continue;
      expect(result.offset).toBeGreaterThanOrEqual(0);
      expect(result.offset).toBeLessThanOrEqual(text.length);
      expect(result.message).toMatch(/^\S.*\.$/);
      expect(result.next).toMatch(/^\S.*[.!}]$/);
    }
  });

  test.each([
    ['true', 0, /Python writes True/],
    ['12abc', 2, /comma or a space/],
    ['0x', 1, /0x, 0o or 0b/],
    ['017', 0, /0o for octal/],
    ['abc', 0, /quotes/],
    ['constructor', 0, /quotes/],
    ["b'é'", 2, /\\xNN/],
    ["'abc", 0, /after its last/],
    ['1j', 1, /two numbers/],
    ['[1 2]', 3, /comma between/],
    ['[1, 2', 5, /Write \]/],
    ['{[]: 1}', 1, /tuple/],
    ['bytearray(1)', 10, /bytearray\(b/],
    ['('.repeat(1000), 101, /levels deep/],
    ['9'.repeat(4301), 0, /hexadecimal/],
  ])('%s is wrong at %d', (text, offset, next) => {
    expect(readLiteral(text)).toMatchObject({ok: false, offset, next: expect.stringMatching(next)});
  });

  test('what repr writes beyond literals', () => {
    for (const text of ["bytearray(b'a')", 'frozenset({1, 2})', 'frozenset()', 'set()', '-inf', "bytearray(b'')"]) {
      const result = readLiteral(text);
      expect(result.ok && repr(result.value)).toBe(text);
    }
  });
});

describe('values in a row', () => {
  const read = (text: string) => {
    const result = readLiterals(text);
    return result.ok ? result.value.map(repr) : result.offset;
  };

  test('stand apart by commas or spaces, texts too', () => {
    expect(read('')).toEqual([]);
    expect(read(" 1, 0x10  -1.5\tb'a' 'b' , (1, 2) ")).toEqual(['1', '16', '-1.5', "b'a'", "'b'", '(1, 2)']);
    expect(read('1,')).toEqual(['1']);
  });

  test('and are refused where they do not', () => {
    expect(read("'a''b'")).toBe(3);
    expect(read('1,,2')).toBe(2);
    expect(read('1 2 x')).toBe(4);
  });
});
