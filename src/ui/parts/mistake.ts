import {width} from '../../terminal/width.ts';
import {visible} from '../../wire/text/visible.ts';
import type {Line} from '../view.ts';
import {lineText, lineWidth} from './line.ts';
import {wrapWords} from './text.ts';

/** Something typed that cannot be meant: what is wrong, where, and what to write instead. */
export interface MistakeOf {
  readonly says: Line;
  /** What was typed; with `at` the place is marked in it, up to, not including, `end`. */
  readonly text: string;
  readonly at?: number | undefined;
  readonly end?: number | undefined;
  readonly next?: string | undefined;
}

/** Rows that `mistakeLines` takes in so many cells. */
export const mistakeRows = (mistake: MistakeOf, cells: number): number => mistakeLines(mistake, cells).length;

/** The complaint, the typed text with a caret under the mistake, and the next step. Sentences go on in a second row. */
export function mistakeLines({says, text, at, end, next}: MistakeOf, cells: number): Line[] {
  const whole = lineWidth(says) <= cells;
  const sentence: Line[] = whole ? [says] : wrapWords(lineText(says), cells).map(row => [[row, 'bad']]);
  const advice: Line[] = next === undefined ? [] : wrapWords(next, cells).map(row => [[row, 'dim']]);
  return [...sentence, ...(at === undefined ? [] : marked(text, at, end ?? at + 1, cells)), ...advice];
}

/** The same on one row: what is wrong, at which character, and the next step. */
export function mistakeLine({says, mark, next}: MistakeSaid): Line {
  const place = mark === undefined ? '' : ` (at ${mark.at + 1})`;
  return [
    [`${says.replace(/\.$/, '')}${place}.`, 'bad'],
    [next === undefined ? '' : ` ${next}`, 'dim'],
  ];
}

interface MistakeSaid {
  /** A sentence, with its full stop or without. */
  readonly says: string;
  readonly mark?: {readonly at: number} | undefined;
  readonly next?: string | undefined;
}

/** Of a text longer than the row the part around the mistake is shown. */
function marked(text: string, at: number, end: number, cells: number): Line[] {
  let before = visible(text.slice(0, at));
  while (width(before) > Math.max(0, cells - 8)) before = Array.from(before).slice(1).join('');
  const wrong = visible(text.slice(at, end));
  return [
    ['  ', before, [wrong, 'bad'], [visible(text.slice(end)), 'dim']],
    ['  ', ' '.repeat(width(before)), ['^'.repeat(Math.max(1, Math.min(cells, width(wrong)))), 'bad']],
  ];
}
