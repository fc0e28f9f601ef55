import {type Argument, readArgument} from './argument.ts';
import {at, fault, isFault, type PickleFault} from './fault.ts';
import {type Opcode, type OpcodeName, opcodeAt, type StackItem} from './opcodes.ts';
import {digitLimit, tooManyDigits} from './python-number.ts';
import {represent} from './represent.ts';

/** One opcode as it stands in the pickle. */
export interface Operation {
  /** Where its byte is, in the input. */
  readonly offset: number;
  /** Bytes, argument included. */
  readonly length: number;
  readonly name: OpcodeName;
  readonly opcode: Opcode;
  readonly argument: Argument['value'] | null;
  /** Offset of the MARK that it takes off the stack. */
  readonly markAt?: number;
  /** The memo's number that it stores to. */
  readonly memoKey?: bigint;
  /** How many marks are open where it stands. */
  readonly depth: number;
}

export interface Disassembly {
  /** What `pickletools.dis` prints; when there is an error, what it printed before raising it. */
  readonly text: string;
  readonly error?: PickleFault;
  /** Bytes of the input that belong to the pickle, or that were read before the error. */
  readonly consumed: number;
  readonly ops: readonly Operation[];
}

export interface DisassembleOptions {
  /** Where the pickle starts in the bytes; offsets are still counted from their beginning. */
  readonly start?: number;
  /** What a former pickle of the same pickler left in the memo. It is added to. */
  readonly memo?: Map<bigint, StackItem>;
  /** Blanks for each open mark. */
  readonly indentlevel?: number;
  /** Writes a note on each opcode, from about this column on. */
  readonly annotate?: number;
  /** The note; by default our own sentence on the opcode. */
  readonly note?: (opcode: Opcode) => string;
  /** Characters of text after which it stops with a `Limit`: nested marks make the text grow quadratically. */
  readonly textLimit?: number;
}

/**
 * Disassembles one pickle, to its STOP, with the text and the checks of CPython's `pickletools.dis` (3.8 to 3.13).
 * It checks more than the unpickler does and in places less: an error here does not mean that the pickle does nothing.
 */
export function disassemble(bytes: Uint8Array, options: DisassembleOptions = {}): Disassembly {
  const run = new Run(options);
  let position = options.start ?? 0;
  const end = (error?: PickleFault): Disassembly => {
    const result = {text: run.pieces.join(''), consumed: position - (options.start ?? 0), ops: run.ops};
    return error === undefined ? result : {...result, error};
  };
  for (;;) {
    const operation = readOperation(bytes, position);
    if (isFault(operation)) return end(operation);
    const error = run.step(operation);
    position += operation.length;
    if (error !== undefined) return end(at(operation.offset, error));
    if (operation.name !== 'STOP') continue;
    const left = run.finish();
    return end(left && at(operation.offset, left));
  }
}

/** Reads the opcode at `offset` and its argument, knowing nothing of what comes before. */
export function readOperation(bytes: Uint8Array, offset: number): Omit<Operation, 'depth'> | PickleFault {
  const code = bytes[offset];
  if (code === undefined) return at(offset, fault('ValueError', 'pickle exhausted before seeing STOP'));
  const opcode = opcodeAt(code);
  if (opcode === undefined)
    return at(offset, fault('ValueError', `at position ${offset}, opcode ${codeRepr(code)} unknown`));
  const read: Argument | PickleFault | {value: null; next: number} =
    opcode.argument === null ? {value: null, next: offset + 1} : readArgument(opcode.argument, bytes, offset + 1);
  if (isFault(read)) return at(offset, read);
  return {offset, length: read.next - offset, name: opcode.name, opcode, argument: read.value};
}

function codeRepr(code: number): string {
  return represent({t: 'bytes', v: Uint8Array.of(code)});
}

/** The stack, the open marks and the memo, as far as pickletools keeps them: kinds of objects, not objects. */
class Run {
  readonly pieces: string[] = [];
  readonly ops: Operation[] = [];
  readonly #options: DisassembleOptions;
  readonly #memo: Map<bigint, StackItem>;
  readonly #stack: StackItem[] = [];
  readonly #marks: number[] = [];
  #column: number;
  #highest = -1;
  #length = 0;

  constructor(options: DisassembleOptions) {
    this.#options = options;
    this.#memo = options.memo ?? new Map();
    this.#column = options.annotate ?? 0;
  }

