import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readJsonAsJavaScript} from '../../../src/wire/json/read-javascript.ts';
import {readJsonAsPython} from '../../../src/wire/json/read-python.ts';
import {writeJson} from '../../../src/wire/json/write.ts';
import {readLiteral} from '../../../src/wire/python/literal.ts';
import {repr} from '../../../src/wire/python/repr.ts';
import type {PyValue} from '../../../src/wire/python/value.ts';

interface Outcome {
  readonly result?: string;
  readonly error?: string;
  readonly message?: string;
}

/** What CPython 3.13 answers; make-json.py writes it. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../vectors/json.json'), 'utf8')) as {
  readonly dumps: readonly (readonly [literal: string, outcome: Outcome])[];
  readonly loads: readonly (readonly [text: string, outcome: Outcome])[];
};

function literal(text: string): PyValue {
  const read = readLiteral(text);
  if (!read.ok) throw new Error(`${text}: ${read.message}`);
  return read.value;
}

function dumped(value: PyValue): Outcome {
  const written = writeJson(value);
  return written.ok ? {result: written.text} : {error: written.class, message: written.message};
}

function loaded(text: string): Outcome {
  const read = readJsonAsPython(text);
  return read.ok ? {result: repr(read.value)} : {error: read.class, message: read.message};
}

test.each(vectors.dumps)('json.dumps(%s)', (text, outcome) => expect(dumped(literal(text))).toEqual(outcome));

test.each(vectors.loads)('json.loads(%j)', (text, outcome) => expect(loaded(text)).toEqual(outcome));

const value: fc.Arbitrary<PyValue> = fc.letrec<{value: PyValue}>(tie => ({
  value: fc.oneof(
    {maxDepth: 3, withCrossShrink: true},
    fc.constant({t: 'none'} as const),
    fc.boolean().map(v => ({t: 'bool', v}) as const),
    fc.bigInt({min: -(2n ** 90n), max: 2n ** 90n}).map(v => ({t: 'int', v}) as const),
    fc.double({noNaN: true}).map(v => ({t: 'float', v}) as const),
    fc.string({unit: 'binary', maxLength: 12}).map(v => ({t: 'str', v}) as const),
    fc.array(tie('value'), {maxLength: 4}).map(v => ({t: 'list', v}) as const),
    fc
      .uniqueArray(fc.tuple(fc.string({maxLength: 4}), tie('value')), {maxLength: 4, selector: ([key]) => key})
      .map(entries => ({t: 'dict', v: entries.map(([key, item]) => [{t: 'str', v: key}, item] as const)}) as const),
  ),
})).value;

test('what JSON can hold comes back equal', () => {
  fc.assert(
    fc.property(value, one => {
      const written = writeJson(one);
      expect(written.ok && readJsonAsPython(written.text)).toEqual({ok: true, value: one});
    }),
    {numRuns: 200},
  );
});

test('any text has an answer, and JavaScript refuses what Python refuses', () => {
  fc.assert(
    fc.property(fc.string({unit: fc.constantFrom(...'{}[]",:\\u01e-.ntrf Na')}), text => {
      const python = readJsonAsPython(text);
      const javascript = readJsonAsJavaScript(text);
      if (!python.ok) expect(javascript.ok).toBe(false);
    }),
    {numRuns: 400},
  );
  expect(readJsonAsPython('['.repeat(5000))).toMatchObject({ok: false, class: 'RecursionError', at: 900});
});

describe('what JavaScript reads', () => {
  test.each([
    ['9007199254740993', 'int 9007199254740992', '9007199254740992'],
    ['1.0', 'int 1', '1'],
    ['-0.0', 'float -0.0', '-0'],
    ['1e400', 'float inf', 'Infinity'],
    ['{"b": 1, "2": [null, true]}', "dict {'2': [None, True], 'b': 1}", '{"2": [null, true], "b": 1}'],
    ['{"__proto__": 1}', "dict {'__proto__': 1}", '{"__proto__": 1}'],
    ['"\\ud83d\\ude00\\u0007"', "str '😀\\x07'", '"\\ud83d\\ude00\\u0007"'],
  ])('%s', (text, expected, shown) => {
    const read = readJsonAsJavaScript(text);
    expect(read.ok && `${read.value.t} ${repr(read.value)}`).toBe(expected);
    expect(read.ok && read.shown).toBe(shown);
  });

  test.each(['NaN', '[Infinity]', '{"a": -Infinity}', ''])('%j is a SyntaxError', text => {
    expect(readJsonAsJavaScript(text)).toMatchObject({ok: false, class: 'SyntaxError'});
  });
});

const absent = spawnSync('python3', ['--version']).status !== 0;
if (absent) console.warn('skipped: python3 is not here to say what it writes today');
test.skipIf(absent)('a live Python writes the same', () => {
  const script =
    'import json,sys\ninf,nan=float("inf"),float("nan")\n' +
    'print(json.dumps([json.dumps(eval(one)) for one in json.load(sys.stdin)]))';
  const good = vectors.dumps.filter(([, {result}]) => result !== undefined);
  const {stdout} = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(good.map(([one]) => one)),
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual(good.map(([one]) => dumped(literal(one)).result));
});
