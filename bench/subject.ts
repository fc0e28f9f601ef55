/** What the terminal measurements start and press. Here is the place to point them at another experiment. */
export interface Subject {
  readonly args: readonly string[];
  /** On the screen when the first full frame is drawn. */
  readonly ready: string;
  /** Pressed after that, to come to where keys are measured, and what is on the screen there. */
  readonly before?: {readonly press: readonly string[]; readonly shows: string};
  /** Pressed in turn: each must change what `watched` shows, and bring back what was there before. */
  readonly keys: readonly [string, string];
  /** The columns in which a change answers a key, and in which nothing else changes by itself. */
  readonly watched: {readonly from: number; readonly to: number};
}

/** The explorer, then the fields of a struct: the keys move the selection there. */
export const calm: Subject = {
  args: [],
  ready: 'Everything here is real',
  before: {press: ['enter'], shows: 'Fields'},
  keys: ['down', 'up'],
  watched: {from: 0, to: 120},
};

/** An experiment that floods the screen with events, on a screen of 200 by 60; undefined until there is one. */
export const flooded = undefined as Subject | undefined;
