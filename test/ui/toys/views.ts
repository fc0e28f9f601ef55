import {listPart} from '../../../src/ui/parts/list.ts';
import {stack} from '../../../src/ui/parts/stack.ts';
import type {View} from '../../../src/ui/view.ts';
import type {Told} from './experiments.ts';

const rows = listPart<Told>({
  id: 'rows',
  title: ({state}) => `Rows ${state.count}`,
  range: ({journal}) => ({first: journal.first, end: journal.end}),
  row: (seq, {journal}) => {
    const event = journal.get(seq);
    return [`#${seq} ${String(event?.['tone'] ?? event?.['word'] ?? '')}`];
  },
  follows: true,
  explain: ({cursor}) => ({title: `Row ${cursor}`, says: 'A bell was struck. '.repeat(3).trim(), source: 'RFC 1 §2'}),
  filterBy: () => 'tone:c',
});
const still = listPart<Told>({
  id: 'still',
  title: () => 'Still',
  range: () => ({first: 0, end: 50}),
  row: item => [`item ${item}`],
});

const view: View<Told> = {
  parts: [rows, still],
  layout: size =>
    stack(
      [
        {part: 'rows', atLeast: 4, share: 1},
        {part: 'still', atLeast: 4, share: 1},
      ],
      size,
    ),
};

/** For `vi.mock('…/ui/view-registry.ts')`. */
export function toyViews() {
  return {viewOf: () => view as View<unknown>};
}
