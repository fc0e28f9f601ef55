import type {PaneModel, Part, PartModel} from '../view.ts';
import {hexPart} from './hex-grid.ts';
import type {Rung} from './rungs.ts';

interface RungBytesOf<State> {
  readonly id: string;
  /** The part whose selected rung's bytes are shown. */
  readonly ladder: string;
  rungs(model: PaneModel<State>): readonly Rung[];
}

/** The bytes that the selected rung's call handed over or took; those of the newest rung with bytes when it had none. */
export function rungBytesPart<State>({id, ladder, rungs}: RungBytesOf<State>): Part<State> {
  const shown = (model: PaneModel<State>): {bytes: Uint8Array; what: string} => {
    const all = rungs(model);
    const cursor = (model as Partial<PartModel<State>>).cursors?.[ladder];
    const selected = all.find(rung => rung.item === cursor) ?? all.at(-1);
    for (const seq of selected?.seqs ?? []) {
      const event = model.journal.get(seq);
      const bytes = event === undefined ? undefined : model.journal.bytesOf(event);
      if (bytes !== undefined && bytes.length > 0)
        return {bytes, what: `${String(event!['by'])} ${String(event!['name'])}(), ${bytes.length} B`};
    }
    return {bytes: none, what: 'none in this row'};
  };
  return hexPart<State>({
    id,
    title: model => `Bytes: ${shown(model).what}`,
    bytes(model) {
      const {bytes} = shown(model);
      return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
    },
    empty: () => 'This row moved no bytes.',
  });
}

const none = new Uint8Array(0);
