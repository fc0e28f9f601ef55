import type {FrameFields} from '../../../chapters/data/framing-events.ts';
import type {FramingState} from '../../../chapters/data/framing-state.ts';
import {tablePart} from '../../parts/table.ts';
import type {PaneModel, Part} from '../../view.ts';
import {chosenOf} from './chosen.ts';

const frameAt = (item: number, model: PaneModel<FramingState>) => chosenOf(model)?.frames[item];

/** The frames of the chosen decoder: where each is, what its header says, and what it carries. */
export const framesPart: Part<FramingState> = tablePart<FramingState>({
  id: 'frames',
  title(model) {
    const decoder = chosenOf(model);
    if (decoder === undefined) return 'Frames';
    return `Frames of ${decoder.name}: ${decoder.frames.length + decoder.more}${decoder.more > 0 ? `, the first ${decoder.frames.length} listed` : ''}`;
  },
  items: model => indexes(chosenOf(model)?.frames.length ?? 0),
  columns: [
    {id: 'number', head: '#', width: 3, align: 'right', rank: 9, cell: item => String(item + 1)},
    {
      id: 'span',
      head: 'bytes',
      width: 9,
      align: 'right',
      rank: 5,
      cell: (item, model) => [[spanOf(frameAt(item, model)), 'dim']],
      key: (item, model) => frameAt(item, model)?.start ?? 0,
    },
    {
      id: 'size',
      head: 'payload',
      width: 7,
      align: 'right',
      rank: 4,
      cell: (item, model) => String(frameAt(item, model)?.size ?? ''),
      key: (item, model) => frameAt(item, model)?.size ?? 0,
    },
    {
      id: 'reads',
      head: 'carries',
      width: 14,
      grow: 4,
      rank: 8,
      cell: (item, model) => frameAt(item, model)?.reads?.join(' | ') ?? '',
    },
    {
      id: 'header',
      head: 'header',
      width: 16,
      grow: 3,
      rank: 2,
      cell: (item, model) => [[headerOf(frameAt(item, model)), 'dim']],
    },
  ],
  empty: model => (chosenOf(model) === undefined ? 'No decoder.' : 'No whole frame yet.'),
  linked(model) {
    const offset = model.focus === 'tape' ? model.cursors['tape'] : undefined;
    if (offset === undefined) return undefined;
    const found = chosenOf(model)?.frames.findIndex(({start, end}) => offset >= start && offset < end) ?? -1;
    return found === -1 ? undefined : found;
  },
  explain(model) {
    const frame = frameAt(model.cursor, model);
    if (frame === undefined) return undefined;
    const fields = (frame.fields ?? [])
      .map(({name, value, meaning}) => `${name} ${String(value)}: ${meaning}.`)
      .join(' ');
    return {title: `Frame ${frame.number}, bytes ${spanOf(frame)}`, says: `${frame.because ?? ''} ${fields}`.trim()};
  },
});

function spanOf(frame: FrameFields | undefined): string {
  return frame === undefined ? '' : frame.end === frame.start ? 'none' : `${frame.start}-${frame.end - 1}`;
}

function headerOf(frame: FrameFields | undefined): string {
  return (frame?.fields ?? []).map(({name, value, meaning}) => `${name} ${String(value)} (${meaning})`).join(', ');
}

let last: readonly number[] = [];

function indexes(count: number): readonly number[] {
  if (last.length !== count) last = Array.from({length: count}, (_, index) => index);
  return last;
}
