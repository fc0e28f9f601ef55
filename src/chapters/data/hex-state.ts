import type {ByteRange} from '../../journal/event.ts';
import type {HexEvent} from './hex-shape.ts';

export interface HexState {
  readonly name: string;
  readonly of: 'file' | 'typed' | 'piped';
  readonly size: number;
  /** The pages read last, and where their bytes are in the journal. */
  readonly pages: readonly {readonly offset: number; readonly bytes: ByteRange}[];
  /** Changed bytes of the copy. */
  readonly edits: readonly {readonly offset: number; readonly value: number; readonly was: number}[];
  readonly match: {readonly offset: number; readonly size: number} | undefined;
  readonly hasPattern: boolean;
  /** What happened last, in a sentence. */
  readonly notice: {readonly says: string; readonly tone: 'good' | 'bad' | 'plain'} | undefined;
  readonly jump: {readonly id: number; readonly cursor: number} | undefined;
}

/** Pages that are kept: half a MiB, some screens in each direction. */
const keptPages = 32;

/** Bytes that may be changed. */
export const mostEdits = 4096;

export const startHex: HexState = {
  name: '',
  of: 'typed',
  size: 0,
  pages: [],
  edits: [],
  match: undefined,
  hasPattern: false,
  notice: undefined,
  jump: undefined,
};

export function reduceHex(state: HexState, event: HexEvent): HexState {
  switch (event.kind) {
    case 'opened':
      return {...startHex, name: event.name, of: event.of, size: event.size};
    case 'page': {
      if (event.bytes === undefined) return state;
      const others = state.pages.filter(({offset}) => offset !== event.offset);
      return {...state, pages: [...others, {offset: event.offset, bytes: event.bytes}].slice(-keptPages)};
    }
    case 'at':
      return {...state, jump: {id: event.seq, cursor: event.offset}, notice: undefined};
    case 'searching':
      return {...state, hasPattern: true, notice: {says: `Searching for ${event.pattern}`, tone: 'plain'}};
    case 'found': {
      const {offset, size, wrapped, seq} = event;
      const says = `Found at ${offset}, 0x${offset.toString(16)}${wrapped ? ': the search went on at the other end' : ''}`;
      return {...state, match: {offset, size}, jump: {id: seq, cursor: offset}, notice: {says, tone: 'good'}};
    }
    case 'absent':
      return {...state, match: undefined, notice: {says: `${event.pattern} is nowhere`, tone: 'bad'}};
    case 'edited': {
      const {offset, value, was} = event;
      const others = state.edits.filter(edit => edit.offset !== offset);
      const edits = value === was ? others : [...others, {offset, value, was}];
      const jump = event.undone === true ? {id: event.seq, cursor: offset} : state.jump;
      return {...state, edits, jump, notice: undefined};
    }
    case 'saved': {
      const says = `${event.path} written: ${event.written} bytes, ${event.changed} of them changed`;
      return {...state, notice: {says, tone: 'good'}};
    }
    case 'refused':
      return {...state, notice: {says: `${event.says}. ${event.next ?? ''}`, tone: 'bad'}};
    case 'match':
      return state;
  }
}
