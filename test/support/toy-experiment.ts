import {define} from '../../src/chapters/contract.ts';
import {choiceField, flagField, integerField, secondsField, textField} from '../../src/chapters/fields.ts';
import {type Problem, ProblemError} from '../../src/journal/problem.ts';
import {flag, integer, optional, text} from '../../src/journal/shape.ts';

const fields = {
  host: textField({label: 'Host', default: 'localhost', hint: 'whom to count for'}),
  port: integerField({label: 'Port', default: 1060, from: 1, to: 65_535}),
  words: textField({label: 'Words', default: '', hint: 'said first, one event each'}),
  count: integerField({label: 'Count', default: 0, from: 0, to: 1_000_000, hint: 'events to emit'}),
  every: secondsField({label: 'Every', default: 0, from: 0, to: 60, hint: 'seconds between two'}),
  size: integerField({label: 'Size', default: 0, from: 0, to: 100_000, hint: 'bytes of each'}),
  mood: choiceField({label: 'Mood', options: ['calm', 'cross'], default: 'calm'}),
  refuse: flagField({label: 'Refuse', default: false, hint: 'fails at once'}),
  stubborn: flagField({label: 'Stubborn', default: false, hint: 'does not end when told to'}),
  waitForKeys: flagField({label: 'Wait for keys', default: false, hint: 'goes on until it is ended'}),
  child: flagField({label: 'Child', default: false, hint: 'starts a process'}),
  rehearsed: flagField({label: 'Rehearsed', default: false, hint: 'has a script'}),
} as const;

const events = {
  listening: {says: 'somebody waits', fields: {host: text, port: integer}},
  born: {says: 'a process was started', fields: {pid: integer}},
  said: {says: 'a word', fields: {word: text}},
  counted: {says: 'the next number', fields: {number: integer, last: optional(flag)}, bytes: true},
  heard: {says: 'bytes of standard input', fields: {}, bytes: true},
} as const;

interface State {
  readonly number: number;
  readonly words: readonly string[];
  readonly heard: number;
}

const refusal: Problem = {
  code: 'toy.refused',
  says: 'Nobody listens there',
  errno: 'ECONNREFUSED',
  next: 'Start a server first.',
};

/** An experiment for tests: it counts, says words, echoes its input, fails, and refuses to end, as it is asked to. */
export const toy = define({
  id: 'tcp.toy',
  title: 'Toy',
  teaches: 'Counts, and does what a test wants to see.',
  positionals: ['host', 'port'],
  rest: 'words',
  fields,
  events,
  actions: {
    say: {key: 's', title: 'Say', fields: {word: textField({label: 'Word', default: 'hello'})}, hint: 9},
    add: {
      key: 'a',
      title: 'Add',
      fields: {
        by: integerField({label: 'By', default: 1, from: 1, to: 9}),
        twice: flagField({label: 'Twice', default: false}),
      },
      possible: (state: State) => (state.number < 100 ? true : 'It is too high already'),
    },
    fail: {key: 'f', title: 'Fail', danger: 'Really?'},
    end: {key: 'c', title: 'End'},
    absent: {key: 'x', title: 'Never handled'},
  },
  opens: 'at once',
  script: ask => (ask.rehearsed ? [{action: 'say', args: {word: 'scripted'}}, {action: 'end'}] : []),
  async run(ask, kit) {
    const enough = Promise.withResolvers<void>();
    kit.emit('listening', {host: ask.host, port: ask.port});
    if (ask.child) kit.emit('born', {pid: (await kit.world.actors.start({name: 'toy', onEvent: () => undefined})).pid});
    if (ask.refuse) throw new ProblemError(refusal);
    kit.handle({
      say: args => kit.emit('said', {word: String(args['word'])}),
      add: args => kit.emit('counted', {number: Number(args['by']) * (args['twice'] === true ? 2 : 1)}),
      fail: () => refusal,
      end: () => enough.resolve(),
    });
    for (const word of ask.words.split(', ').filter(word => word !== '')) kit.emit('said', {word});
    const piece = new Uint8Array(ask.size).fill(0x61);
    for (let number = 1; number <= ask.count && !kit.signal.aborted; number++) {
      kit.emit('counted', {number, ...(number === ask.count && {last: true})}, ask.size > 0 ? piece : undefined);
      if (ask.every > 0) await new Promise(done => setTimeout(done, ask.every * 1000));
      await kit.caughtUp();
    }
    if (ask.mood === 'cross')
      for await (const bytes of kit.input ?? []) {
        kit.emit('heard', {}, bytes);
        if (kit.once) return;
      }
    if (ask.waitForKeys || ask.rehearsed) await Promise.race([kit.stopped(), enough.promise]);
    if (ask.stubborn) await new Promise(() => setTimeout(() => undefined, 60_000));
  },
  start: (): State => ({number: 0, words: [], heard: 0}),
  reduce(state, event) {
    if (event.kind === 'said') return {...state, words: [...state.words, event.word]};
    if (event.kind === 'counted') return {...state, number: state.number + event.number};
    return event.kind === 'heard' ? {...state, heard: state.heard + (event.bytes?.length ?? 0)} : state;
  },
  line(event, bytes, ask) {
    if (event.kind === 'heard') return bytes;
    if (event.kind === 'said') return event.word;
    if (event.kind === 'counted') return bytes ?? `${event.number} for ${ask.host}`;
    return undefined;
  },
  batch(request) {
    if (typeof request === 'number' || typeof request === 'bigint') return {twice: BigInt(request) * 2n};
    return {error: 'TypeError', message: `cannot double ${JSON.stringify(request)}`};
  },
  equivalents: ask => [{language: 'shell', code: `nc ${ask.host} ${ask.port}`}],
});

/** A second one, so that lists and near names have something to tell apart. */
export const quiet = define({
  id: 'data.quiet',
  title: 'Quiet',
  teaches: 'Does nothing.',
  fields: {},
  events: {},
  actions: {},
  opens: 'at once',
  run: async () => undefined,
  start: () => ({}),
  reduce: state => state,
  line: () => undefined,
  equivalents: () => [],
});
