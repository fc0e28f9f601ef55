import type {PaneModel, Part, PartModel} from '../view.ts';
import {hexPart} from './hex-grid.ts';
import type {Rung} from './rungs.ts';

interface RungBytesOf<State> {
  readonly id: string;
  /** The part whose selected rung's bytes are shown. */
  readonly ladder: string;
  rungs(model: PaneModel<State>): readonly Rung[];
}

/** The bytes that the selected rung's call handed over or took; if it moved none, those that were moved last before it. */
export function rungBytesPart<State>({id, ladder, rungs}: RungBytesOf<State>): Part<State> {
  const shown = (model: PaneModel<State>): {bytes: Uint8Array; what: string} => {
    const all = rungs(model);
    const cursor = (model as Partial<PartModel<State>>).cursors?.[ladder];
    const selected = all.findLastIndex(rung => cursor === undefined || rung.item <= cursor);
    for (let index = selected; index >= 0; index--) {
      const found = bytesOf(all[index]!, model);
      if (found !== undefined)
        return {bytes: found.bytes, what: `${found.by}${index === selected ? '' : ', the last before'}`};
    }
    return {bytes: none, what: 'none so far'};
  };
  return hexPart<State>({
    id,
    title: model => `Bytes: ${shown(model).what}`,
    bytes(model) {
      const {bytes} = shown(model);
      return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
    },
    empty: () => 'No call has moved any.',
  });
}

const none = new Uint8Array(0);

function bytesOf<State>({seqs}: Rung, {journal}: PaneModel<State>): {bytes: Uint8Array; by: string} | undefined {
  for (const seq of seqs) {
    const event = journal.get(seq);
    const bytes = event === undefined ? undefined : journal.bytesOf(event);
    if (event !== undefined && bytes !== undefined && bytes.length > 0)
      return {bytes, by: `${String(event['by'])} ${String(event['name'])}(), ${bytes.length} B`};
  }
  return undefined;
}
