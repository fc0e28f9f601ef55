/** What the blocking programs tell, at most some ten times a second. `at` is seconds on the world's clock. */
export interface StreamEvent {
  at: number;
  /** Bytes that this program's send() calls have handed to the kernel so far. */
  sent: number;
  /** Bytes that its recv() calls have given so far. */
  received: number;
  /** The call that it is about to block in; absent while bytes move. */
  waiting?: 'send' | 'recv';
}

/** How a blocking program ended: `errno` is there when a call failed. */
export interface StreamResult {
  sent: number;
  received: number;
  /** It was told to stop before it was through. */
  stopped?: boolean;
  /** recv() gave 0. */
  ended?: boolean;
  /** The call that failed, and how. */
  failed?: {call: 'send' | 'recv'; errno: string};
  /** Where the first received byte was that differs from what was expected. */
  wrongAt?: number;
}
