import {buildFlood} from './flood/build.ts';

/** What the terminal measurements start and press. Here is the place to point them at another experiment. */
export interface Subject {
  readonly args: readonly string[];
  /** Builds another program than Wirebook's own into a folder, and gives the file to run. */
  readonly program?: (folder: string) => Promise<string>;
  /** On the screen when the first full frame is drawn. */
  readonly ready: string;
  /** Pressed in turn: each must change what `watched` shows, and bring back what was there before. */
  readonly keys: readonly [string, string];
  /** The columns in which a change answers a key, and in which nothing else changes by itself. */
  readonly watched: {readonly from: number; readonly to: number; readonly rows?: number};
}

/** The explorer as it opens. */
export const opening: Pick<Subject, 'args' | 'ready'> = {args: [], ready: 'Everything here is real'};

/** The fields of a struct: the keys move the selection there. */
export const calm: Subject = {
  args: ['data', 'struct'],
  ready: '[Python]',
  keys: ['down', 'up'],
  watched: {from: 0, to: 120},
};

/** The explorer around an experiment that emits 50 000 events a second (bench/flood); the keys move in a list beside them. */
export const flooded: Subject = {
  args: [],
  program: buildFlood,
  ready: 'Stands still',
  keys: ['down', 'up'],
  // The list that stands still is the upper one.
  watched: {from: 22, to: 120, rows: 11},
};
