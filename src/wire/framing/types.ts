/** Bytes `start` up to, not including, `end`: offsets in the stream, counted from its first byte. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One thing a header, a trailer or an escape says: where its bytes are, its value, and what that means. */
export interface FrameField extends Span {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly meaning: string;
}

/**
 * A whole frame, as ranges of the stream and never as copies. `start` to `end` is all of it, with `header` in front and
 * whatever ends it behind. `payload` holds the ranges that carry what was sent; `coded` says that those bytes stand for
 * others (escaped, masked, compressed): `payloadOf` of the framing undoes it.
 */
export interface Frame extends Span {
  readonly kind: 'frame';
  readonly header: Span;
  readonly payload: readonly Span[];
  readonly coded: boolean;
  readonly fields: readonly FrameField[];
  /** Whether a program may stop receiving here: false where frames are only parts of a message, as blocks are. */
  readonly safe: boolean;
  /** “Safe to stop because …”, or “Must call recv() again because …” when `safe` is false. */
  readonly because: string;
}

/** No whole frame yet. At least `atLeast` more bytes, or all until something, must come first. */
export interface NeedMore {
  readonly kind: 'need-more';
  /** Where the unfinished frame starts, and how many bytes of it are here. */
  readonly start: number;
  readonly have: number;
  readonly atLeast: number;
  /** What ends the wait: a known count, a delimiter, the end of the stream, or nothing that can be known from here. */
  readonly until: 'bytes' | 'delimiter' | 'end-of-stream' | 'unknown';
  /** “Must call recv() again because …” */
  readonly because: string;
  readonly ifEnd: EndVerdict;
}

/** The bytes cannot be what the decoder takes them for. `at` is the first offset that proves it. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly start: number;
  readonly at: number;
  readonly reason: string;
  /** What to do about it, one sentence. */
  readonly next: string;
}

/** The framing itself says that nothing more belongs to it: bytes from `at` on are somebody else's. */
export interface End {
  readonly kind: 'end';
  readonly at: number;
  /** “Safe to stop because …” */
  readonly because: string;
}

/** Bytes passed over while looking for the next frame after a malformed one. */
export interface Skipped extends Span {
  readonly kind: 'skipped';
  readonly because: string;
}

export type FrameEvent = Frame | NeedMore | Malformed | End | Skipped;

/** What it would mean if the stream ended now. */
export type EndVerdict =
  | {
      readonly kind: 'complete';
      /** The frame that only the end of the stream completes. */
      readonly frame?: Frame;
      readonly because: string;
    }
  | Incomplete
  | {readonly kind: 'malformed'; readonly error: Malformed; readonly because: string};

/**
 * The stream ended inside a frame: Python's IncompleteReadError. `have` of `expected` bytes of the read under way had
 * come; `expected` and `missing` are undefined where only a delimiter would have told.
 */
export interface Incomplete {
  readonly kind: 'incomplete';
  readonly start: number;
  readonly have: number;
  readonly expected: number | undefined;
  readonly missing: number | undefined;
  readonly because: string;
}

/**
 * A decoder as a generator: it yields frames and waits, and returns how it stopped for good. After a `need-more` it is
 * resumed only when bytes have come.
 */
export type Scan = Generator<Frame | NeedMore, Malformed | End, undefined>;
/** A step of a scan that may have to wait. */
export type Step<T> = Generator<NeedMore, T, undefined>;
