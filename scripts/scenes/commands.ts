import type {Scene} from '../picture/scene.ts';

/** What commands print. */
export const commandScenes: readonly Scene[] = [
  {
    name: 'help',
    title: 'What wirebook --help prints',
    args: ['--help'],
    columns: 100,
    rows: 60,
    steps: [{end: true}],
  },
  {
    name: 'half-close-text',
    title: 'wirebook tcp half-close --text',
    args: ['tcp', 'half-close', '--port', '0', '--text'],
    columns: 100,
    rows: 60,
    steps: [{end: true}],
  },
  {
    name: 'struct-json',
    title: "wirebook data struct pack '<iH3s' 4253 80 \"b'abc'\" --json",
    args: ['data', 'struct', 'pack', '<iH3s', '4253', '80', "b'abc'", '--json'],
    columns: 100,
    rows: 40,
    steps: [{end: true}],
  },
];
