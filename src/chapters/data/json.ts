import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {Protocol} from '../../wire/pickle/dump-scalar.ts';
import {represent} from '../../wire/pickle/represent.ts';
import {readLiteral} from '../../wire/python/literal.ts';
import {typeName} from '../../wire/python/value.ts';
import {define, type Kit} from '../contract.ts';
import {encodingsOf} from './json-encodings.ts';
import {jsonEquivalents} from './json-equivalents.ts';
import {type JsonAsk, type JsonState, jsonEvents, jsonFields} from './json-shape.ts';
import {jsonLine} from './json-text.ts';

export const jsonExperiment = define({
  id: 'data.json',
  title: 'JSON and others',
  teaches:
    'One value in JSON, pickle, MessagePack and struct: how long it gets, what is lost, and what must stand around it.',
  opens: 'at once',
  rest: 'value',
  fields: jsonFields,
  events: jsonEvents,
  actions: {
    protocol: {
      key: 'p',
      title: 'Next pickle protocol',
      hint: 5,
      possible: (state: JsonState) => (state.value === undefined ? 'There is no value yet: mend the literal' : true),
    },
  },
  async run(ask, kit) {
    let asked = ask;
    const answer = (next: JsonAsk) => {
      asked = next;
      return emitAll(next, kit);
    };
    const problem = answer(ask);
    if (kit.headless && problem !== undefined) throw new ProblemError(problem);
    kit.whenAsked(next => void answer(next));
    kit.handle({
      protocol: () => answer({...asked, protocol: String((Number(asked.protocol) + 1) % 6) as JsonAsk['protocol']}),
    });
    if (!kit.headless) await kit.stopped();
  },
  start: (): JsonState => ({value: undefined, encodings: [], unread: undefined}),
  reduce(state, event): JsonState {
    if (event.kind === 'unread') return {...state, unread: event};
    if (event.kind === 'encoding') return {...state, encodings: [...state.encodings, event]};
    return {value: event, encodings: [], unread: undefined};
  },
  settled: ({value}) => (value?.protocol === undefined ? {} : {protocol: value.protocol}),
  line: jsonLine,
  equivalents: jsonEquivalents,
});

/** Characters of the value that are shown. */
const longest = 4096;

function emitAll({value, protocol}: JsonAsk, {emit}: Kit<typeof jsonEvents>): Problem | undefined {
  const literal = readLiteral(value);
  if (!literal.ok) {
    const {message, next, offset} = literal;
    const unread = {says: message, next, mark: {text: value, at: offset}};
    emit('unread', unread);
    return {code: 'json.literal', ...unread};
  }
  emit('value', {repr: represent(literal.value, longest), type: typeName(literal.value), protocol});
  for (const {fields, bytes} of encodingsOf(literal.value, Number(protocol) as Protocol))
    emit('encoding', fields, bytes);
  return undefined;
}
