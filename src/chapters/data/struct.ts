import {ProblemError} from '../../journal/problem.ts';
import {reprTuple} from '../../wire/python/repr.ts';
import {answerStructRequest} from '../../wire/struct/batch.ts';
import {toHex} from '../../wire/text/hex.ts';
import {type ActionReply, define} from '../contract.ts';
import {integerField} from '../fields.ts';
import {type Computed, compute, type Outcome, repackedOf, sentenceOf} from './struct-compute.ts';
import {structEquivalents} from './struct-equivalents.ts';
import {bareFormat, isBig} from './struct-orders.ts';
import {
  type AnswerFields,
  type RefusalFields,
  type StructAnswer,
  type StructAsk,
  type StructRefusal,
  structEvents,
  structFields,
} from './struct-shape.ts';

export interface StructState {
  /** The last good answer: it stays while what is typed is refused. */
  readonly answer: StructAnswer | undefined;
  readonly refused: StructRefusal | undefined;
  /** What an action changed, for the form. */
  readonly typed: {readonly format?: string; readonly values?: string};
}

export const structExperiment = define({
  id: 'data.struct',
  title: 'struct',
  teaches: 'Values become bytes by a format, and bytes become values: edit either and watch the other.',
  opens: 'at once',
  positionals: ['op', 'format'],
  rest: 'values',
  withoutRest: '',
  fields: structFields,
  events: structEvents,
  actions: {
    edit: {
      key: 's',
      title: 'Set a byte',
      hint: 7,
      fields: {
        offset: integerField({label: 'Offset', default: 0, from: 0, to: 100_000_000}),
        value: integerField({label: 'Value', default: 0, from: 0, to: 255}),
      },
      possible: (state: StructState) => bytesNow(state) ?? true,
    },
    order: {
      key: 'o',
      title: 'Other byte order',
      hint: 6,
      possible: (state: StructState) => (state.answer === undefined ? 'Mend the format first' : true),
    },
  },
  async run(ask, kit) {
    const bench = new Bench(kit.headless, (outcome, bytes) =>
      'message' in outcome ? kit.emit('refused', outcome) : kit.emit('answer', outcome, bytes),
    );
    const piped = ask.op !== 'pack' && ask.op !== 'calcsize' && ask.values.trim() === '-';
    const bytes = piped ? await Promise.race([readAll(kit.input), kit.stopped()]) : undefined;
    if (kit.signal.aborted) return;
    const refused = bench.answer(ask, bytes ?? undefined);
    if (refused !== undefined && kit.headless) throw new ProblemError(problemFor(refused));
    kit.whenAsked(asked => bench.asked(asked));
    kit.handle({
      edit: ({offset, value}: {offset: number; value: number}) => bench.edit(offset, value),
      order: () => bench.otherOrder(),
    });
    if (!kit.headless) await kit.stopped();
  },
  start: (): StructState => ({answer: undefined, refused: undefined, typed: {}}),
  reduce(state, event): StructState {
    if (event.kind === 'refused') return {...state, refused: event, typed: {}};
    const {format, values} = event.typed ?? {};
    const typed = {...(format !== undefined && {format}), ...(values !== undefined && {values})};
    return {answer: event, refused: undefined, typed};
  },
  settled: ({typed}) => typed,
  line(event, bytes) {
    if (event.kind === 'refused') return undefined;
    if (event.op === 'calcsize') return String(event.size);
    if (event.op === 'pack') return toHex(bytes ?? new Uint8Array(0));
    return event.op === 'iter_unpack' ? event.values.join('\n') : reprTuple(event.values);
  },
  batch: answerStructRequest,
  equivalents: structEquivalents,
});

function bytesNow({answer}: StructState): string | undefined {
  if (answer === undefined) return 'There are no bytes yet: mend the format or the values';
  return answer.bytes === undefined ? 'calcsize has no bytes: choose pack or unpack' : undefined;
}

/** What the bench says: an answer with its bytes, or a refusal. */
type Say = (fields: AnswerFields | RefusalFields, bytes?: Uint8Array) => void;

/** Holds the last good answer, and answers again when something about it changes. */
class Bench {
  readonly #headless: boolean;
  readonly #say: Say;
  #last: Computed | undefined;
  /** The last answer that had bytes, and the text of its values then. */
  #held: Computed | undefined;

  constructor(headless: boolean, say: Say) {
    this.#headless = headless;
    this.#say = say;
  }

  answer(ask: StructAsk, bytes?: Uint8Array): RefusalFields | undefined {
    return this.#take(compute(ask, {all: this.#headless, ...(bytes !== undefined && {bytes})}));
  }

  /** The form was edited. When only the direction was turned, the values become bytes in the form, or the other way. */
  asked(ask: StructAsk): void {
    const held = this.#held;
    const turned = held !== undefined && takesHex(ask) !== takesHex(held.ask) && ask.values === held.ask.values;
    if (!turned || ask.op === 'calcsize') {
      this.answer(ask);
      return;
    }
    const values = takesHex(ask) ? toHex(held.bytes!) : held.literals;
    this.#take(compute({...ask, values}), {values});
  }

  edit(offset: number, value: number): ActionReply {
    const last = this.#last;
    if (last?.bytes === undefined || offset >= last.bytes.length)
      return {code: 'struct.offset', says: `There is no byte ${offset}`, next: 'The offset of the first byte is 0.'};
    const bytes = last.bytes.slice();
    bytes[offset] = value;
    const {ask} = last;
    const read = compute(ask, {bytes, all: this.#headless});
    if (!read.ok) return problemFor(read.fields);
    const values = takesHex(ask) ? toHex(bytes) : read.literals;
    const repacked = takesHex(ask) ? undefined : repackedOf(ask, values, bytes);
    const fields = {...read.fields, ...(repacked !== undefined && {repacked})};
    this.#take({...read, ask: {...ask, values}, fields}, {values});
    return undefined;
  }

  otherOrder(): ActionReply {
    const last = this.#last!;
    const format = `${isBig(last.ask.format) ? '<' : '>'}${bareFormat(last.ask.format)}`;
    const read = compute({...last.ask, format}, {all: this.#headless});
    if (!read.ok) return problemFor(read.fields);
    this.#take(read, {format});
    return undefined;
  }

  #take(outcome: Outcome, typed?: {format?: string; values?: string}): RefusalFields | undefined {
    if (!outcome.ok) {
      this.#say(outcome.fields);
      return outcome.fields;
    }
    this.#last = outcome;
    if (outcome.bytes !== undefined) this.#held = outcome;
    this.#say(typed === undefined ? outcome.fields : {...outcome.fields, typed}, outcome.bytes);
    return undefined;
  }
}

/** What is read from standard input at most. */
const mostInput = 2 ** 26;

const takesHex = ({op}: StructAsk) => op !== 'pack' && op !== 'calcsize';

async function readAll(input: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  if (input === undefined)
    throw new ProblemError({
      code: 'struct.input',
      says: 'Nothing is piped into standard input',
      next: 'Pipe bytes into it, or write them in hex instead of -.',
    });
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostInput)
      throw new ProblemError({
        code: 'struct.input',
        says: `Standard input has more than ${mostInput} bytes`,
        next: 'Pipe a part of it: head -c, or dd.',
      });
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function problemFor(refused: RefusalFields) {
  const {class: name, next, text, at} = refused;
  return {
    code: name === undefined ? `struct.${refused.field}` : name === 'struct.error' ? name : `struct.${name}`,
    says: sentenceOf(refused),
    ...(name !== undefined && {verbatim: true}),
    ...(next !== undefined && {next}),
    ...(at !== undefined && {mark: {text, at}}),
  };
}
