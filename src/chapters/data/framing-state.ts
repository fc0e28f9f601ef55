import type {ByteRange} from '../../journal/event.ts';
import type {FrameFields, FramingEvent, VerdictFields} from './framing-events.ts';

export interface DecoderState {
  readonly name: string;
  readonly title: string;
  readonly teaches: string;
  /** The first frames; `more` counts those that are not kept. */
  readonly frames: readonly FrameFields[];
  readonly more: number;
  readonly skipped: readonly {readonly start: number; readonly end: number}[];
  readonly verdict: VerdictFields | undefined;
}

export interface FramingState {
  readonly source: string;
  readonly via: 'memory' | 'socket';
  /** Where the bytes of the stream are in the journal. */
  readonly bytes: ByteRange | undefined;
  readonly length: number;
  /** Where each chunk will end, and where those that came did end. */
  readonly edges: readonly number[];
  readonly came: readonly number[];
  readonly received: number;
  readonly eof: boolean;
  /** The last call that gave bytes, over a socket. */
  readonly call: string | undefined;
  readonly chosen: number;
  /** The event that chose it. */
  readonly chosenBy: number;
  readonly decoders: readonly DecoderState[];
  /** Why what is typed now cannot be done. */
  readonly refused: {readonly says: string; readonly next?: string | undefined} | undefined;
  /** The form’s sizes, when cuts were made by hand. */
  readonly cut: string | undefined;
  /** Where the tape’s cursor goes, and the event that says so. */
  readonly jump: {readonly id: number; readonly cursor: number} | undefined;
}

/** Frames of a decoder that are listed and coloured. */
export const keptFrames = 2000;

export const startFraming: FramingState = {
  source: '',
  via: 'memory',
  bytes: undefined,
  length: 0,
  edges: [],
  came: [],
  received: 0,
  eof: false,
  call: undefined,
  chosen: 0,
  chosenBy: -1,
  decoders: [],
  refused: undefined,
  cut: undefined,
  jump: undefined,
};

export function reduceFraming(state: FramingState, event: FramingEvent): FramingState {
  switch (event.kind) {
    case 'stream':
      return {
        ...startFraming,
        source: event.source,
        via: event.via,
        bytes: event.bytes,
        length: event.bytes?.length ?? 0,
        edges: event.edges,
        chosen: Math.min(state.chosen, event.decoders.length - 1),
        decoders: event.decoders.map(fresh),
      };
    case 'received': {
      const jump = event.end > event.start ? {id: event.seq, cursor: event.start} : state.jump;
      const came = [...state.came, ...event.edges].slice(-keptEdges);
      return {...state, received: event.end, eof: event.eof === true, came, call: event.calls?.at(-1), jump};
    }
    case 'frame':
      return changed(state, event.decoder, one =>
        one.frames.length < keptFrames
          ? {...one, frames: [...one.frames, plainFrame(event)]}
          : {...one, more: one.more + 1},
      );
    case 'skipped':
      return changed(state, event.decoder, one => ({
        ...one,
        skipped: [...one.skipped, {start: event.start, end: event.end}].slice(-keptFrames),
      }));
    case 'verdict':
      return changed(state, event.decoder, one => ({...one, verdict: plainVerdict(event)}));
    case 'planned':
      return {
        ...state,
        edges: event.edges,
        came: event.edges.filter(edge => edge <= event.received),
        received: event.received,
        eof: false,
        cut: event.edited && event.edges.length <= 64 ? sizes(event.edges) : undefined,
        jump: {id: event.seq, cursor: Math.max(0, event.received - 1)},
        decoders: state.decoders.map(fresh),
      };
    case 'chosen':
      return {...state, chosen: event.decoder, chosenBy: event.seq};
    case 'refused':
      return {...state, refused: {says: event.says, ...(event.next !== undefined && {next: event.next})}};
    case 'encoded':
      return state;
  }
}

/** Offsets of chunks that are drawn. */
const keptEdges = 65_536;

function fresh({name, title, teaches}: Pick<DecoderState, 'name' | 'title' | 'teaches'>): DecoderState {
  return {name, title, teaches, frames: [], more: 0, skipped: [], verdict: undefined};
}

function changed(state: FramingState, name: string, change: (one: DecoderState) => DecoderState): FramingState {
  return {...state, decoders: state.decoders.map(one => (one.name === name ? change(one) : one))};
}

function plainFrame(event: Extract<FramingEvent, {kind: 'frame'}>): FrameFields {
  const {kind: _kind, t: _t, seq: _seq, run: _run, bytes: _bytes, ...frame} = event;
  return frame;
}

function plainVerdict(event: Extract<FramingEvent, {kind: 'verdict'}>): VerdictFields {
  const {kind: _kind, t: _t, seq: _seq, run: _run, ...verdict} = event;
  return verdict;
}

function sizes(edges: readonly number[]): string {
  return edges.map((edge, at) => edge - (edges[at - 1] ?? 0)).join(',');
}
