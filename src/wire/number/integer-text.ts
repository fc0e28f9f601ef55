import {reprStr} from '../python/repr.ts';

export type IntegerResult =
  | {readonly ok: true; readonly value: bigint; readonly base: number}
  | {readonly ok: false; readonly offset: number; readonly message: string; readonly next: string};

/** CPython converts no longer decimal text: the time grows with the square of the length. */
const longest = 4300;

/**
 * `int(text, base)`: a sign, a prefix that fits the base, digits with single underscores between them, spaces around.
 * Base 0 takes the base from the prefix, and then a decimal may not begin with 0. `message` is CPython's text.
 */
export function parseInteger(text: string, base = 10): IntegerResult {
  if (base !== 0 && (base < 2 || base > 36 || !Number.isInteger(base)))
    return problem(0, 'int() base must be >= 2 and <= 36, or 0', 'Choose a base from 2 to 36.');
  const start = text.length - text.trimStart().length;
  const body = text.trim();
  const sign = /^[+-]/.exec(body)?.[0] ?? '';
  const prefix = prefixOf(body.slice(sign.length), base);
  const used = base === 0 ? (prefix?.base ?? 10) : base;
  const shown = prefix?.text ?? '';
  const rest = body.slice(sign.length + shown.length);
  const wrong = firstWrong(rest, used, shown !== '');
  if (wrong !== undefined) return invalid(text, base, start + sign.length + shown.length + wrong);
  if (base === 0 && shown === '' && /^0[0_]*[1-9]/.test(rest)) return invalid(text, base, start + sign.length);
  const plain = rest.replaceAll('_', '');
  // Bases that are powers of two are converted in linear time, at any length.
  if (plain.length > longest && (used & (used - 1)) !== 0) return tooLong(plain.length);
  const magnitude = digitsValue(plain, used);
  return {ok: true, value: sign === '-' ? -magnitude : magnitude, base: used};
}

const prefixes = [
  {letter: 'x', base: 16},
  {letter: 'o', base: 8},
  {letter: 'b', base: 2},
];

function prefixOf(body: string, base: number): {text: string; base: number} | undefined {
  const letter = body[0] === '0' ? body[1]?.toLowerCase() : undefined;
  const found = prefixes.find(one => one.letter === letter && (base === 0 || one.base === base));
  return found === undefined ? undefined : {text: body.slice(0, 2), base: found.base};
}

/** The index of the first character that is no digit of the base and no underscore between two; or undefined. */
function firstWrong(text: string, base: number, afterPrefix: boolean): number | undefined {
  // One underscore may follow a prefix: 0x_ff.
  let digit = afterPrefix;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === '_' ? !digit : !(digitValue(character) < base)) return index;
    digit = character !== '_';
  }
  return text === '' || text.endsWith('_') ? text.length : undefined;
}

const digitValue = (character: string) => (/[0-9a-z]/i.test(character) ? Number.parseInt(character, 36) : Infinity);

function digitsValue(plain: string, base: number): bigint {
  let value = 0n;
  const unit = BigInt(base);
  for (const character of plain) value = value * unit + BigInt(digitValue(character));
  return value;
}

function invalid(text: string, base: number, offset: number): IntegerResult {
  const next =
    base === 0 ? 'Use digits, with 0x, 0o or 0b before those of another base.' : `Use digits of base ${base}.`;
  return problem(offset, `invalid literal for int() with base ${base}: ${reprStr(text)}`, next);
}

function tooLong(length: number): IntegerResult {
  const message =
    `Exceeds the limit (${longest} digits) for integer string conversion: value has ${length} digits; ` +
    'use sys.set_int_max_str_digits() to increase the limit';
  return problem(0, message, 'Write it in hexadecimal.');
}

const problem = (offset: number, message: string, next: string): IntegerResult => ({ok: false, offset, message, next});
