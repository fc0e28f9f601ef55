import {ProblemError} from '../../journal/problem.ts';
import {type ActionReply, define} from '../contract.ts';
import {integerField} from '../fields.ts';
import {negated, swapped, toggled, typedFor} from './number-change.ts';
import {describeSubject, readSubject, type Subject} from './number-describe.ts';
import {numberEquivalents} from './number-equivalents.ts';
import {
  type NumberAsk,
  type NumberDescribed,
  type NumberFields,
  type NumberRefused,
  numberEvents,
  numberFields,
  type RefusedFields,
} from './number-shape.ts';
import {numberText} from './number-text.ts';

export interface NumberState {
  /** The last number that could be read: it stays while what is typed cannot. */
  readonly number: NumberDescribed | undefined;
  readonly refused: NumberRefused | undefined;
  /** What an action changed, for the form. */
  readonly typed: {readonly value?: string; readonly as?: NumberAsk['as']; readonly width?: NumberAsk['width']};
}

const some = ({number}: NumberState) => (number === undefined ? 'There is no number yet: mend what was typed' : true);

export const numberExperiment = define({
  id: 'data.number',
  title: 'Numbers',
  teaches:
    'One number in every base, at every width, in both byte orders, and as the bits of a float: turn a bit and see.',
  opens: 'at once',
  positionals: ['value'],
  fields: numberFields,
  events: numberEvents,
  actions: {
    toggle: {
      key: 't',
      title: 'Turn a bit over',
      hint: 7,
      fields: {
        bit: integerField({label: 'Bit', default: 0, from: 0, to: 1023, hint: 'bit 0 is the least significant'}),
      },
      possible: ({number}: NumberState) =>
        number === undefined || number.bits !== '' ? some({number} as NumberState) : 'There are too many bits to show',
    },
    negate: {
      key: 'n',
      title: 'Other sign',
      hint: 5,
      possible: (state: NumberState) => (state.number?.type === 'bytes' ? 'Bytes have no sign' : some(state)),
    },
    swap: {
      key: 'o',
      title: 'Swap the byte order',
      hint: 6,
      possible: ({number}: NumberState) =>
        number === undefined || number.bits !== '' ? some({number} as NumberState) : 'There are too many bytes to show',
    },
  },
  async run(ask, kit) {
    const desk = new Desk((fields, refused) =>
      fields === undefined ? kit.emit('refused', refused!) : kit.emit('number', fields),
    );
    const refused = desk.read(ask);
    if (refused !== undefined && kit.headless) throw new ProblemError(problemFor(refused));
    kit.whenAsked(asked => void desk.read(asked));
    kit.handle({
      toggle: ({bit}: {bit: number}) => desk.change((subject, {width}) => toggled(subject, width, bit)),
      negate: () => desk.change((subject, {width}) => negated(subject, width)),
      swap: () => desk.change((subject, {width}) => swapped(subject, width)),
    });
    if (!kit.headless) await kit.stopped();
  },
  start: (): NumberState => ({number: undefined, refused: undefined, typed: {}}),
  reduce(state, event): NumberState {
    if (event.kind === 'refused') return {...state, refused: event, typed: {}};
    return {number: event, refused: undefined, typed: (event.typed ?? {}) as NumberState['typed']};
  },
  settled: ({typed}) => typed,
  line: event => (event.kind === 'number' ? numberText(event) : undefined),
  batch: answerNumberRequest,
  equivalents: numberEquivalents,
});

/** One request as JSON: `{"value": "4253"}`, with `as` and `width` as the flags of these names; gives the description. */
export function answerNumberRequest(request: unknown): unknown {
  if (typeof request !== 'object' || request === null)
    return {error: 'request', message: 'A request must be an object with value.'};
  const asked = request as Readonly<Record<string, unknown>>;
  const {value} = asked;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint')
    return {error: 'request', message: 'value must be a text or a number.'};
  const as = numberFields.as.read(String(asked.as ?? 'python'));
  const width = numberFields.width.read(String(asked.width ?? 'auto'));
  if (!as.ok) return {error: 'request', message: as.says, next: as.next};
  if (!width.ok) return {error: 'request', message: width.says, next: width.next};
  // JSON has -0.0, and String() would lose its sign.
  const text = Object.is(value, -0) ? '-0.0' : String(value);
  const subject = readSubject({value: text, as: as.value, width: width.value});
  if (!('type' in subject)) return {error: 'ValueError', ...subject};
  return describeSubject(subject, width.value);
}

type Say = (fields: NumberFields | undefined, refused?: RefusedFields) => void;

/** Holds the number, and tells what it is whenever it changes. */
class Desk {
  readonly #say: Say;
  #ask: NumberAsk | undefined;
  #subject: Subject | undefined;

  constructor(say: Say) {
    this.#say = say;
  }

  read(ask: NumberAsk): RefusedFields | undefined {
    const subject = readSubject(ask);
    if (!('type' in subject)) {
      this.#say(undefined, subject);
      return subject;
    }
    this.#ask = ask;
    this.#subject = subject;
    this.#say(describeSubject(subject, ask.width));
    return undefined;
  }

  change(make: (subject: Subject, ask: NumberAsk) => Subject | undefined): ActionReply {
    const ask = this.#ask!;
    const subject = make(this.#subject!, ask);
    if (subject === undefined)
      return {code: 'number.bit', says: 'There is no such bit', next: 'Choose more bits, or a bit that is shown.'};
    const before = typedFor(this.#subject!, ask);
    const kept = before.width as NumberAsk['width'] | undefined;
    // The row of bits keeps its length under the cursor, unless the number has outgrown it.
    const stays = kept !== undefined && describeSubject(subject, kept).fits;
    const typed = {...typedFor(subject, ask), ...(stays && {width: kept})};
    this.#ask = {...ask, ...typed} as NumberAsk;
    this.#subject = subject;
    this.#say({...describeSubject(subject, this.#ask.width), typed});
    return undefined;
  }
}

function problemFor({message, next, text, at}: RefusedFields) {
  return {code: 'number.value', says: message, next, mark: {text, at}};
}
