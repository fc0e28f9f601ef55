import {numericEscape} from '../python/repr.ts';
import {type Code, codes, prefixes} from './codes.ts';
import {type PythonClass, StructError} from './error.ts';
import {pythonType} from './value.ts';

/** One code with its count, as written: `3h` is one run of three items. Sizes are exact to 2**63-1, so they are bigints. */
export interface Run {
  readonly code: Code;
  /** Where the first item begins, after the padding that its alignment asked for. */
  readonly offset: bigint;
  /** Bytes of one item. For `s` and `p` that is the count. */
  readonly itemSize: bigint;
  /** Items that take or give a value: 1 for `s` and `p`, 0 for `x`. */
  readonly items: bigint;
  readonly bytes: bigint;
  /** Bytes of padding put before it by alignment. */
  readonly padding: bigint;
  /** Where it stands in the text of the format, count included. */
  readonly at: readonly [start: number, end: number];
}

export interface Format {
  readonly text: string;
  readonly little: boolean;
  readonly native: boolean;
  readonly size: bigint;
  /** How many values it takes and gives. */
  readonly items: bigint;
  readonly runs: readonly Run[];
}

const ssizeMax = 2n ** 63n - 1n;

/**
 * Read a format. Counts are never expanded: `9223372036854775807c` costs as much as `c`.
 *
 * @throws StructError as CPython words it: bad char in struct format, repeat count given without format specifier,
 *   total struct size too long, embedded null character; UnicodeEncodeError and TypeError likewise.
 */
export function parseFormat(format: string | Uint8Array): Format {
  const text = formatText(format);
  const prefix = prefixes[text[0] ?? ''];
  const {little, native} = prefix ?? {little: true, native: true};
  const runs: Run[] = [];
  let size = 0n;
  let items = 0n;
  let at = prefix === undefined ? 0 : 1;
  while (at < text.length) {
    if (isSpace(text[at]!)) {
      at += 1;
      continue;
    }
    const start = at;
    while (isDigit(text[at])) at += 1;
    const count = at === start ? 1n : readCount(text.slice(start, at), [start, at + 1]);
    if (at === text.length) throw placed('repeat count given without format specifier', [start, at]);
    const run = placeRun(text[at]!, native, count, size, [start, at + 1]);
    at += 1;
    runs.push(run);
    size = run.offset + run.bytes;
    items += run.items;
  }
  return {text, little, native, size, items, runs};
}

function placeRun(character: string, native: boolean, count: bigint, size: bigint, at: readonly [number, number]): Run {
  const code = codes.get(character);
  const width = native ? code?.native : code?.standard;
  if (code === undefined || width === undefined) throw placed('bad char in struct format', [at[1] - 1, at[1]]);
  // Native mode aligns each code to its own size, also when the count is 0; nothing is put after the last one.
  const unit = BigInt(width);
  const padding = native ? (unit - (size % unit)) % unit : 0n;
  const offset = size + padding;
  const bytes = count * unit;
  if (offset + bytes > ssizeMax) throw tooLong(at);
  const whole = code.kind === 'bytes' || code.kind === 'pascal';
  return {
    code,
    offset,
    itemSize: whole ? count : unit,
    items: whole ? 1n : code.kind === 'pad' ? 0n : count,
    bytes,
    padding,
    at,
  };
}

// The length is bounded before it becomes a number: a million digits must not cost a million-digit bigint.
function readCount(digits: string, at: readonly [number, number]): bigint {
  const significant = digits.replace(/^0+/, '');
  const count = significant.length > 19 ? ssizeMax + 1n : BigInt(significant || '0');
  if (count > ssizeMax) throw tooLong(at);
  return count;
}

const tooLong = (at: readonly [number, number]) => placed('total struct size too long', at);
const isDigit = (character: string | undefined) => character !== undefined && character >= '0' && character <= '9';
// C's isspace in the C locale.
const isSpace = (character: string) => ' \t\n\r\v\f'.includes(character);

function formatText(format: unknown): string {
  if (typeof format !== 'string' && !(format instanceof Uint8Array))
    throw new StructError(`Struct() argument 1 must be a str or bytes object, not ${pythonType(format)}`, 'TypeError');
  const text = typeof format === 'string' ? asciiOnly(format) : latin1(format);
  const nul = text.indexOf('\0');
  if (nul >= 0) throw placed('embedded null character', [nul, nul + 1]);
  return text;
}

// Byte by byte, so that a byte above 0x7f stays one (bad) character.
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

// Python counts positions in code points, JavaScript in UTF-16 units.
function asciiOnly(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const isAscii = (character: string) => character.codePointAt(0)! < 0x80;
  const characters = [...text];
  const first = characters.findIndex(character => !isAscii(character));
  const length = characters.slice(first).findIndex(isAscii);
  const last = length === -1 ? characters.length - 1 : first + length - 1;
  const where =
    last === first
      ? `character '${numericEscape(characters[first]!.codePointAt(0)!)}' in position ${first}`
      : `characters in position ${first}-${last}`;
  const start = text.search(/[^\0-\x7f]/);
  const message = `'ascii' codec can't encode ${where}: ordinal not in range(128)`;
  throw placed(message, [start, start + 1], 'UnicodeEncodeError');
}

function placed(message: string, at: readonly [number, number], pythonClass?: PythonClass): StructError {
  const error = new StructError(message, pythonClass);
  error.formatAt = at;
  return error;
}
