import type {Scene} from './picture/scene.ts';

const wide = {columns: 120, rows: 36} as const;

/** The pictures in screenshots/, in the order in which they are taken. */
export const scenes: readonly Scene[] = [
  {
    name: 'help',
    title: 'What wirebook --help prints',
    args: ['--help'],
    columns: 100,
    rows: 60,
    steps: [{end: true}],
  },
  {
    ...wide,
    name: 'first-screen',
    title: 'The explorer as it opens',
    args: [],
    steps: [{wait: 'Choose an experiment'}, {settle: 300}],
  },
  {
    ...wide,
    name: 'half-close',
    title: 'Half-close: the client has shut down its sending side',
    args: ['tcp', 'half-close', '--port', '0'],
    steps: [
      {wait: 'ESTABLISHED from SYN_RECV'},
      {settle: 300},
      {press: ['s']},
      {wait: 'Text'},
      {press: ['enter']},
      {wait: /recv\(\) = \d/},
      {press: ['w']},
      {wait: 'FIN_WAIT2'},
      {settle: 500},
    ],
  },
  {
    ...wide,
    name: 'deadlock',
    title: 'Deadlock: four full queues, and why nothing moves',
    args: ['tcp', 'deadlock', '--port', '0'],
    steps: [{wait: 'FROZEN', ms: 20_000}, {settle: 300}],
  },
  {
    ...wide,
    name: 'struct',
    title: 'struct: fields, bytes, byte orders and code',
    args: ['data', 'struct'],
    steps: [{wait: 'little-endian'}, {settle: 300}, {press: ['down']}, {settle: 200}],
  },
  {
    ...wide,
    name: 'pickle',
    title: 'pickle: opcodes, bytes, and what loading would do',
    args: ['data', 'pickle'],
    steps: [{wait: 'no imports found'}, {settle: 300}],
  },
];
