import type {NumberState} from '../../chapters/data/number.ts';
import type {NumberRefused} from '../../chapters/data/number-shape.ts';
import {codePart} from '../parts/code.ts';
import {type MistakeOf, mistakeLines, mistakeRows} from '../parts/mistake.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {stalePart} from '../parts/stale.ts';
import {textPart} from '../parts/text.ts';
import type {Part, View} from '../view.ts';
import {bitRows, bitsPart} from './number/bits.ts';
import {saidLines, saidPart} from './number/said.ts';
import {floatsPart, spansPart, wordsPart} from './number/tables.ts';

const stale = (part: Part<NumberState>) => stalePart(part, ({refused}) => refused !== undefined);

const refusedPart = textPart<NumberState>('refused', 'Not a number', ({state: {refused}}, cells) =>
  refused === undefined ? [] : mistakeLines(mistakeOf(refused), cells),
);

const mistakeOf = (refused: NumberRefused): MistakeOf => ({...refused, says: [[refused.message, 'bad']]});

/** From this width on the tables stand beside the bits. */
const wideFrom = 96;

/** One number: in every base, bit by bit, at every width, and as a float. */
export const numberView: View<NumberState> = {
  parts: [
    refusedPart,
    stale(saidPart),
    stale(bitsPart),
    stale(spansPart),
    stale(wordsPart),
    stale(floatsPart),
    codePart<NumberState>(),
  ],
  layout(size, model) {
    const {number, refused} = model.state;
    const when = (is: boolean, wish: Wish): Wish[] => (is ? [wish] : []);
    const wrong = refused === undefined ? 0 : mistakeRows(mistakeOf(refused), size.width);
    const mistake = when(wrong > 0, {part: 'refused', atLeast: wrong + 1, rank: 10});
    const code: Wish = {part: 'code', atLeast: 6, share: 2, rank: 2};
    if (number === undefined) return stack([...mistake, code], size);
    const wide = size.width >= wideFrom;
    const tall = bitRows(wide ? Math.floor((size.width - 1) / 2) : size.width, number.bits.length);
    const said: Wish = {part: 'said', atLeast: size.height < 9 ? 2 : saidLines(model).length + 1, rank: 7};
    const bits = when(number.bits !== '', {part: 'bits', atLeast: Math.min(tall, 4) + 2, rank: 9});
    const spans = when(number.spans.length > 0, {
      part: 'spans',
      atLeast: Math.min(5, number.spans.length + 2),
      share: 1,
      rank: 4,
    });
    const words = when(number.words.length > 0, {part: 'words', atLeast: 6, rank: 6});
    const floats = when(number.floats.length > 0, {part: 'floats', atLeast: number.floats.length + 2, rank: 5});
    if (!wide) return stack([...mistake, said, ...bits, ...words, ...floats, ...spans, code], size);
    // What the number is and its bits side by side, and the tables in their full width under them.
    const top = Math.max(said.atLeast, (bits[0]?.atLeast ?? 0) + Math.min(10, number.spans.length + 2));
    const placed = stack([...mistake, {part: 'top', atLeast: top, rank: 8}, ...words, ...floats, code], size);
    return placed.flatMap(box => {
      if (box.part !== 'top') return [box];
      const inside = columns([{...said, share: 1}], [...bits, ...spans], box, {wideFrom});
      return inside.map(one => ({...one, y: one.y + box.y}));
    });
  },
};
