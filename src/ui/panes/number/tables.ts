import type {NumberState} from '../../../chapters/data/number.ts';
import {tablePart} from '../../parts/table.ts';
import type {Explanation, PaneModel, PartModel} from '../../view.ts';
import {spanAt, spanRoles} from './bits.ts';

/** Bytes with gaps, where the table is wide enough for those of 64 bits. */
const spaced = (hex: string | undefined, {size}: PartModel<NumberState>) =>
  size.width < 84 ? (hex ?? '') : (hex ?? '').replace(/..(?=.)/g, '$& ');

/** The indexes below a count; the same array while the count is the same. */
const indexes = Array.from({length: 129}, (_, length) => Array.from({length}, (__, index) => index));
const rowsOf = (count: number) => indexes[Math.min(count, indexes.length - 1)]!;

const word = (item: number, {state}: PaneModel<NumberState>) => state.number!.words[item]!;
const float = (item: number, {state}: PaneModel<NumberState>) => state.number!.floats[item]!;
const span = (item: number, {state}: PaneModel<NumberState>) => state.number!.spans[item]!;

/** What a machine word of each width makes of an integer. */
export const wordsPart = tablePart<NumberState>({
  id: 'words',
  title: () => 'As a machine word',
  items: ({state}) => rowsOf(state.number?.words.length ?? 0),
  columns: [
    {id: 'width', head: 'bits', width: 4, align: 'right', rank: 9, cell: (item, model) => `${word(item, model).width}`},
    {
      id: 'struct',
      head: 'struct',
      width: 6,
      rank: 3,
      cell: (item, model) => [[word(item, model).fits === 'no' ? 'none' : word(item, model).codes, 'call']],
    },
    {
      id: 'value',
      head: 'value',
      width: 12,
      grow: 1,
      rank: 8,
      cell(item, model) {
        const {fits, signed, unsigned} = word(item, model);
        if (fits === 'no') return [['does not fit', 'warn']];
        return signed === unsigned ? signed : `${signed} or ${unsigned}`;
      },
    },
    {
      id: 'little',
      head: '< little',
      width: 16,
      grow: 3,
      rank: 6,
      cell: (item, model) => kept(spaced(word(item, model).little, model), word(item, model).fits),
    },
    {
      id: 'big',
      head: '> big',
      width: 16,
      grow: 3,
      rank: 5,
      cell: (item, model) => kept(spaced(word(item, model).big, model), word(item, model).fits),
    },
  ],
  explain(model): Explanation | undefined {
    const {number} = model.state;
    const chosen = number?.words[model.cursor];
    if (chosen === undefined) return undefined;
    const {width, says, signed, unsigned, bin} = chosen;
    const read = `C keeps the low ${width} bits, ${bin}: ${signed} to a signed reader, ${unsigned} to an unsigned one.`;
    return {title: `${width} bits`, says: `${says} ${read}`, source: 'C17 §6.3.1.3, §6.2.6.2'};
  },
});

/** What does not fit is what C would keep of it: shown, and marked as not the number. */
const kept = (hex: string, fits: string) => [[hex, fits === 'no' ? 'dim' : 'plain'] as const];

/** What each IEEE 754 format makes of it. */
export const floatsPart = tablePart<NumberState>({
  id: 'floats',
  title: () => 'As a float',
  items: ({state}) => rowsOf(state.number?.floats.length ?? 0),
  columns: [
    {
      id: 'format',
      head: 'format',
      width: 8,
      rank: 9,
      cell: (item, model) => `${float(item, model).code} ${float(item, model).format}`,
    },
    {
      id: 'big',
      head: '> big',
      width: 16,
      grow: 2,
      rank: 6,
      cell: (item, model) => spaced(float(item, model).big, model),
    },
    {id: 'value', head: 'value', width: 10, grow: 2, rank: 8, cell: (item, model) => float(item, model).value ?? ''},
    {
      id: 'says',
      head: 'says',
      width: 14,
      grow: 3,
      rank: 4,
      cell: (item, model) => [[float(item, model).says, float(item, model).holds ? 'dim' : 'warn']],
    },
  ],
  explain(model): Explanation | undefined {
    const chosen = model.state.number?.floats[model.cursor];
    if (chosen === undefined) return undefined;
    const {format, says, spans = [], exact} = chosen;
    const parts = spans.map(({name, bits, meaning}) => `${name} ${bits}: ${meaning}.`).join(' ');
    const digits = exact === undefined ? '' : ` Exactly ${exact}.`;
    return {title: `${format} precision`, says: `${says} ${parts}${digits}`, source: 'IEEE 754-2019 §3.4'};
  },
});

/** What the bits on screen mean, stretch by stretch. */
export const spansPart = tablePart<NumberState>({
  id: 'spans',
  title: () => 'What the bits mean',
  items: ({state}) => rowsOf(state.number?.spans.length ?? 0),
  columns: [
    {
      id: 'name',
      head: 'part',
      width: 8,
      rank: 9,
      cell: (item, model) => [[span(item, model).name, spanRoles[item % spanRoles.length]!]],
    },
    {id: 'bits', head: 'bits', width: 10, grow: 1, rank: 7, cell: (item, model) => span(item, model).bits},
    {
      id: 'meaning',
      head: 'meaning',
      width: 16,
      grow: 2,
      rank: 8,
      cell: (item, model) => [[span(item, model).meaning, 'dim']],
    },
  ],
  linked(model: PartModel<NumberState>) {
    if (model.focus !== 'bits') return undefined;
    const found = spanAt(model.state.number?.spans ?? [], model.cursors['bits'] ?? 0);
    return found < 0 ? undefined : found;
  },
});
