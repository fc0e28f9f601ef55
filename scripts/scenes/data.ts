import type {Scene} from '../picture/scene.ts';

const wide = {columns: 120, rows: 36} as const;

/** A pickle by hand that would run a command: PROTO 4, posix.system, ('echo hello',), REDUCE, STOP. */
const hostilePickle = '80048c05706f7369788c0673797374656d938c0a6563686f2068656c6c6f85522e';

/** Chapter 5. */
export const dataScenes: readonly Scene[] = [
  {
    ...wide,
    name: 'struct',
    title: 'struct: fields, bytes, byte orders and code',
    args: ['data', 'struct'],
    steps: [{wait: 'little-endian'}, {settle: 300}, {press: ['down']}, {settle: 200}],
  },
  {
    ...wide,
    name: 'number',
    title: 'Numbers: one number in every base, width and order',
    args: ['data', 'number', '4253'],
    steps: [{wait: '4253'}, {settle: 300}],
  },
  {
    ...wide,
    name: 'pickle',
    title: 'pickle: a pickle that would run a command, taken apart and never executed',
    args: ['data', 'pickle', 'inspect', '--hex', hostilePickle],
    steps: [{wait: 'posix'}, {settle: 300}, {press: Array<string>(6).fill('down')}, {settle: 300}],
  },
  {
    ...wide,
    name: 'framing',
    title: 'Framing: one stream, several decoders, and which of them may stop',
    args: ['data', 'framing'],
    steps: [{wait: 'blocks'}, {settle: 300}, {press: ['n', 'n', 'n']}, {settle: 300}],
  },
  {
    ...wide,
    name: 'json',
    title: 'JSON and others: one value in four encodings, and what each loses',
    args: ['data', 'json'],
    steps: [{wait: 'msgpack'}, {settle: 300}],
  },
  {
    ...wide,
    name: 'zlib',
    title: 'zlib: a compressed stream ends by itself, and the next bytes are left over',
    args: ['data', 'zlib'],
    steps: [{wait: 'No call yet'}, {settle: 300}, {press: ['n', 'n']}, {settle: 300}],
  },
  {
    ...wide,
    name: 'errors',
    title: 'Errors: each provoked for real, in the words of Python and Node',
    args: ['data', 'errors', 'ECONNREFUSED'],
    steps: [{wait: /▸ not yet +ECONNREFUSED/}, {settle: 300}, {press: ['p']}, {wait: 'It happened'}, {settle: 500}],
  },
  {
    ...wide,
    name: 'hex',
    title: 'Hex: every byte there is, and what stands where the cursor is',
    args: ['data', 'hex'],
    steps: [
      {wait: 'every byte'},
      {settle: 300},
      {press: Array<string>(4).fill('down')},
      {press: ['right']},
      {wait: '@65'},
      {press: ['enter']},
      {type: '5a'},
      {settle: 300},
    ],
  },
];
