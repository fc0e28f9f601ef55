import type {PickleSeen, PickleState} from '../../../chapters/data/pickle-shape.ts';
import {allOperations} from '../../../wire/pickle/all-operations.ts';
import {disassemble, type Operation} from '../../../wire/pickle/disassemble.ts';
import {StackReader, type StackView} from '../../../wire/pickle/stack-reader.ts';
import type {HexBytes, HexField} from '../../parts/hex-fields.ts';
import type {PaneModel} from '../../view.ts';

export type Model = PaneModel<PickleState>;

/** A pickle read once for all parts of the pane. */
export interface Reading {
  readonly seen: PickleSeen;
  readonly bytes: Uint8Array;
  readonly ops: readonly Operation[];
  /** The index of every opcode. */
  readonly items: readonly number[];
  /** One field for each opcode, and one for what is left over. */
  readonly fields: readonly HexField[];
  /** Objects on the stack after each opcode. */
  readonly heights: readonly number[];
  stackAfter(index: number): StackView;
}

const readings = new WeakMap<PickleSeen, Reading>();

/** The last pickle that could be read; nothing before there was one, or when its bytes have made room for newer ones. */
export function readingOf({state, journal}: Model): Reading | undefined {
  const seen = state.pickle;
  if (seen === undefined) return undefined;
  const known = readings.get(seen);
  if (known !== undefined) return known;
  const bytes = journal.bytesOf(seen);
  if (bytes === undefined) return undefined;
  const made = reading(seen, bytes);
  readings.set(seen, made);
  return made;
}

export function hexBytesOf(model: Model): HexBytes {
  const bytes = readingOf(model)?.bytes;
  if (bytes === undefined) return {length: 0, at: () => new Uint8Array(0)};
  return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
}

/** The index of the opcode that this byte belongs to, or -1. */
export function opcodeAtByte(ops: readonly Operation[], offset: number): number {
  let [low, high] = [0, ops.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const {offset: start, length} = ops[middle]!;
    if (offset < start) high = middle - 1;
    else if (offset >= start + length) low = middle + 1;
    else return middle;
  }
  return -1;
}

function reading(seen: PickleSeen, bytes: Uint8Array): Reading {
  const ops = allOperations(bytes, disassemble(bytes));
  const reader = new StackReader(bytes);
  let last: {readonly index: number; readonly view: StackView} | undefined;
  return {
    seen,
    bytes,
    ops,
    items: ops.map((_, index) => index),
    fields: fieldsOf(ops, bytes.length),
    heights: ops.map(({offset, length}) => reader.heightAfter(offset + length)),
    stackAfter(index) {
      if (last?.index !== index) {
        const {offset, length} = ops[index]!;
        last = {index, view: reader.after(offset + length)};
      }
      return last.view;
    },
  };
}

function fieldsOf(ops: readonly Operation[], length: number): HexField[] {
  const fields: HexField[] = ops.map(one => ({start: one.offset, end: one.offset + one.length, label: one.name}));
  const end = fields.at(-1)?.end ?? 0;
  const rest = ops.at(-1)?.name === 'STOP' ? 'left over' : 'not read';
  if (end < length) fields.push({start: end, end: length, label: rest, role: 'dim'});
  return fields;
}
