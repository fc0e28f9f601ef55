import {expect, test} from 'vitest';
import {differences} from '../../../src/wire/python/differences.ts';
import {readLiteral} from '../../../src/wire/python/literal.ts';
import type {PyValue} from '../../../src/wire/python/value.ts';

function literal(text: string): PyValue {
  const read = readLiteral(text);
  if (!read.ok) throw new Error(`${text}: ${read.message}`);
  return read.value;
}

const asText = (key: PyValue): PyValue | undefined => (key.t === 'int' ? {t: 'str', v: String(key.v)} : undefined);

test.each([
  ['[1, 1.5, None, b"a", {"a": (1,)}]', '[1, 1.5, None, b"a", {"a": (1,)}]', []],
  ['nan', 'nan', []],
  ['(1, [2])', '[1, [2]]', [['', 'type', '(1, [2])', '[1, [2]]']]],
  [
    '[(1,), (2, ())]',
    '[[1], [2, []]]',
    [
      ['[0]', 'type', '(1,)', '[1]'],
      ['[1]', 'type', '(2, ())', '[2, []]'],
      ['[1][1]', 'type', '()', '[]'],
    ],
  ],
  ['1', '1.0', [['', 'type', '1', '1.0']]],
  ['True', '1', [['', 'type', 'True', '1']]],
  ['0.0', '-0.0', [['', 'value', '0.0', '-0.0']]],
  ['9007199254740993', '9007199254740992', [['', 'value', '9007199254740993', '9007199254740992']]],
  ['{1: "a"}', '{"1": "a"}', [['[1]', 'key', '1', "'1'"]]],
  [
    '{1: "a", "1": "b"}',
    '{"1": "b"}',
    [
      ['[1]', 'key', '1', "'1'"],
      ['[1]', 'value', "'a'", "'b'"],
    ],
  ],
  ['{"b": 1, "2": 2}', '{"2": 2, "b": 1}', [['', 'order', "'b', '2'", "'2', 'b'"]]],
  ['{"a": 1}', '{}', [["['a']", 'lost', '1', 'nothing']]],
  ['[1, 2]', '[1]', [['[1]', 'lost', '2', 'nothing']]],
  ['{"a": [{"b": "c"}]}', '{"a": [{"b": b"c"}]}', [["['a'][0]['b']", 'type', "'c'", "b'c'"]]],
])('%s and %s', (was, now, expected) => {
  const found = differences(literal(was), literal(now), {keyOf: asText});
  expect(found.map(one => [one.where, one.kind, one.was, one.now])).toEqual(expected);
});

test('there are no more of them than asked for', () => {
  const was = literal(`[${'(), '.repeat(500)}]`);
  const now = literal(`[${'[], '.repeat(500)}]`);
  expect(differences(was, now)).toHaveLength(100);
  expect(differences(was, now, {most: 3})).toHaveLength(3);
});
