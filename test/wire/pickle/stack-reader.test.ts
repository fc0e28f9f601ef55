import {expect, test} from 'vitest';
import {disassemble} from '../../../src/wire/pickle/disassemble.ts';
import {dumps} from '../../../src/wire/pickle/dumps.ts';
import {inspect} from '../../../src/wire/pickle/inspect.ts';
import {StackReader} from '../../../src/wire/pickle/stack-reader.ts';
import {readLiteral} from '../../../src/wire/python/literal.ts';
import {bytesOf, given, made, raw} from './cases.ts';

const shown = (reader: StackReader, end: number) =>
  reader
    .after(end)
    .top.map(({text, mark}) => (mark ? `<${text}>` : text))
    .join(' ');

test('the stack after each opcode, forwards and backwards', () => {
  const bytes = bytesOf('80035d7100284b054b064b07652e');
  const reader = new StackReader(bytes);
  const expected = [
    [2, ''],
    [3, '[]'],
    [5, '[]'],
    [6, '<MARK> []'],
    [8, '5 <MARK> []'],
    [12, '7 6 5 <MARK> []'],
    [13, '[5, 6, 7]'],
    [14, ''],
  ] as const;
  for (const [end, stack] of [...expected, ...expected.toReversed()])
    expect([end, shown(reader, end)]).toEqual([end, stack]);
  expect(reader.after(5)).toEqual({
    height: 1,
    top: [{text: '[]', mark: false}],
    memoSize: 1,
    memo: [['0', '[]']],
  });
});

test('marks at one height all show', () => {
  expect(shown(new StackReader(raw('(((NN')), 5)).toBe('None None <MARK> <MARK> <MARK>');
  expect(shown(new StackReader(raw('N((N(')), 5)).toBe('<MARK> None <MARK> <MARK> None');
});

test('nothing that comes later is an error yet, and a mistake stays', () => {
  const framed = dumps({t: 'list', v: Array.from({length: 30}, (_, v) => ({t: 'int', v: BigInt(v)}) as const)});
  const reader = new StackReader(framed);
  for (const {offset, length} of disassemble(framed).ops) expect(reader.after(offset + length).error).toBeUndefined();
  const broken = new StackReader(raw('N0000N.'));
  expect(broken.after(2).error).toBeUndefined();
  expect(broken.after(3).error).toMatchObject({class: 'UnpicklingError', offset: 2});
  expect(broken.after(6).error).toMatchObject({offset: 2});
  expect(broken.after(1).error).toBeUndefined();
});

test('it stops where inspect says that CPython does', () => {
  for (const {hex} of [...given, ...made]) {
    const bytes = bytesOf(hex);
    const report = inspect(bytes);
    const view = new StackReader(bytes).after(bytes.length);
    if (report.error !== undefined && report.pickles === 0 && report.error.offset < bytes.length)
      expect([hex, view.error]).toEqual([hex, report.error]);
  }
});

test('a tall stack and a large memo are cut, and counted', () => {
  const items = readLiteral(`[${"'x', ".repeat(5000)}]`);
  const bytes = dumps((items as {value: Parameters<typeof dumps>[0]}).value);
  const {ops} = disassemble(bytes);
  const before = ops.findIndex(({name}) => name === 'APPENDS');
  const view = new StackReader(bytes).after(ops[before]!.offset);
  expect(view.height).toBe(1001);
  expect(view.top).toHaveLength(64);
});
