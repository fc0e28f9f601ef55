import type {Surface} from '../../terminal/surface.ts';
import {truncate, width} from '../../terminal/width.ts';
import {visible} from '../../wire/text/visible.ts';
import type {FormState} from '../form.ts';
import type {Theme} from '../theme.ts';

/** A field of a folded form, and where it stands. */
interface Piece {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly value: string;
}

const mostRows = 3;
const longestValue = 24;
const gap = 3;

/**
 * A form that is not being filled, in at most three rows: each field's label and value, one after the other. Fields
 * with nothing in them come last, and are what is left out when there is no room.
 */
export function paintFolded(surface: Surface, form: FormState, theme: Theme): void {
  for (const {x, y, label, value} of piecesOf(form, surface.width)) {
    if (y >= surface.height) break;
    const cells = surface.text(x, y, label, theme.roles.dim);
    surface.text(x + cells + 1, y, value, theme.roles.plain);
  }
}

export function foldedHeight(form: FormState, cells: number): number {
  return Math.min(mostRows, 1 + Math.max(0, ...piecesOf(form, cells).map(({y}) => y)));
}

/** The field at a place, for a click. */
export function foldedFieldAt(form: FormState, cells: number, at: {readonly x: number; readonly y: number}): number {
  const row = piecesOf(form, cells).filter(({y}) => y === at.y);
  return row.findLast(({x}) => x <= at.x)?.index ?? row[0]?.index ?? form.index;
}

function piecesOf(form: FormState, cells: number): readonly Piece[] {
  const fields = form.names.map((name, index) => ({
    index,
    label: form.fields[name]!.label,
    text: visible(form.typed[name]!.text),
  }));
  const ordered = [...fields.filter(({text}) => text !== ''), ...fields.filter(({text}) => text === '')];
  const pieces: Piece[] = [];
  let [x, y] = [0, 0];
  for (const {index, label, text} of ordered) {
    const value =
      text === '' ? '(empty)' : truncate(text, Math.max(1, Math.min(longestValue, cells - width(label) - 1)));
    const size = width(label) + 1 + width(value);
    if (x > 0 && x + size > cells) [x, y] = [0, y + 1];
    if (y >= mostRows) break;
    pieces.push({index, x, y, label, value});
    x += size + gap;
  }
  return pieces;
}
