import type {Shaped, Shapes} from './shape.ts';

/** Where an event's bytes lie in the journal's arena: an absolute offset that never repeats, and a length. */
export interface ByteRange {
  readonly at: number;
  readonly length: number;
}

/** One kind of event, declared: what it means and which fields it has besides the four every event has. */
export interface EventKind {
  readonly says: string;
  readonly fields: Shapes;
  /** True when the event may carry bytes: hex in JSON, a range into the arena inside. */
  readonly bytes?: boolean;
}

export type EventKinds = {readonly [kind: string]: EventKind};

/** What every event has. `t` is monotonic, in seconds since the run started. */
export interface Stamp {
  readonly t: number;
  readonly seq: number;
  readonly run: number;
}

/** Any event, as the journal holds it. */
export interface WireEvent extends Stamp {
  readonly kind: string;
  readonly bytes?: ByteRange;
  readonly [field: string]: unknown;
}

/** The events that these kinds declare, as a tagged union on `kind`. */
export type EventOf<K extends EventKinds> = {
  [Kind in keyof K & string]: Stamp & {readonly kind: Kind; readonly bytes?: ByteRange} & Shaped<K[Kind]['fields']>;
}[keyof K & string];

/** The fields that must be given to emit an event of this kind. */
export type FieldsOf<K extends EventKinds, Kind extends keyof K> = Shaped<K[Kind]['fields']>;
