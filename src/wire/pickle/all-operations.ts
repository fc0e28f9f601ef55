import type {Disassembly, Operation} from './disassemble.ts';
import {isFault} from './fault.ts';
import {opcodeAt} from './opcodes.ts';
import {readUnpicklerArgument} from './unpickler-argument.ts';

/**
 * The opcodes of a disassembly, and those that the unpickler reads on to when pickletools has stopped: it refuses more
 * than the unpickler does, so that a pickle could hide there what it does. Up to the STOP, or to what no reader can read.
 */
export function allOperations(bytes: Uint8Array, {ops, error}: Disassembly): readonly Operation[] {
  if (error === undefined || ops.at(-1)?.name === 'STOP') return ops;
  const all = [...ops];
  const last = ops.at(-1);
  let offset = last === undefined ? 0 : last.offset + last.length;
  let depth = last === undefined ? 0 : depthAfter(last);
  for (;;) {
    const operation = operationOf(bytes, offset, depth);
    if (operation === undefined) return all;
    all.push(operation);
    if (operation.name === 'STOP') return all;
    offset += operation.length;
    depth = depthAfter(operation);
  }
}

function operationOf(bytes: Uint8Array, offset: number, depth: number): Operation | undefined {
  const opcode = opcodeAt(bytes[offset] ?? -1);
  if (opcode === undefined) return undefined;
  const read = readUnpicklerArgument(opcode, bytes, offset + 1);
  if (isFault(read)) return undefined;
  const value = 'value' in read ? read.value : null;
  const argument = value?.t === 'pair' ? ({t: 'str', v: `${value.module} ${value.name}`} as const) : value;
  return {offset, length: read.next - offset, name: opcode.name, opcode, argument, depth};
}

/** How many marks are open after an opcode, none being taken where none is. */
function depthAfter({name, depth, opcode}: Operation): number {
  if (name === 'MARK') return depth + 1;
  return opcode.before.includes('mark') ? Math.max(0, depth - 1) : depth;
}
