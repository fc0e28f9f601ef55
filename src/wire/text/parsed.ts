/** Bytes that somebody typed, or where the text stops making sense (`at`: an index into it) and what to write instead. */
export type Typed = {readonly kind: 'bytes'; readonly bytes: Uint8Array} | Mistake;

export interface Mistake {
  readonly kind: 'error';
  readonly at: number;
  readonly sentence: string;
}

export function mistake(at: number, sentence: string): Mistake {
  return {kind: 'error', at, sentence};
}
