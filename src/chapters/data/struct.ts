import type {EventOf} from '../../journal/event.ts';
import {toHex} from '../../journal/json.ts';
import {ProblemError} from '../../journal/problem.ts';
import {choice, integer, list, optional, record, text} from '../../journal/shape.ts';
import {readLiterals} from '../../wire/python/literal.ts';
import {repr, reprTuple} from '../../wire/python/repr.ts';
import {answerStructRequest} from '../../wire/struct/batch.ts';
import {StructError} from '../../wire/struct/error.ts';
import {type Field, fieldsOf} from '../../wire/struct/layout.ts';
import {Struct} from '../../wire/struct/struct.ts';
import {fromPython, toPython, type Value} from '../../wire/struct/value.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {define} from '../contract.ts';
import {type AskOf, choiceField, integerField, textField} from '../fields.ts';
import {structEquivalents} from './struct-equivalents.ts';

const fields = {
  op: choiceField({
    label: 'Do',
    options: ['pack', 'unpack', 'calcsize'],
    default: 'pack',
    hint: 'pack: values to bytes. unpack: bytes to values',
  }),
  format: textField({
    label: 'Format',
    default: '<iH3s',
    hint: '@ = < > ! then x c b B ? h H i I l L q Q n N e f d s p P with counts',
  }),
  values: textField({
    label: 'Values',
    default: "4253, 80, b'abc'",
    hint: "Python literals with commas: 4253, 0xff, 1.5, True, b'abc'. To unpack: hex",
  }),
  python: choiceField({
    label: 'Messages of',
    options: ['3.13', '3.11'],
    default: '3.13',
    hint: 'CPython changed its words in 3.12',
  }),
};

type Ask = AskOf<typeof fields>;

const events = {
  answer: {
    says: 'A format applied: the values, the bytes, and which byte belongs to which value.',
    fields: {
      op: choice('pack', 'unpack', 'calcsize'),
      format: text,
      size: text,
      values: list(text),
      fields: list(record({offset: integer, size: integer, code: text, value: text})),
      padding: list(record({offset: integer, size: integer})),
      little: optional(text),
      big: optional(text),
    },
    bytes: true,
  },
  refused: {
    says: 'What Python raises for this: the class and the message, word for word.',
    fields: {class: text, message: text},
  },
} as const;

type Event = EventOf<typeof events>;

export interface StructState {
  readonly answer: Extract<Event, {kind: 'answer'}> | undefined;
  readonly refused: {readonly class: string; readonly message: string} | undefined;
}

/** No more fields than this are listed one by one; a larger count is summed up by the layout. */
const mostFields = 4096;

export const structExperiment = define({
  id: 'data.struct',
  title: 'struct',
  teaches: 'Values become bytes by a format, and bytes become values: edit either and watch the other.',
  opens: 'at once',
  positionals: ['op', 'format'],
  rest: 'values',
  fields,
  events,
  actions: {
    edit: {
      key: 'b',
      title: 'Set a byte',
      hint: 7,
      fields: {
        offset: integerField({label: 'Offset', default: 0, from: 0, to: 1_000_000}),
        value: integerField({label: 'Value', default: 0, from: 0, to: 255}),
      },
      possible: (state: StructState) =>
        state.answer?.bytes === undefined ? 'There are no bytes yet: mend the format or the values' : true,
    },
  },
  async run(ask, kit) {
    let current: Computed | undefined;
    const answer = (asked: Ask) => {
      const computed = compute(asked);
      if ('message' in computed) {
        kit.emit('refused', computed);
        if (kit.headless)
          throw new ProblemError({code: computed.class, says: `${computed.class}: ${computed.message}`});
        return;
      }
      current = computed;
      kit.emit('answer', computed.event, computed.bytes);
    };
    answer(ask);
    if (kit.headless) return;
    kit.whenAsked(answer);
    kit.handle({
      edit({offset, value}: {offset: number; value: number}) {
        if (current?.bytes === undefined || offset >= current.bytes.length)
          return {code: 'struct.offset', says: `There is no byte ${offset}`};
        const bytes = current.bytes.slice();
        bytes[offset] = value;
        answer({...current.ask, op: 'unpack', values: toHex(bytes)});
        return undefined;
      },
    });
    await kit.stopped();
  },
  start: (): StructState => ({answer: undefined, refused: undefined}),
  reduce(state, event): StructState {
    if (event.kind === 'answer') return {answer: event, refused: undefined};
    return {...state, refused: {class: event.class, message: event.message}};
  },
  settled(state) {
    const {answer} = state;
    return answer?.op === 'unpack' ? {} : {};
  },
  line(event, bytes, ask) {
    if (event.kind === 'refused') return undefined;
    if (ask.op === 'calcsize') return event.size;
    return ask.op === 'pack' ? toHex(bytes ?? new Uint8Array(0)) : reprTuple(event.values);
  },
  batch: answerStructRequest,
  equivalents: structEquivalents,
});

interface Computed {
  readonly ask: Ask;
  readonly bytes: Uint8Array | undefined;
  readonly event: Omit<Extract<Event, {kind: 'answer'}>, 'kind' | 't' | 'seq' | 'run' | 'bytes'>;
}

function compute(ask: Ask): Computed | {readonly class: string; readonly message: string} {
  try {
    const struct = new Struct(ask.format, {python: ask.python});
    if (ask.op === 'calcsize') return {ask, bytes: undefined, event: describe(ask, struct, [], undefined)};
    if (ask.op === 'unpack') {
      const typed = parseHex(ask.values);
      if (typed.kind === 'error') return {class: 'ValueError', message: typed.sentence};
      return {ask, bytes: typed.bytes, event: describe(ask, struct, struct.unpack(typed.bytes), typed.bytes)};
    }
    const read = readLiterals(ask.values);
    if (!read.ok) return {class: 'ValueError', message: `${read.message} ${read.next}`};
    const bytes = struct.pack(...read.value.map(fromPython));
    return {
      ask,
      bytes,
      event: {...describe(ask, struct, struct.unpack(bytes), bytes), ...orders(ask, read.value.map(fromPython))},
    };
  } catch (error) {
    if (error instanceof StructError) return {class: error.pythonClass, message: error.message};
    throw error;
  }
}

function describe(
  ask: Ask,
  struct: Struct,
  values: readonly Value[],
  bytes: Uint8Array | undefined,
): Computed['event'] {
  const codes = firstFields(struct);
  const shown = values.slice(0, mostFields).map((value, index) => repr(toPython(value, codes[index]?.[2] ?? '')));
  const padding = struct.layout.filter(entry => entry.kind === 'pad');
  return {
    op: ask.op,
    format: ask.format,
    size: String(struct.size),
    values: bytes === undefined ? [] : shown,
    fields: codes.map(([offset, size, code], index) => ({
      offset: Number(offset),
      size: Number(size),
      code,
      value: shown[index] ?? '',
    })),
    padding: padding.map(({offset, size}) => ({offset: Number(offset), size: Number(size)})),
  };
}

function firstFields(struct: Struct): Field[] {
  const found: Field[] = [];
  for (const field of fieldsOf(struct.layout)) {
    if (found.length === mostFields) break;
    found.push(field);
  }
  return found;
}

/** The same values in both byte orders, for a format that names one or none. */
function orders(ask: Ask, values: Parameters<Struct['pack']>): {little?: string; big?: string} {
  const bare = ask.format.replace(/^[@=<>!]/, '');
  try {
    return {little: toHex(new Struct(`<${bare}`).pack(...values)), big: toHex(new Struct(`>${bare}`).pack(...values))};
  } catch {
    return {};
  }
}
