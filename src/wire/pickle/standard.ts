import type {PickleSymbol} from './symbol.ts';

/**
 * Constructors of the standard library that do nothing but build a value of their arguments. Anything else is taken to
 * run code: a list of what is dangerous can always be got round, by an import nobody thought of or one that imports.
 */
export const standardConstructors: ReadonlySet<string> = new Set([
  ...words(
    'builtins',
    'Ellipsis NotImplemented bool bytearray bytes complex dict float frozenset int list object range set slice str tuple ' +
      'ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError ' +
      'ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError EOFError Exception ' +
      'FileExistsError FileNotFoundError FloatingPointError GeneratorExit ImportError IndentationError IndexError ' +
      'InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError ' +
      'NameError NotADirectoryError NotImplementedError OSError OverflowError PermissionError ProcessLookupError ' +
      'RecursionError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError SystemExit ' +
      'TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ' +
      'UnicodeTranslateError ValueError ZeroDivisionError',
  ),
  ...words('collections', 'Counter OrderedDict deque'),
  ...words('datetime', 'date datetime time timedelta timezone'),
  ...words('decimal', 'Decimal'),
  ...words('fractions', 'Fraction'),
  ...words('uuid', 'UUID'),
  ...words('array', 'array'),
  ...words('_codecs', 'encode'),
]);

/** The name that the unpickler looks up: before protocol 3, names of Python 2 become those of Python 3. */
export function modernModule(module: string, protocol: number): string {
  return protocol < 3 ? (renamed.get(module) ?? module) : module;
}

/** `_codecs.encode` loads a codec by name; only the one the pickler itself writes is a mere constructor. */
export function standardCall(path: string, parameters: PickleSymbol): boolean {
  if (path !== '_codecs.encode') return true;
  if (parameters.kind !== 'container' || parameters.items.length !== 2) return false;
  const [text, codec] = parameters.items;
  return text?.kind === 'text' && codec?.kind === 'text' && /^latin-?1$/.test(codec.value);
}

const renamed: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['exceptions', 'builtins'],
  ['copy_reg', 'copyreg'],
]);

function words(module: string, names: string): string[] {
  return names.split(' ').map(name => `${module}.${name}`);
}
