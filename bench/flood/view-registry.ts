import type {AnyExperiment} from '../../src/chapters/contract.ts';
import {listPart} from '../../src/ui/parts/list.ts';
import {stack} from '../../src/ui/parts/stack.ts';
import type {View} from '../../src/ui/view.ts';
import type {FloodState} from './experiment.ts';

const frames = listPart<FloodState>({
  id: 'frames',
  title: ({state}) => `Frames: ${state.frames}, ${state.bytes} bytes`,
  range: ({journal}) => ({first: journal.first, end: journal.end}),
  row(seq, {journal}) {
    const event = journal.get(seq);
    if (event === undefined) return [];
    const bytes = journal.bytesOf(event) ?? new Uint8Array(0);
    return [[event.t.toFixed(6), 'dim'], `  #${seq} `, [String(event['from']), 'client'], `  ${bytes.length} bytes`];
  },
  follows: true,
});

/** Something that stands still: the keys move its cursor, and nothing else changes it. */
const still = listPart<FloodState>({
  id: 'still',
  title: () => 'Stands still',
  range: () => ({first: 0, end: 100}),
  row: item => [`row ${item}`],
});

const view: View<FloodState> = {
  parts: [still, frames],
  layout: size =>
    stack(
      [
        {part: 'still', atLeast: 10},
        {part: 'frames', atLeast: 8, share: 1},
      ],
      size,
    ),
};

export function viewOf(_experiment: AnyExperiment): View<unknown> {
  return view as View<unknown>;
}
