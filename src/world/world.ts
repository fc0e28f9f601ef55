/** The outside, as an argument: experiments get this and nothing else to reach clocks, sockets and processes. */
export interface World {
  readonly clock: {
    /** Seconds, monotonic. */
    now(): number;
  };
  /** Ends everything this world started: actors, sockets, files. */
  close(): Promise<void>;
  /** The same at once and synchronously, for a way out that cannot wait. */
  kill(): void;
}
