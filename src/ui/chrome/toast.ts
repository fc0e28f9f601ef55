import {formatProblem} from '../../journal/problem.ts';
import {wrapWords} from '../parts/text.ts';
import type {Store} from '../store.ts';
import type {Line} from '../view.ts';

/** The message at the bottom: what, why, and the next step, in at most three rows; the whole of it is in the history. */
export function toastRows(store: Store, cells: number): readonly Line[] {
  if (store.toast === undefined) return [];
  const {problem, tone} = store.toast;
  const fix = problem.fix === undefined ? '' : ` F9: ${problem.fix.title}.`;
  const all = wrapWords(formatProblem(problem) + fix, Math.max(10, cells - 8));
  const rows = all.length > 3 ? [...all.slice(0, 2), `${all[2]} …`] : all;
  return rows.map(
    (row, index): Line => [
      [index === 0 ? (tone === 'bad' ? '! ' : '+ ') : '  ', tone],
      [row, tone === 'bad' ? 'bad' : 'plain'],
    ],
  );
}
