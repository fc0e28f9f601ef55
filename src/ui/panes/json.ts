import type {JsonState} from '../../chapters/data/json-shape.ts';
import {codePart} from '../parts/code.ts';
import {hexPart} from '../parts/hex-grid.ts';
import {mistakeLine} from '../parts/mistake.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {differencesPart} from './json/differences.ts';
import {encodingsPart, explainEncoding, selectedOf} from './json/encodings.ts';

/** From this width on the bytes and the code stand beside the encodings. */
const wideFrom = 96;

/** One value in several encodings: sizes, what comes back, the bytes of the selected one and what it loses. */
export const jsonView: View<JsonState> = {
  heading,
  parts: [
    encodingsPart,
    differencesPart,
    hexPart<JsonState>({
      id: 'bytes',
      title: model => `Bytes of ${selectedOf(model)?.title ?? 'none'}`,
      bytes(model) {
        const bytes = selectedOf(model)?.bytes;
        if (bytes === undefined) return {length: 0, at: () => new Uint8Array(0)};
        return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
      },
      empty: () => 'It cannot be written in this encoding.',
      explain: model => explainEncoding(selectedOf(model)?.event),
    }),
    codePart<JsonState>(),
  ],
  layout(size) {
    const tight = size.height < 12;
    const encodings: Wish = {part: 'encodings', atLeast: tight ? 5 : 7, rank: 9};
    const lost: Wish = {part: 'differences', atLeast: 4, share: 2, rank: 8};
    const bytes: Wish = {part: 'bytes', atLeast: 4, share: 2, rank: 7};
    const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 3};
    if (size.width < wideFrom) return stack([encodings, lost, bytes, code], size);
    return columns([encodings, lost], [{...bytes, share: 1}, code], size, {wideFrom, leftShare: 0.54});
  },
};

function heading({state}: PaneModel<JsonState>): Line {
  const {unread, value} = state;
  if (unread !== undefined) return mistakeLine(unread);
  if (value === undefined) return [['Type a value.', 'dim']];
  return [
    [`${value.type} `, 'dim'],
    [value.repr, 'strong'],
  ];
}
