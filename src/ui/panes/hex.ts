import type {HexState} from '../../chapters/data/hex-state.ts';
import {counted} from '../../wire/text/counted.ts';
import {codePart} from '../parts/code.ts';
import {columns, type Wish} from '../parts/stack.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {bytesPart} from './hex/bytes.ts';
import {numbersPart} from './hex/numbers.ts';

/** From this width on the numbers stand beside the bytes. */
const wideFrom = 130;

/** The bytes, and what they are as numbers. */
export const hexView: View<HexState> = {
  heading,
  parts: [bytesPart, numbersPart, codePart<HexState>()],
  layout(size, {state}) {
    // Before a file is open only the bytes can get the keys, so that they have them when it is.
    if (state.name === '') return [{part: 'bytes', x: 0, y: 0, ...size}];
    const bytes: Wish = {part: 'bytes', atLeast: 5, share: 3, rank: 9};
    const numbers: Wish = {part: 'numbers', atLeast: size.height >= 26 ? 13 : 5, rank: 5};
    const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 2};
    // Below each other, the code would leave the bytes too few rows.
    const besides = size.width >= wideFrom || size.height >= 44 ? [numbers, code] : [numbers];
    return columns([bytes], besides, size, {wideFrom, leftShare: 0.62});
  },
};

function heading({state}: PaneModel<HexState>): Line {
  const {notice, edits, size} = state;
  if (notice !== undefined) return [[notice.says, notice.tone === 'plain' ? 'dim' : notice.tone]];
  if (edits.length > 0)
    return [
      [`${counted(edits.length, 'byte')} changed on a copy`, 'warn'],
      [': w writes it to a new file, u takes back', 'dim'],
    ];
  return [[size === 0 ? 'no bytes' : 'o goes to an offset, s searches, Enter changes bytes on a copy', 'dim']];
}
