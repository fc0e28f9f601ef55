import type {HalfCloseState} from '../../../chapters/tcp/half-close-state.ts';
import {columns, stack, type Wish} from '../../parts/stack.ts';
import {endRows} from '../../parts/tcp-ends.ts';
import {wrapWords} from '../../parts/text.ts';
import type {PaneModel, Placed, Size} from '../../view.ts';

/** From these sizes on the diagram stands beside the ladder, in its wide form or its compact one. */
const wide = {width: 160, height: 30, diagram: 76, rows: 21};
const medium = {width: 108, height: 24, diagram: 47, rows: 17};

/**
 * The ends always; then the ladder; then, as room allows, the bytes of a rung, the state diagram, and the program. These two
 * come when something has happened: until then the ladder is the one part that keys could go to, and so gets them.
 */
export function halfCloseLayout(size: Size, {journal, state}: PaneModel<HalfCloseState>): readonly Placed[] {
  const top: Wish = {part: 'ends', atLeast: 1 + endRows(size.width, size.height), rank: 9};
  const ladder: Wish = {part: 'ladder', atLeast: 5, share: 3, rank: 8};
  const bytes: Wish = {part: 'bytes', atLeast: 3, share: 1, rank: 4};
  if (journal.end === 0) return stack([top, ladder], size);
  const rows = noticeRows(state.notice ?? '', size.width).length;
  const notice: Wish[] = isLong(state.notice ?? '') ? [{part: 'notice', atLeast: 1 + rows, rank: 5}] : [];
  const form = [wide, medium].find(({width, height}) => size.width >= width && size.height >= height);
  if (form === undefined) {
    const diagram: Wish[] = size.height >= 44 ? [{part: 'diagram', atLeast: 17, rank: 2}] : [];
    const code: Wish[] = size.height >= 28 ? [{part: 'code', atLeast: 6, share: 1, rank: 1}] : [];
    return stack([top, ...notice, ladder, bytes, ...diagram, ...code], size);
  }
  const head = [top, ...notice].reduce((sum, {atLeast}) => sum + atLeast, 0);
  const below = {width: size.width, height: size.height - head};
  const diagram: Wish = {part: 'diagram', atLeast: form.rows, rank: 5};
  const code: Wish = {part: 'code', atLeast: 4, share: 1, rank: 1};
  const leftShare = (size.width - 1 - form.diagram) / (size.width - 1);
  const placed = columns([ladder, bytes], [diagram, code], below, {wideFrom: 0, leftShare});
  return [...stack([top, ...notice], {...size, height: head}), ...placed.map(box => ({...box, y: box.y + head}))];
}

/** A short one fits above the ends; this one needs rows of its own. */
export function isLong(notice: string): boolean {
  return notice.length > 80;
}

export function noticeRows(notice: string, width: number): readonly string[] {
  return wrapWords(notice, Math.max(20, width - 1));
}
