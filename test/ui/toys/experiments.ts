import {define} from '../../../src/chapters/contract.ts';
import {choiceField, integerField, textField} from '../../../src/chapters/fields.ts';
import {integer, text} from '../../../src/journal/shape.ts';

export interface Told {
  readonly count: number;
}

/** Opens sockets, as far as the explorer can tell: form first, actions that ask, forbid and warn. */
export const bell = define({
  id: 'tcp.bell',
  title: 'Bell',
  teaches: 'Rings, and counts how often it has rung.',
  positionals: ['tone'],
  fields: {
    tone: textField({label: 'Tone', default: 'c', hint: 'what it sounds like'}),
    times: integerField({label: 'Times', default: 2, from: 0, to: 9, unit: 'rings'}),
    mood: choiceField({label: 'Mood', options: ['calm', 'cross'], default: 'calm'}),
  },
  events: {rung: {says: 'it rang', fields: {tone: text, number: integer}}},
  actions: {
    ring: {key: 's', title: 'Ring', hint: 9},
    tune: {key: 'u', title: 'Tune it', fields: {tone: textField({label: 'New tone', default: 'd'})}},
    melt: {key: 'm', title: 'Melt it', danger: 'A molten bell rings no more. Melt it?', hint: 2},
    crack: {
      key: 'c',
      title: 'Crack it',
      possible: (state: Told) => (state.count > 2 ? true : 'It has not rung enough'),
    },
  },
  opens: 'with its form',
  async run(ask, kit) {
    let number = 0;
    const ring = (tone: string) => kit.emit('rung', {tone, number: ++number});
    for (let time = 0; time < ask.times; time++) ring(ask.tone);
    kit.handle({ring: () => ring(ask.tone), tune: ({tone}) => ring(String(tone)), melt: () => ring('melted')});
    await kit.stopped();
  },
  start: (): Told => ({count: 0}),
  reduce: (state): Told => ({count: state.count + 1}),
  line: event => `${event.number} ${event.tone}`,
  equivalents: ({tone}) => [
    {language: 'Python', code: `ring(${JSON.stringify(tone)})`},
    {language: 'Node', code: `ring('${tone}');\nmore();`},
  ],
});

/** Answers while one types. */
export const mirror = define({
  id: 'data.mirror',
  title: 'Mirror',
  teaches: 'Turns a word around.',
  rest: 'word',
  fields: {
    word: textField({label: 'Word', default: 'abc', check: word => (word === 'bad' ? 'Not that word' : undefined)}),
  },
  events: {turned: {says: 'the word, turned', fields: {word: text}}},
  actions: {},
  opens: 'at once',
  async run(ask, kit) {
    const answer = ({word}: {readonly word: string}) => kit.emit('turned', {word: [...word].reverse().join('')});
    answer(ask);
    kit.whenAsked(answer);
    await kit.stopped();
  },
  start: (): Told => ({count: 0}),
  reduce: (state): Told => ({count: state.count + 1}),
  line: event => event.word,
  equivalents: () => [],
});

/** Has nothing to ask. */
export const plainToy = define({
  id: 'data.plain',
  title: 'Plain',
  teaches: 'Starts without questions.',
  fields: {},
  events: {},
  actions: {},
  opens: 'with its form',
  run: (_ask, kit) => kit.stopped(),
  start: (): Told => ({count: 0}),
  reduce: (state): Told => state,
  line: () => undefined,
  equivalents: () => [],
});

/** For `vi.mock('…/chapters/registry.ts')`. */
export function toyRegistry() {
  const experiments = {'tcp.bell': bell, 'data.mirror': mirror, 'data.plain': plainToy};
  return {experiments, allExperiments: Object.values(experiments)};
}
