/** The Python classes that `struct` raises. All but the first are built-ins. */
export type PythonClass =
  | 'struct.error'
  | 'OverflowError'
  | 'TypeError'
  | 'IndexError'
  | 'SystemError'
  | 'MemoryError'
  | 'UnicodeEncodeError';

/**
 * What CPython raises for the same mistake: `message` is its text word for word, `pythonClass` the class it raises
 * (`struct.error` for most; a value too large for a `f` is an `OverflowError` there, a wrong type a `TypeError`).
 */
export class StructError extends Error {
  override readonly name = 'StructError';
  readonly pythonClass: PythonClass;
  /** Where in the text of the format the mistake is, when it is there: `end` is not part of it. */
  formatAt: readonly [start: number, end: number] | undefined;
  /** Which of the values it is about (the first is 0), when it is about one. */
  valueIndex: number | undefined;

  constructor(message: string, pythonClass: PythonClass = 'struct.error') {
    super(message);
    this.pythonClass = pythonClass;
  }
}
