import type {HexState} from '../../../chapters/data/hex-state.ts';
import {inspectBytes} from '../../../wire/number/inspect-bytes.ts';
import {counted} from '../../../wire/text/counted.ts';
import {listPart} from '../../parts/list.ts';
import type {PaneModel, Part, PartModel} from '../../view.ts';
import {read} from './bytes.ts';

/** What the bytes from the cursor on are as numbers, in both orders. */
export const numbersPart: Part<HexState> = listPart<HexState>({
  id: 'numbers',
  title: () => 'Numbers here',
  range: ({state}) => ({first: 0, end: state.size === 0 ? 0 : 11}),
  head: ({size}) => ['type  ', 'little-endian'.padEnd(columnWidth(size.width)), 'big-endian'],
  empty: () => 'There are no bytes.',
  row(item, model) {
    const {type, size, little, big} = numbersAt(model)[item]!;
    if (little === undefined)
      return [
        [type.padEnd(6), 'dim'],
        ['the file ends before', 'dim'],
      ];
    const one = little.padEnd(columnWidth(model.size.width));
    return [[type.padEnd(6), 'strong'], [one, 'field0'], size === 1 ? '' : [big ?? '', 'field1']];
  },
  explain(model) {
    const here = numbersAt(model)[model.cursor];
    if (here === undefined) return undefined;
    const {type, size, little = '', big = ''} = here;
    const says = `${counted(size, 'byte')} from the cursor on, ${kinds[type[0]!]}: ${little} with the low byte first, ${big} with the high byte first.`;
    return {title: type, says};
  },
});

const kinds: Readonly<Record<string, string>> = {
  u: 'an unsigned integer',
  i: 'a signed integer in two’s complement',
  f: 'a number as IEEE 754 has it',
};

function columnWidth(cells: number): number {
  return Math.max(8, Math.floor((cells - 8) / 2));
}

function numbersAt(model: PaneModel<HexState>) {
  const at = (model as PartModel<HexState>).cursors['bytes'] ?? 0;
  return inspectBytes(read(model, at, at + 8).bytes);
}
