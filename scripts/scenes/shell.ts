import type {Scene} from '../picture/scene.ts';

const wide = {columns: 120, rows: 36} as const;

/** The explorer itself. */
export const shellScenes: readonly Scene[] = [
  {
    ...wide,
    name: 'first-screen',
    title: 'The explorer as it opens',
    args: [],
    steps: [{wait: 'Choose an experiment'}, {settle: 300}],
  },
  {
    ...wide,
    name: 'palette',
    title: 'The palette: finds anything and does it',
    args: ['data', 'struct'],
    steps: [{wait: 'little-endian'}, {press: [':']}, {wait: 'Palette'}, {type: 'byte'}, {settle: 300}],
  },
  {
    ...wide,
    name: 'keys',
    title: 'Help: the keys that work here, made from the live keymap',
    args: ['tcp', 'half-close', '--port', '0'],
    steps: [{wait: 'ESTABLISHED from SYN_RECV'}, {settle: 300}, {press: ['?']}, {settle: 300}],
    // What stands beside the box is the end of a row that has a port in it.
    volatile: [/╮.*/],
  },
  {
    columns: 40,
    rows: 12,
    name: 'small',
    title: 'The same on 40 by 12 cells: one part at a time',
    args: ['data', 'struct'],
    steps: [{wait: 'Fields'}, {settle: 300}],
    zoom: 1.5,
  },
  {
    ...wide,
    name: 'light',
    title: 'The light theme',
    args: ['data', 'struct'],
    env: {WIREBOOK_THEME: 'light'},
    white: true,
    steps: [{wait: 'little-endian'}, {settle: 300}, {press: ['down']}, {settle: 200}],
  },
];
