import type {Equivalent} from '../chapters/contract.ts';
import type {WireEvent} from '../journal/event.ts';
import type {Problem} from '../journal/problem.ts';
import type {Surface} from '../terminal/surface.ts';
import type {Role, Theme} from './theme.ts';

/**
 * How an experiment looks: a few parts, and where each goes. Everything here is a function of plain data, so a pane is
 * tested by painting it on a surface of its own.
 */
export interface View<State> {
  readonly parts: readonly Part<State>[];
  /** The part that gets the focus first, also while it is still empty. Default: the first that has something to stand on. */
  readonly first?: string;
  /** Which parts are shown at this size, and where. The first placed part that can be stood on gets the focus first. */
  layout(size: Size, model: PaneModel<State>): readonly Placed[];
  /** One line above the parts: who talks with whom. */
  heading?(model: PaneModel<State>): Line;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly part: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What every part may read. Frozen views get the state and the journal's end of the moment they were frozen. */
export interface PaneModel<State> {
  readonly state: State;
  readonly ask: Readonly<Record<string, unknown>>;
  readonly journal: JournalView;
  readonly status: 'running' | 'done' | 'failed' | 'stopped';
  readonly problem: Problem | undefined;
  /** Seconds since the run started: for ages and for plots that move. */
  readonly now: number;
  readonly theme: Theme;
  /** The same experiment elsewhere, for this ask. */
  readonly equivalents: readonly Equivalent[];
  /** Rows to show, when a filter is set; parts that list events obey it. */
  readonly filter: ((event: WireEvent, text: string) => boolean) | undefined;
}

/** The events that are here: sequence numbers from `first` up to, not including, `end`. */
export interface JournalView {
  readonly first: number;
  readonly end: number;
  get(seq: number): WireEvent | undefined;
  bytesOf(event: Pick<WireEvent, 'bytes'>): Uint8Array | undefined;
}

/** What a part gets besides: where its cursor is, and whether keys go to it. */
export interface PartModel<State> extends PaneModel<State> {
  /** The item the cursor stands on: an identity (a sequence number, a byte offset, an index), never a row of the screen. */
  readonly cursor: number;
  /** The first row shown. */
  readonly top: number;
  readonly focused: boolean;
  /** The part that was given the keys last. */
  readonly focus: string;
  readonly size: Size;
  /** The cursors of the other parts, by id: what is selected there lights up here. */
  readonly cursors: Readonly<Record<string, number>>;
  /** What the part's own keys have set, by name: a language, a number base, a sort column. Absent means 0. */
  readonly kept: Readonly<Record<string, number>>;
}

/** The items of a part in the order they are shown: filtered or sorted, or simply a range. Places count from 0. */
export interface Order {
  readonly length: number;
  at(place: number): number;
  /** The place of an item; for one that is not shown, of a neighbour. May lie outside when there is none. */
  placeOf(item: number): number;
}

export interface Part<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  /** The items the cursor can stand on, from `first` up to, not including, `end`. Absent: it only shows. */
  range?(model: PaneModel<State>): {readonly first: number; readonly end: number};
  /** Items in one row: 1 for lists, bytes per row for a hex grid. */
  perRow?(model: PartModel<State>): number;
  /** The items in the order they are shown. Absent: all of `range`. `cursor` and `top` of this model are not settled yet. */
  order?(model: PartModel<State>): Order | undefined;
  /** Rows that do not scroll: heads, rulers, status lines. Default 0. */
  fixedRows?(model: PartModel<State>): number;
  /** True when the cursor should stay on the newest item until it is moved away. */
  readonly follows?: boolean;
  paint(surface: Surface, model: PartModel<State>): void;
  /** The item under a click, in the part's own cells. */
  at?(x: number, y: number, model: PartModel<State>): number | undefined;
  /**
   * The item that belongs to what is selected in the part that has the keys (`focus`, `cursors`): the cursor goes there.
   * Asked only while another part has them.
   */
  linked?(model: PartModel<State>): number | undefined;
  /**
   * Where the cursor is to go because of something that happened, such as a search that found its text: once for each
   * `id`, whoever has the keys.
   */
  jump?(model: PaneModel<State>): Jump | undefined;
  /**
   * What the part cannot show before an action has brought it, such as the page of a file under the cursor. Asked after each
   * paint; the same wish is told once.
   */
  wants?(model: PartModel<State>): Wanted | undefined;
  /** True for a key that must come here before anyone else sees it: while something is typed, or tabs are switched. */
  grabs?(key: string, model: PartModel<State>): boolean;
  /** A key that this part grabs or nobody else took. */
  press?(key: string, model: PartModel<State>): PartReply | undefined;
  explain?(model: PartModel<State>): Explanation | undefined;
  copies?(model: PartModel<State>): readonly Copy[];
  /** The filter that keeps what is like the selected item. */
  filterBy?(model: PartModel<State>): string | undefined;
}

export interface Jump {
  readonly id: number;
  readonly cursor: number;
}

export interface Wanted {
  readonly action: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a key did in a part: moved the cursor, set something to keep, asked for an action of the experiment, or several. */
export interface PartReply {
  readonly cursor?: number;
  /** Merged into the part's `kept`. */
  readonly keep?: Readonly<Record<string, number>>;
  readonly action?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** What `e` shows. */
export interface Explanation {
  readonly title: string;
  readonly says: string;
  readonly equivalents?: readonly Equivalent[];
  /** Section of the specification: `RFC 9293 §3.10.4`. */
  readonly source?: string;
}

/** What `y` copies (the first one) and `Y` lets one choose from. */
export interface Copy {
  readonly label: string;
  readonly text: string;
}

/** A row of text: plain strings, or strings with a role. */
export type Line = readonly (string | readonly [text: string, role: Role])[];
