/** What Python raises as zlib.error or ValueError, as a value. `message` is Python's, word for word. */
export interface ZlibProblem {
  readonly kind: 'zlib-problem';
  readonly type: 'zlib.error' | 'ValueError';
  /** zlib's return code, where there is one. */
  readonly code?: number;
  readonly message: string;
}

/** Stopped by our own guard, which Python does not have: the output would have passed the limit. */
export interface TooLarge {
  readonly kind: 'too-large';
  /** Bytes made before it stopped. */
  readonly produced: number;
  readonly reason: string;
  readonly next: string;
}

export interface Output {
  readonly kind: 'output';
  readonly bytes: Uint8Array;
}

/** The container around the deflate data, with the number that Python's `wbits` has for it. */
export const formats = {zlib: 15, gzip: 31, raw: -15, auto: 47} as const;
export type Format = keyof typeof formats;

/** The message that CPython makes from a return code. */
export function zlibError(code: number, during: string, message: string): ZlibProblem {
  const detail = message === '' ? (standing[code] ?? '') : message;
  const tail = detail === '' ? '' : `: ${detail}`;
  return {kind: 'zlib-problem', type: 'zlib.error', code, message: `Error ${code} ${during}${tail}`};
}

export function valueError(message: string): ZlibProblem {
  return {kind: 'zlib-problem', type: 'ValueError', message};
}

const standing: Readonly<Record<number, string>> = {
  [-2]: 'inconsistent stream state',
  [-3]: 'invalid input data',
  [-5]: 'incomplete or truncated stream',
};
