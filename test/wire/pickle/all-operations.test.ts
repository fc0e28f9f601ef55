import {expect, test} from 'vitest';
import {allOperations} from '../../../src/wire/pickle/all-operations.ts';
import {disassemble} from '../../../src/wire/pickle/disassemble.ts';
import {loads} from '../../../src/wire/pickle/loads.ts';
import {bytesOf, given, made, raw} from './cases.ts';

const listed = (bytes: Uint8Array) =>
  allOperations(bytes, disassemble(bytes)).map(({name, offset}) => `${name} ${offset}`);

test('what pickletools lists is not changed', () => {
  for (const {hex} of [...given, ...made]) {
    const read = disassemble(bytesOf(hex));
    const all = allOperations(bytesOf(hex), read);
    expect(all.slice(0, read.ops.length)).toEqual(read.ops);
    if (read.error === undefined) expect(all).toHaveLength(read.ops.length);
  }
});

test('what a value is loaded from is listed to its STOP, whatever pickletools says of it', () => {
  let refusedByOne = 0;
  for (const {hex} of [...given, ...made]) {
    const bytes = bytesOf(hex);
    const loaded = loads(bytes);
    if (loaded.kind !== 'loaded') continue;
    const all = allOperations(bytes, disassemble(bytes));
    expect(all.at(-1)?.name).toBe('STOP');
    expect(all.reduce((sum, {length}) => sum + length, 0)).toBe(loaded.consumed);
    if (disassemble(bytes).error !== undefined) refusedByOne++;
  }
  expect(refusedByOne).toBeGreaterThan(5);
});

test.each([
  ['a name that is no ASCII', raw('c\xc3\xb6s\nsystem\n(tR.'), 'GLOBAL 0 MARK 12 TUPLE 13 REDUCE 14 STOP 15'],
  ['a mark that is not there, then a call', raw('Ntcos\nsystem\n.'), 'NONE 0 TUPLE 1 GLOBAL 2 STOP 13'],
  ['an unknown opcode', raw('N', 0xff, '.'), 'NONE 0'],
  ['nothing', raw(''), ''],
])('%s', (_, bytes, expected) => expect(listed(bytes).join(' ')).toBe(expected));
