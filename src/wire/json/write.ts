import {reprFloat} from '../python/repr.ts';
import {type PyValue, typeName} from '../python/value.ts';

/** JSON text as `json.dumps` writes it, or the exception that it raises. */
export type Written =
  | {readonly ok: true; readonly text: string}
  | {readonly ok: false; readonly class: 'TypeError' | 'ValueError'; readonly message: string};

/**
 * Writes a value as CPython's `json.dumps` does with its defaults: `, ` and `: ` between, nothing but ASCII, `NaN` and
 * `Infinity` although they are no JSON (RFC 8259 §6), and keys that are numbers, booleans or None as texts.
 */
export function writeJson(value: PyValue): Written {
  try {
    return {ok: true, text: write(value)};
  } catch (error) {
    if (error instanceof Unwritable) return {ok: false, class: error.pythonClass, message: error.message};
    throw error;
  }
}

/** The text that a key becomes; nothing when Python refuses it. */
export function jsonKey(key: PyValue): string | undefined {
  if (key.t === 'str') return key.v;
  return key.t === 'int' || key.t === 'float' || key.t === 'bool' || key.t === 'none' ? scalar(key) : undefined;
}

/** A text in quotes, as Python and every other writer of pure ASCII writes it. */
export function jsonText(text: string): string {
  let shown = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const character = text[at]!;
    if (character === '"' || character === '\\') shown += `\\${character}`;
    else if (unit >= 0x20 && unit <= 0x7e) shown += character;
    else shown += escapes[character] ?? `\\u${unit.toString(16).padStart(4, '0')}`;
  }
  return `"${shown}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

class Unwritable extends Error {
  readonly pythonClass: 'TypeError' | 'ValueError';

  constructor(pythonClass: 'TypeError' | 'ValueError', message: string) {
    super(message);
    this.pythonClass = pythonClass;
  }
}

function write(value: PyValue): string {
  switch (value.t) {
    case 'str':
      return jsonText(value.v);
    case 'list':
    case 'tuple':
      return `[${value.v.map(write).join(', ')}]`;
    case 'dict':
      return `{${value.v.map(([key, item]) => `${jsonText(keyOf(key))}: ${write(item)}`).join(', ')}}`;
    case 'int':
    case 'float':
    case 'bool':
    case 'none':
      return scalar(value);
    default:
      throw new Unwritable('TypeError', `Object of type ${typeName(value)} is not JSON serializable`);
  }
}

function keyOf(key: PyValue): string {
  const text = jsonKey(key);
  if (text !== undefined) return text;
  throw new Unwritable('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function scalar(value: Extract<PyValue, {t: 'int' | 'float' | 'bool' | 'none'}>): string {
  if (value.t === 'none') return 'null';
  if (value.t === 'bool') return value.v ? 'true' : 'false';
  if (value.t === 'int') return decimal(value.v);
  if (Number.isNaN(value.v)) return 'NaN';
  if (!Number.isFinite(value.v)) return value.v > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value.v);
}

/** Python writes no integer of more than 4300 digits, because that takes quadratic time. */
const firstTooLong = 10n ** 4300n;

function decimal(value: bigint): string {
  if (value < firstTooLong && value > -firstTooLong) return String(value);
  throw new Unwritable(
    'ValueError',
    'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
  );
}
