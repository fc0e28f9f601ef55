/**
 * What a server does with a connection, apart from all sockets: bytes go in, bytes and decisions come out. The driver owns
 * partial sends, waiting and closing, so the same behaviour runs under any driver, and in a test under none.
 */
export interface Behaviour {
  /** The most bytes it would take now. 0: it does not read. */
  wants(): number;
  open(): Step;
  feed(bytes: Uint8Array): Step;
  /** The peer will send no more. */
  end(): Step;
  /** All output has been taken by the kernel: what a source that never ends goes on with. */
  room(): readonly Uint8Array[];
  /** A broken connection stays open until somebody closes it by hand, and can be tried further. */
  readonly patient?: boolean;
}

export interface Step {
  out?: readonly Uint8Array[];
  /** After the output: close() the connection, or break it off with a RST at once. */
  finish?: 'close' | 'reset';
}

/** A behaviour with its parameters, as it is asked for. */
export type BehaviourSpec =
  /** Sends back what came (RFC 862). */
  | {kind: 'echo'}
  /** The same with a to z made A to Z. */
  | {kind: 'upper'}
  /** Reads and throws away, and never sends anything (RFC 863). */
  | {kind: 'discard'}
  /** Reads to the end, and then answers how many bytes it was: needs a peer that can half-close. */
  | {kind: 'sink'}
  /** Sends lines without end, as fast as they are read, and ignores what comes (RFC 864). */
  | {kind: 'chargen'}
  /** Reads exactly `ask` bytes, answers with `answer` bytes and closes, whatever else may have come. */
  | {kind: 'reply'; ask: number; answer: number}
  /** Reads `bytes` bytes, and closes. */
  | {kind: 'close-after'; bytes: number}
  /** Accepts, and never reads. */
  | {kind: 'hold'}
  /** Listens, and never accepts. */
  | {kind: 'refuse'}
  /** Accepts, and breaks off with a RST. */
  | {kind: 'reset'}
  /** Reads and shows; everything else is done by hand. */
  | {kind: 'console'};

export type BehaviourKind = BehaviourSpec['kind'];

/** What most have in common: they read what there is, and close when the peer has ended. */
export const plain: Behaviour = {
  wants: () => Number.POSITIVE_INFINITY,
  open: () => ({}),
  feed: () => ({}),
  end: () => ({finish: 'close'}),
  room: () => [],
};
