/** What a format character stands for. `pad` takes no value; `bytes` and `pascal` take one whatever their count. */
export type CodeKind = 'pad' | 'char' | 'signed' | 'unsigned' | 'pointer' | 'bool' | 'float' | 'bytes' | 'pascal';

export interface Code {
  readonly code: string;
  readonly kind: CodeKind;
  /** The C type, as the documentation of `struct` names it. */
  readonly type: string;
  /** Bytes in native mode (`@` or no prefix) on x86-64 Linux, where the alignment of each code is its size. */
  readonly native: number;
  /** Bytes in the standard modes `= < > !`; undefined where the code exists in native mode only. */
  readonly standard: number | undefined;
}

/** Every format character of `struct`, CPython 3.13 (https://docs.python.org/3.13/library/struct.html). */
export const codes: ReadonlyMap<string, Code> = new Map(
  (
    [
      ['x', 'pad', 'pad byte', 1, 1],
      ['c', 'char', 'char', 1, 1],
      ['b', 'signed', 'signed char', 1, 1],
      ['B', 'unsigned', 'unsigned char', 1, 1],
      ['?', 'bool', '_Bool', 1, 1],
      ['h', 'signed', 'short', 2, 2],
      ['H', 'unsigned', 'unsigned short', 2, 2],
      ['i', 'signed', 'int', 4, 4],
      ['I', 'unsigned', 'unsigned int', 4, 4],
      // The classic trap: a long is 8 bytes here in native mode and 4 in every other.
      ['l', 'signed', 'long', 8, 4],
      ['L', 'unsigned', 'unsigned long', 8, 4],
      ['q', 'signed', 'long long', 8, 8],
      ['Q', 'unsigned', 'unsigned long long', 8, 8],
      ['n', 'signed', 'ssize_t', 8, undefined],
      ['N', 'unsigned', 'size_t', 8, undefined],
      ['e', 'float', 'half-precision float', 2, 2],
      ['f', 'float', 'float', 4, 4],
      ['d', 'float', 'double', 8, 8],
      ['s', 'bytes', 'char[]', 1, 1],
      ['p', 'pascal', 'char[]', 1, 1],
      ['P', 'pointer', 'void *', 8, undefined],
    ] as const
  ).map(([code, kind, type, native, standard]) => [code, {code, kind, type, native, standard}]),
);

/** The byte order that a prefix chooses. `!` is network order (RFC 1700: big-endian). */
export const prefixes: Readonly<Record<string, {readonly little: boolean; readonly native: boolean}>> = {
  '@': {little: true, native: true},
  '=': {little: true, native: false},
  '<': {little: true, native: false},
  '>': {little: false, native: false},
  '!': {little: false, native: false},
};
