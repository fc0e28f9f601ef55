import type {FieldsOf} from '../../journal/event.ts';
import type {Problem} from '../../journal/problem.ts';
import {allOperations} from '../../wire/pickle/all-operations.ts';
import type {Disassembly, Operation} from '../../wire/pickle/disassemble.ts';
import type {PickleFault} from '../../wire/pickle/fault.ts';
import {inspect} from '../../wire/pickle/inspect.ts';
import {loads} from '../../wire/pickle/loads.ts';
import {represent} from '../../wire/pickle/represent.ts';
import type {PickleSeen, pickleEvents} from './pickle-shape.ts';

type Fields<K extends keyof typeof pickleEvents> = FieldsOf<typeof pickleEvents, K>;

/** Where bytes come from, and what the form is to show for them. */
export type Arrival = Pick<PickleSeen, 'origin' | 'name' | 'typed'>;

/** Imports, calls and remarks that a report lists; more are counted. */
const mostReported = 500;

/** Characters of a value in the pane: a few shared lists can ask for more than there is memory. */
const shortRepr = 4096;
const longRepr = 16 * 2 ** 20;

/** What every look at a pickle begins with. */
export function pickleFields(bytes: Uint8Array, read: Disassembly, arrival: Arrival): Fields<'pickle'> {
  const ops = allOperations(bytes, read);
  const last = ops.at(-1);
  const complete = last?.name === 'STOP';
  const consumed = complete ? last.offset + last.length : bytes.length;
  return {
    ...arrival,
    opcodes: ops.length,
    consumed,
    leftOver: bytes.length - consumed,
    highest: ops.reduce((highest, {opcode}) => Math.max(highest, opcode.protocol), -1),
    complete,
    ...(read.error !== undefined && {error: plain(read.error)}),
  };
}

/** The opcodes in order, each with its line, and what pickletools prints after them. */
export function* listing(read: Disassembly): Generator<Fields<'opcode'> | Fields<'disassembled'>> {
  let at = 0;
  for (const operation of read.ops) {
    const end = read.text.indexOf('\n', at);
    yield opcodeFields(operation, read.text.slice(at, end));
    at = end + 1;
  }
  const line = read.text.slice(at);
  yield {line, ...(read.error !== undefined && {error: plain(read.error)})};
}

function opcodeFields(operation: Operation, line: string): Fields<'opcode'> {
  const {offset, length, name, opcode, depth, markAt, memoKey} = operation;
  const argument = argumentText(operation);
  return {
    offset,
    length,
    code: opcode.code,
    name,
    ...(argument !== '' && {argument}),
    depth,
    ...(markAt !== undefined && {markAt}),
    ...(memoKey !== undefined && {memoKey: String(memoKey)}),
    protocol: opcode.protocol,
    meaning: opcode.meaning,
    line,
  };
}

/** The argument as Python writes it, nothing when there is none; a long one is cut at `limit`. */
export function argumentText({argument}: Pick<Operation, 'argument'>, limit = longRepr): string {
  if (argument === null) return '';
  // Python itself refuses to write more than 4300 digits, and writing them takes quadratic time.
  if (argument.t === 'int' && argument.v.toString(16).length > 3500) return 'an int of more than 4200 digits';
  return represent(argument, limit);
}

export function reportFields(bytes: Uint8Array): Fields<'report'> {
  return inspect(bytes, {events: mostReported});
}

/** The value, or why there is none. */
export function valueFields(bytes: Uint8Array, whole: boolean): Fields<'value'> | Fields<'refused'> {
  const outcome = loads(bytes);
  if (outcome.kind === 'fault') return plain(outcome);
  return {
    repr: represent(outcome.value, whole ? longRepr : shortRepr),
    consumed: outcome.consumed,
    leftOver: outcome.rest.length,
  };
}

/** A fault as a command's error: in the words of Python, except where Python would have gone on. */
export function problemOf({class: name, message}: {readonly class: string; readonly message: string}): Problem {
  if (name === 'Refused')
    return {code: 'pickle.Refused', says: message.replace(/ Inspect it instead\.$/, ''), next: 'Inspect it instead.'};
  return {code: `pickle.${name}`, says: `${name}: ${message}`, verbatim: true};
}

function plain({class: name, message, offset}: PickleFault): {
  class: PickleFault['class'];
  message: string;
  offset: number;
} {
  return {class: name, message, offset};
}
