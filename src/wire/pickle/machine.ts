import {hexPairs} from '../text/hex.ts';
import type {Constant} from './argument.ts';
import {at, fault, isFault, type PickleFault} from './fault.ts';
import {perform} from './handlers.ts';
import {type Opcode, opcodeAt} from './opcodes.ts';
import {readUnpicklerArgument} from './unpickler-argument.ts';

/** What the objects on the stack are: real values for `loads`, descriptions for `inspect`. */
export interface Domain<T> {
  /** PROTO has named the protocol. */
  protocol(running: Running): void;
  /** A value written in the pickle. */
  constant(value: Constant): T;
  /** A new container of these items; for a dict they are key, value, key, value. */
  container(type: ContainerType, items: readonly T[]): T | PickleFault;
  /** APPEND, APPENDS, SETITEM, SETITEMS, ADDITEMS on whatever is below the items. */
  extend(how: 'append' | 'set' | 'add', target: T, items: readonly T[], operation: Running): PickleFault | undefined;
  /** GLOBAL, STACK_GLOBAL and INST find a class. */
  import(module: T | string, name: T | string, operation: Running): T | PickleFault;
  /** EXT1, EXT2 and EXT4 find one by number. */
  extension(code: bigint, operation: Running): T | PickleFault;
  /** PERSID and BINPERSID. */
  persistent(id: T, operation: Running): T | PickleFault;
  /** REDUCE, NEWOBJ and NEWOBJ_EX: the arguments are one object, that should be a tuple. */
  call(callee: T, parameters: T, keywords: T | undefined, operation: Running): T | PickleFault;
  /** INST and OBJ: the arguments are items of the stack. */
  instantiate(callee: T, parameters: readonly T[], operation: Running): T | PickleFault;
  /** BUILD. */
  build(target: T, state: T, operation: Running): PickleFault | undefined;
  /** NEXT_BUFFER. */
  buffer(operation: Running): T | PickleFault;
  /** READONLY_BUFFER. */
  readonly(target: T, operation: Running): T | PickleFault;
  /** What stands for something that could not be had, for a reader that goes on; undefined to stop there. */
  forgive(problem: PickleFault, operation: Running): T | undefined;
}

export type ContainerType = 'list' | 'tuple' | 'dict' | 'set' | 'frozenset';

/** The opcode that is being carried out. */
export interface Running {
  readonly opcode: Opcode;
  readonly offset: number;
  /** The protocol that PROTO has named; 0 without one. */
  readonly protocol: number;
  /** Bytes of input after this opcode and its argument. */
  readonly left: number;
}

/** What no pickle may exceed. */
export interface Limits {
  /** Bytes of input. */
  readonly bytes: number;
  /** Entries of the memo. */
  readonly memo: number;
  /** Marks open at once. */
  readonly marks: number;
}

export const defaultLimits: Limits = {bytes: 256 * 2 ** 20, memo: 4_000_000, marks: 1_000_000};

/**
 * The pickle machine: a stack, marks and a memo, with the checks and the words of CPython's unpickler (`_pickle`, 3.13).
 * What the objects are and what it means to import or call is up to the domain. Nothing here recurses.
 */
export class Machine<T> {
  readonly domain: Domain<T>;
  readonly limits: Limits;
  readonly stack: T[] = [];
  readonly marks: number[] = [];
  readonly memo = new Map<bigint, T>();
  protocol = 0;

  constructor(domain: Domain<T>, limits: Limits = defaultLimits) {
    this.domain = domain;
    this.limits = limits;
  }

  /**
   * Runs one pickle to its STOP. `next` is the offset after it. An opcode at the offset `until` or after it is not carried
   * out: there it ends with a `Limit`, and can be run on from there.
   */
  run(
    bytes: Uint8Array,
    start = 0,
    until = Number.POSITIVE_INFINITY,
  ): {readonly value: T; readonly next: number} | PickleFault {
    if (bytes.length - start > this.limits.bytes)
      return at(start, fault('Limit', `more than ${this.limits.bytes} bytes; raise the limit to read them`));
    for (let position = start; ; ) {
      const offset = position;
      if (offset >= until) return at(offset, fault('Limit', `told to stop before offset ${until}`));
      const opcode = opcodeAt(bytes[offset] ?? -1);
      if (opcode === undefined) return at(offset, noOpcode(bytes[offset]));
      const read = readUnpicklerArgument(opcode, bytes, offset + 1);
      if (isFault(read)) return at(offset, read);
      position = read.next;
      const running = {opcode, offset, protocol: this.protocol, left: bytes.length - position};
      const problem = 'fault' in read ? this.#goOnWithout(read.fault, running) : perform(this, read.value, running);
      if (problem !== undefined) return problem.offset < 0 ? at(offset, problem) : problem;
      if (opcode.name !== 'STOP') continue;
      const value = this.pop();
      return isFault(value) ? at(offset, value) : {value, next: position};
    }
  }

  /** Items below this one belong to an outer mark and cannot be taken. */
  get fence(): number {
    return this.marks.at(-1) ?? 0;
  }

  underflow(): PickleFault {
    return fault('UnpicklingError', this.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow');
  }

  pop(): T | PickleFault {
    return this.stack.length <= this.fence ? this.underflow() : this.stack.pop()!;
  }

  top(): T | PickleFault {
    return this.stack.length <= this.fence ? this.underflow() : this.stack.at(-1)!;
  }

  /** Takes the topmost mark away; gives how many items are below it. */
  takeMark(): number | PickleFault {
    return this.marks.pop() ?? fault('UnpicklingError', 'could not find MARK');
  }

  /** Takes the topmost mark and gives the items above it. */
  popMarked(): T[] | PickleFault {
    const mark = this.takeMark();
    return isFault(mark) ? mark : this.stack.splice(mark);
  }

  /** Pushes what came of an operation, unless nothing did. */
  push(outcome: T | PickleFault): PickleFault | undefined {
    if (isFault(outcome)) return outcome;
    this.stack.push(outcome);
    return undefined;
  }

  /** An argument has no value: an inspection goes on with something unknown in its place, a reader stops. */
  #goOnWithout(problem: PickleFault, running: Running): PickleFault | undefined {
    const stand = this.domain.forgive(at(running.offset, problem), running);
    if (stand === undefined) return problem;
    if (running.opcode.name === 'PUT') return undefined;
    if (running.opcode.name === 'INST') {
      const items = this.popMarked();
      if (isFault(items)) return items;
    }
    return this.push(stand);
  }
}

function noOpcode(code: number | undefined): PickleFault {
  if (code === undefined) return fault('EOFError', 'Ran out of input');
  const plain = code >= 0x20 && code <= 0x7e && code !== 0x27 && code !== 0x5c;
  const shown = plain ? String.fromCharCode(code) : `\\x${hexPairs[code]}`;
  return fault('UnpicklingError', `invalid load key, '${shown}'.`);
}
