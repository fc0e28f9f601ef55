import {dump} from '../../wire/hex/dump.ts';
import {reprBytes} from '../../wire/python/repr.ts';
import {counted} from '../../wire/text/counted.ts';
import {toHex} from '../../wire/text/hex.ts';
import {quoteC} from '../../wire/text/quote-c.ts';
import {visible} from '../../wire/text/visible.ts';
import type {Copy} from '../view.ts';
import type {HexBytes} from './hex-fields.ts';

/** The most that is copied at once: what a clipboard sequence can carry. */
const most = 64 * 1024;

/** The selected bytes, or all of them, in the forms one pastes somewhere else. */
export function hexCopies(all: HexBytes, selected: {start: number; end: number} | undefined): readonly Copy[] {
  const {start, end} = selected ?? {start: 0, end: all.length};
  const stop = Math.min(end, start + most, all.length);
  if (stop <= start) return [];
  const bytes = all.at(start, stop);
  const what = `${counted(stop - start, 'byte')}${stop < Math.min(end, all.length) ? ` of ${end - start}` : ''}`;
  return [
    {label: `${what} as hex`, text: toHex(bytes)},
    {label: `${what} as a Python literal`, text: reprBytes(bytes)},
    {label: `${what} as a C literal`, text: quoteC(bytes)},
    {label: `${what} for Node`, text: `Buffer.from('${toHex(bytes)}', 'hex')`},
    {label: `${what} as text`, text: visible(bytes)},
    {label: `${what} as a hex dump`, text: dump(bytes, {style: 'hexdump', offset: start})},
  ];
}
