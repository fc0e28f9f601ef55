import type {Scene} from './picture/scene.ts';

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
];
