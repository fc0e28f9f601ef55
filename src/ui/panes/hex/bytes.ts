import {pageLength} from '../../../chapters/data/hex-shape.ts';
import type {HexState} from '../../../chapters/data/hex-state.ts';
import {hexPairs} from '../../../wire/text/hex.ts';
import type {HexField} from '../../parts/hex-fields.ts';
import {hexPart} from '../../parts/hex-grid.ts';
import {bases, hexFixedRows, hexLayout} from '../../parts/hex-layout.ts';
import {paintLine} from '../../parts/line.ts';
import type {PaneModel, Part, PartModel, Wanted} from '../../view.ts';

/** The file, as far as it has been read; what is missing is asked for when it comes in sight. */
export const bytesPart: Part<HexState> = withReading(
  hexPart<HexState>({
    id: 'bytes',
    title: ({state: {name, size, edits}}) => {
      if (name === '') return 'No file';
      return `${name}: ${size} bytes${edits.length > 0 ? `, ${edits.length} changed` : ''}`;
    },
    bytes: model => ({length: model.state.size, at: (start, end) => read(model, start, end).bytes}),
    fields: fieldsOf,
    edit: {action: 'set', editable: ({state, status}) => state.size > 0 && status === 'running'},
    empty: ({state}) => (state.name === '' ? 'Name a file in the form: f' : 'It has no bytes.'),
  }),
);

export interface ReadBytes {
  readonly bytes: Uint8Array;
  /** The first offset that has not been read. */
  readonly missing: number | undefined;
}

/** Bytes of the copy: those of the file with the changes on top. */
export function read({state, journal}: PaneModel<HexState>, start: number, end: number): ReadBytes {
  const bytes = new Uint8Array(Math.max(0, Math.min(end, state.size) - start));
  let missing: number | undefined;
  for (let at = start; at < start + bytes.length; ) {
    const offset = at - (at % pageLength);
    const page = state.pages.find(one => one.offset === offset);
    const held = page === undefined ? undefined : journal.bytesOf({bytes: page.bytes});
    const stop = Math.min(start + bytes.length, offset + pageLength);
    if (held === undefined || held.length < stop - offset) missing ??= at;
    else bytes.set(held.subarray(at - offset, stop - offset), at - start);
    at = stop;
  }
  for (const {offset, value} of state.edits)
    if (offset >= start && offset < start + bytes.length) bytes[offset - start] = value;
  return {bytes, missing};
}

const known = new WeakMap<HexState, readonly HexField[]>();

function fieldsOf({state}: PaneModel<HexState>): readonly HexField[] {
  let fields = known.get(state);
  if (fields === undefined) {
    const {match, edits} = state;
    const changed = edits.map(({offset, was}) => ({
      start: offset,
      end: offset + 1,
      label: `changed, was ${hexPairs[was]}`,
      role: 'warn' as const,
    }));
    const found =
      match === undefined
        ? []
        : [{start: match.offset, end: match.offset + match.size, label: 'found', role: 'good' as const}];
    fields = [...changed, ...found].sort((one, other) => one.start - other.start || other.end - one.end);
    known.set(state, fields);
  }
  return fields;
}

/** Where it is painted: the bytes in sight, and eight more for the numbers under the cursor. */
function inSight(model: PartModel<HexState>): {readonly start: number; readonly end: number} {
  const {size, top, kept, state} = model;
  const {perRow} = hexLayout(size.width, state.size, bases[kept['base'] ?? 0] ?? bases[0]);
  const {ruler, status} = hexFixedRows(size.height);
  const start = top - (top % perRow);
  return {start, end: start + Math.max(1, size.height - ruler - status) * perRow + 8};
}

function withReading(part: Part<HexState>): Part<HexState> {
  const lacking = (model: PartModel<HexState>) => {
    const {start, end} = inSight(model);
    return read(model, start, end).missing;
  };
  return {
    ...part,
    jump: ({state}) => state.jump,
    wants(model): Wanted | undefined {
      if (model.state.size === 0) return undefined;
      return {action: 'look', args: {offset: model.cursor, page: lacking(model) ?? -1}};
    },
    paint(surface, model) {
      if (model.state.size === 0 || lacking(model) === undefined) part.paint(surface, model);
      else {
        const says = model.status === 'running' ? 'Reading …' : 'These bytes were never read: nobody looked at them.';
        paintLine(surface, 0, [[says, 'dim']], model.theme, {x: 1});
      }
    },
  };
}
