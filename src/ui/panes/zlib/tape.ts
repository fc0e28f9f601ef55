import {lastStep, type ZlibState} from '../../../chapters/data/zlib-state.ts';
import {nextStream} from '../../../wire/zlib/next-stream.ts';
import type {Format} from '../../../wire/zlib/problem.ts';
import {type DecodedField, fieldsPart, followFields} from '../../parts/fields-table.ts';
import type {HexBytes} from '../../parts/hex-fields.ts';
import {hexPart} from '../../parts/hex-grid.ts';
import type {PaneModel, Part, PartModel} from '../../view.ts';

const fieldsFollowed = followFields<ZlibState>('fields', 'tape', fieldsOf);

/** The bytes that were given to the call that is selected. */
function givenTo({focus, cursors, state}: PartModel<ZlibState>) {
  const step = focus === 'calls' ? state.steps[(cursors['calls'] ?? 0) - state.older] : undefined;
  return step === undefined || step.end === step.start ? undefined : {start: step.start, end: step.end};
}

/** The bytes that are given piece by piece, and what is known of them. */
export const tapePart: Part<ZlibState> = withObject(
  hexPart<ZlibState>({
    id: 'tape',
    title: ({state}) =>
      state.mode === 'deflate' ? `To compress: ${state.length} bytes` : `Compressed: ${state.length} bytes`,
    bytes: bytesOf,
    fields: fieldsOf,
    empty: () => 'There are no bytes.',
    highlight: model => givenTo(model) ?? fieldsFollowed.highlight(model),
    linked: model => givenTo(model)?.start ?? fieldsFollowed.linked(model),
    explain: model => explain(fieldsOf(model).findLast(({start, end}) => model.cursor >= start && model.cursor < end)),
  }),
);

/** Header, data, trailer, and whose the bytes behind them are. */
export const fieldsTable: Part<ZlibState> = fieldsPart<ZlibState>({
  id: 'fields',
  title: () => 'What the bytes are',
  fields: fieldsOf,
  hex: 'tape',
  empty: () => 'Nothing is known of them before they are given.',
  explain: field => explain(field),
});

function bytesOf({state, journal}: PaneModel<ZlibState>): HexBytes {
  const held = state.bytes === undefined ? undefined : journal.bytesOf({bytes: state.bytes});
  return held === undefined ? nothing : {length: held.length, at: (start, end) => held.subarray(start, end)};
}

const nothing: HexBytes = {length: 0, at: () => new Uint8Array(0)};

const known = new WeakMap<ZlibState, readonly DecodedField[]>();

function fieldsOf({state}: PaneModel<ZlibState>): readonly DecodedField[] {
  let fields = known.get(state);
  if (fields === undefined) {
    fields = (state.mode === 'deflate' ? deflating(state) : inflating(state)).sort(
      (one, other) => one.start - other.start || other.end - one.end,
    );
    known.set(state, fields);
  }
  return fields;
}

function deflating(state: ZlibState): DecodedField[] {
  const given = lastStep(state)?.end ?? 0;
  return [
    ...stretch(0, given, 'given', 'taken by compress()'),
    ...stretch(given, state.length, 'not given yet', '', 'dim'),
  ];
}

function inflating(state: ZlibState): DecodedField[] {
  const last = lastStep(state);
  const end = last?.end ?? state.from;
  const consumed = last?.consumed ?? state.from;
  const headers = state.containers.flatMap(({fields}) =>
    fields.map(({name, start, end: stop, value, meaning}) => ({
      start,
      end: stop,
      label: name,
      value: String(value),
      meaning,
    })),
  );
  const header = state.containers.findLast(({part, start}) => part === 'header' && start >= state.from);
  const trailer = state.containers.findLast(({part, start}) => part === 'trailer' && start >= state.from);
  const isOver = last?.eof === true;
  return [
    ...headers,
    ...stretch(header?.end ?? state.from, trailer?.start ?? consumed, 'deflate data', 'the compressed bits, RFC 1951'),
    ...stretch(
      consumed,
      end,
      isOver ? 'unused_data' : 'unconsumed_tail',
      isOver ? 'somebody else’s bytes' : 'to be given again',
      'warn',
    ),
    ...stretch(end, state.length, 'not given yet', '', 'dim'),
  ];
}

function stretch(start: number, end: number, label: string, meaning: string, role?: 'dim' | 'warn'): DecodedField[] {
  if (end <= start) return [];
  return [{start, end, label, value: `${end - start} B`, meaning, ...(role !== undefined && {role})}];
}

function explain(field: DecodedField | undefined) {
  if (field === undefined) return undefined;
  const {label, value, meaning = ''} = field;
  return {
    title: label,
    says: `${value}${meaning === '' ? '' : `: ${meaning}`}. ${reasons[label] ?? ''}`,
    source: 'RFC 1950, 1951 and 1952',
  };
}

const reasons: Readonly<Record<string, string>> = {
  unused_data:
    'The stream ended by itself before these: a protocol can go on with them, for example with another stream.',
  unconsumed_tail: 'max_length left no room for what these make: give them to the next decompress().',
  'deflate data': 'A last block and its end mark tell where it stops, so no length is needed around it.',
  ADLER32: 'The receiver computes it from the output; another value is Error -3, incorrect data check.',
};

/** A new object begins at the byte under the cursor. */
function withObject(part: Part<ZlibState>): Part<ZlibState> {
  return {
    ...part,
    jump: ({state}) => state.jump,
    grabs: (key, model) => (key === 'o' && model.state.mode === 'inflate') || part.grabs?.(key, model) === true,
    press: (key, model: PartModel<ZlibState>) =>
      key === 'o' ? {action: 'object', args: {offset: nextObject(model)}} : part.press?.(key, model),
  };
}

/** Where the reader is; on a stream that has ended, where the next one begins. */
function nextObject(model: PartModel<ZlibState>): number {
  const {state, cursor} = model;
  const last = lastStep(state);
  if (last?.eof !== true || cursor >= last.consumed) return cursor;
  const bytes = bytesOf(model);
  const format = model.ask['format'] as Format;
  return nextStream(bytes.at(0, bytes.length), last.consumed, format) ?? last.consumed;
}
