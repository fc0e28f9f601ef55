import type {StructState} from '../../../chapters/data/struct.ts';
import type {StructRefusal} from '../../../chapters/data/struct-shape.ts';
import {width} from '../../../terminal/width.ts';
import {visible} from '../../../wire/text/visible.ts';
import {textPart, wrapWords} from '../../parts/text.ts';
import type {Line} from '../../view.ts';

/** Rows it takes without its title. */
export function refusedRows({at, next}: StructRefusal): number {
  return 1 + (at === undefined ? 0 : 2) + (next === undefined ? 0 : 1);
}

/** What Python raises, the place marked, and what to do about it. */
export const refusedPart = textPart<StructState>('refused', 'What Python says', ({state: {refused}}, cells) => {
  if (refused === undefined) return [];
  const {class: name, message, next} = refused;
  const said: Line = name === undefined ? [[message, 'bad']] : [[name, 'bad'], ': ', [message, 'strong']];
  const [advice = ''] = next === undefined ? [] : wrapWords(next, Math.max(1000, cells));
  return [said, ...marked(refused, cells), ...(next === undefined ? [] : [[[advice, 'dim'] as const]])];
});

/** The typed text with a caret under the mistake; of a long text the part around it. */
function marked({text, at, end}: StructRefusal, cells: number): Line[] {
  if (at === undefined) return [];
  const before = visible(text.slice(0, at)).slice(-Math.max(0, cells - 8));
  const wrong = visible(text.slice(at, end ?? at + 1));
  return [
    ['  ', before, [wrong, 'bad'], [visible(text.slice(end ?? at + 1)), 'dim']],
    ['  ', ' '.repeat(width(before)), ['^'.repeat(Math.max(1, width(wrong))), 'bad']],
  ];
}
