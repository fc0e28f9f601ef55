import type {ByteRange} from '../../journal/event.ts';
import type {ContainerFields, StepFields, ZlibEvent} from './zlib-shape.ts';

export interface ZlibState {
  readonly source: string;
  readonly mode: 'inflate' | 'deflate';
  /** Where the bytes are in the journal. */
  readonly bytes: ByteRange | undefined;
  readonly length: number;
  /** Bytes before they were compressed here. */
  readonly plain: number | undefined;
  readonly from: number;
  readonly object: string;
  readonly steps: readonly StepFields[];
  /** Steps that are no longer listed. */
  readonly older: number;
  readonly containers: readonly ContainerFields[];
  /** Where streams ended by themselves. */
  readonly ends: readonly number[];
  /** What the object has given, as far as it is shown: hexadecimal of its first bytes. */
  readonly shown: readonly ByteRange[];
  readonly refused: {readonly says: string; readonly next?: string | undefined} | undefined;
  readonly jump: {readonly id: number; readonly cursor: number} | undefined;
}

export const keptSteps = 1000;

/** Pieces of output that are shown. */
const keptPieces = 64;

export const startZlib: ZlibState = {
  source: '',
  mode: 'inflate',
  bytes: undefined,
  length: 0,
  plain: undefined,
  from: 0,
  object: '',
  steps: [],
  older: 0,
  containers: [],
  ends: [],
  shown: [],
  refused: undefined,
  jump: undefined,
};

export function reduceZlib(state: ZlibState, event: ZlibEvent): ZlibState {
  switch (event.kind) {
    case 'data':
      return {
        ...startZlib,
        source: event.source,
        mode: event.mode,
        bytes: event.bytes,
        length: event.bytes?.length ?? 0,
        plain: event.plain,
      };
    case 'object':
      return {
        ...state,
        from: event.from,
        object: event.call,
        steps: [],
        older: 0,
        shown: [],
        jump: {id: event.seq, cursor: event.from},
        containers: state.containers.filter(({end}) => end <= event.from),
        ends: state.ends.filter(end => end <= event.from),
      };
    case 'step': {
      const {kind: _kind, t: _t, seq, run: _run, bytes, ...step} = event;
      const steps = [...state.steps, step].slice(-keptSteps);
      const older = state.older + (state.steps.length === keptSteps ? 1 : 0);
      const isShown = bytes !== undefined && bytes.length > 0 && state.shown.length < keptPieces;
      const shown = isShown ? [...state.shown, bytes] : state.shown;
      return {...state, steps, older, shown, jump: {id: seq, cursor: step.start}};
    }
    case 'container': {
      const {kind: _kind, t: _t, seq: _seq, run: _run, ...container} = event;
      return {...state, containers: [...state.containers, container].slice(-20)};
    }
    case 'ended':
      return {...state, ends: [...state.ends, event.at].slice(-20)};
    case 'taken':
      return {...state, jump: {id: event.seq, cursor: state.steps.at(-1)?.start ?? state.from}};
    case 'refused':
      return {...state, refused: {says: event.says, ...(event.next !== undefined && {next: event.next})}};
    case 'output':
    case 'total':
      return state;
  }
}

export function lastStep({steps}: ZlibState): StepFields | undefined {
  return steps.at(-1);
}