  /** Prints the operation and does to the stack what it does; gives what pickletools would raise. */
  step(operation: Omit<Operation, 'depth'>): PickleFault | undefined {
    const {opcode, offset} = operation;
    const depth = this.#marks.length;
    this.#print(`${String(offset).padStart(5)}: `);
    this.#highest = Math.max(this.#highest, opcode.protocol);
    const mark = this.#takeMark(opcode);
    if (isFault(mark)) return mark;
    const memo = this.#memoEffect(operation);
    const problem = memo.problem ?? mark.problem;
    const head = `${codeText(opcode.code)} ${' '.repeat((this.#options.indentlevel ?? 4) * depth)}${opcode.name}`;
    const line = this.#line(head, operation, memo.remark ?? mark.remark);
    if (isFault(line)) return line;
    this.#print(`${line}\n`);
    this.ops.push({
      ...operation,
      depth,
      ...(mark.markAt === undefined ? {} : {markAt: mark.markAt}),
      ...(memo.key === undefined ? {} : {memoKey: memo.key}),
    });
    if (problem !== undefined) return fault('ValueError', problem);
    if (this.#stack.length < mark.pops) return underflow(mark.pops, this.#stack.length);
    this.#stack.length -= mark.pops;
    if (opcode.name === 'MARK') this.#marks.push(offset);
    this.#stack.push(...(memo.after ?? opcode.after));
    const limit = this.#options.textLimit ?? 64 * 2 ** 20;
    if (this.#length > limit) return fault('Limit', `the text is longer than ${limit} characters; set a higher limit`);
    return undefined;
  }

  finish(): PickleFault | undefined {
    this.#print(`highest protocol among opcodes = ${this.#highest}\n`);
    if (this.#stack.length === 0) return undefined;
    return fault('ValueError', `stack not empty after STOP: [${this.#stack.join(', ')}]`);
  }

  #print(text: string): void {
    this.pieces.push(text);
    this.#length += text.length;
  }

  /** Takes the topmost mark and all above it, when the opcode wants that, and says how many items it pops besides. */
  #takeMark(opcode: Opcode): {remark?: string; problem?: string; markAt?: number; pops: number} | PickleFault {
    const wanted = opcode.before.indexOf('mark');
    const popsMark = opcode.name === 'POP' && this.#stack.at(-1) === 'mark';
    if (wanted < 0 && !popsMark) return {pops: opcode.before.length};
    const markAt = this.#marks.pop();
    const none = 'no MARK exists on stack';
    if (markAt === undefined) return {remark: none, problem: none, pops: opcode.before.length};
    const top = this.#stack.lastIndexOf('mark');
    // An opcode before this one took the mark for an item: pickletools then runs off the end of its own list.
    if (top < 0) return fault('IndexError', 'list index out of range');
    this.#stack.length = top;
    return {remark: `(MARK at ${markAt})`, markAt, pops: popsMark ? 0 : wanted};
  }

  #memoEffect({name, argument}: Omit<Operation, 'depth'>): {
    remark?: string;
    problem?: string;
    key?: bigint;
    after?: readonly StackItem[];
  } {
    const key = name === 'MEMOIZE' ? BigInt(this.#memo.size) : memoKey(argument);
    const shown = argument === null ? 'None' : represent(argument);
    if (getters.has(name)) {
      const stored = this.#memo.get(key);
      return stored === undefined ? {problem: `memo key ${shown} has never been stored into`} : {after: [stored]};
    }
    if (!putters.has(name)) return {};
    const remark = name === 'MEMOIZE' ? {remark: `(as ${key})`} : {};
    const top = this.#stack.at(-1);
    if (this.#memo.has(key)) return {...remark, problem: `memo key ${shown} already defined`};
    if (top === undefined) return {...remark, problem: "stack is empty -- can't store into memo"};
    if (top === 'mark') return {...remark, problem: "can't store markobject in the memo"};
    this.#memo.set(key, top);
    return {...remark, key};
  }

  #line(head: string, {opcode, argument}: Omit<Operation, 'depth'>, remark: string | undefined): string | PickleFault {
    let line = head;
    if (argument !== null || remark !== undefined) line += ' '.repeat(Math.max(0, 10 - opcode.name.length));
    if (argument !== null) {
      if (argument.t === 'int' && longerThanPrintable(argument.v)) return tooManyDigits();
      line += ` ${represent(argument)}`;
    }
    if (remark !== undefined) line += ` ${remark}`;
    return this.#options.annotate ? this.#annotated(line, opcode, this.#options.annotate) : line;
  }

  /** The column moves right with the longest line so far and falls back to the hint once it has passed 50. */
  #annotated(line: string, opcode: Opcode, hint: number): string {
    const width = characters(line);
    const column = Math.max(width, this.#column);
    this.#column = column > 50 ? hint : column;
    return `${line}${' '.repeat(column - width)} ${this.#options.note?.(opcode) ?? opcode.meaning}`;
  }
}

const getters: ReadonlySet<OpcodeName> = new Set(['GET', 'BINGET', 'LONG_BINGET'] as const);
const putters: ReadonlySet<OpcodeName> = new Set(['PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'] as const);
const firstTooLong = 10n ** BigInt(digitLimit);

/** False and True are the numbers 0 and 1, as in Python. */
function memoKey(argument: Operation['argument']): bigint {
  if (argument?.t === 'bool') return argument.v ? 1n : 0n;
  return argument?.t === 'int' ? argument.v : -1n;
}

/** Characters as Python counts them: those beyond U+FFFF are one. */
function characters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

function longerThanPrintable(value: bigint): boolean {
  return value >= firstTooLong || value <= -firstTooLong;
}

function codeText(code: number): string {
  return (code < 0x7f ? String.fromCharCode(code) : `\\x${code.toString(16)}`).padEnd(4);
}

function underflow(wanted: number, there: number): PickleFault {
  return fault('ValueError', `tries to pop ${wanted} items from stack with only ${there} items`);
}
