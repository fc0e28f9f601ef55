import {position} from './diff.ts';
import {type CursorShape, cursorShape, hideCursor, showCursor} from './modes.ts';

/** Where the terminal's own cursor is to be, in cells from 0. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
  /** Default `bar`. */
  readonly shape?: CursorShape;
}

/** Shows, moves and hides the real cursor around the changes of a frame. */
export class CursorPlacer {
  #wanted: Cursor | undefined;
  /** What the terminal shows; `undefined` is hidden, as after `enter`. */
  #shown: Cursor | undefined;

  /** Whether this differs from what was wanted before. */
  want(cursor: Cursor | undefined): boolean {
    if (same(cursor, this.#wanted)) return false;
    this.#wanted = cursor;
    return true;
  }

  /** The terminal was set up anew: its cursor is hidden, its shape the user's. */
  forget(): void {
    this.#shown = undefined;
  }

  /** The frame with the cursor hidden while it is drawn and put in its place afterwards. '' if nothing has to change. */
  around(changes: string): string {
    const wanted = this.#wanted;
    const before = this.#shown;
    if (changes === '' && same(wanted, before)) return '';
    this.#shown = wanted;
    const hidden = before === undefined ? '' : hideCursor;
    if (wanted === undefined) return hidden + changes;
    const shape = before !== undefined && wanted.shape === before.shape ? '' : cursorShape(wanted.shape ?? 'bar');
    return `${changes === '' ? '' : hidden}${changes}${position(wanted.x, wanted.y)}${shape}${showCursor}`;
  }
}

function same(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a?.x === b?.x && a?.y === b?.y && a?.shape === b?.shape;
}
