import {mistake, type Typed} from './parsed.ts';
import {visible} from './visible.ts';

/**
 * Reads bytes written in hexadecimal, in the ways people paste them: `48656c6c6f`, `48 65 6c`, `0x48, 0x65`, `\x48\x65`,
 * `48:65:6c`. Digits come in pairs, except that one digit after `0x` is a byte (`0x5`).
 */
export function parseHex(text: string): Typed {
  const bytes: number[] = [];
  for (let at = skipSeparators(text, 0); at < text.length; at = skipSeparators(text, at)) {
    group.lastIndex = at;
    const [all, prefix = '', digits = ''] = group.exec(text)!;
    const end = at + all.length;
    if (digits === '' || !endsGroup.test(text.slice(end, end + 1))) return strange(text, end);
    if (digits.length === 1 && prefix.startsWith('0')) bytes.push(Number.parseInt(digits, 16));
    else if (digits.length % 2 === 1) return odd(end - 1, digits);
    else for (let k = 0; k < digits.length; k += 2) bytes.push(Number.parseInt(digits.slice(k, k + 2), 16));
    at = end;
  }
  return {kind: 'bytes', bytes: Uint8Array.from(bytes)};
}

const separators = /[\s,;:]*/y;
const group = /(0x|\\x)?([0-9a-f]*)/iy;
const endsGroup = /^$|[\s,;:\\]/;

function skipSeparators(text: string, at: number): number {
  separators.lastIndex = at;
  separators.exec(text);
  return separators.lastIndex;
}

function strange(text: string, at: number): Typed {
  if (at >= text.length)
    return mistake(at, 'The text ends where a hex digit is expected. Write two digits for each byte.');
  const character = visible(String.fromCodePoint(text.codePointAt(at)!));
  return mistake(at, `"${character}" is not a hex digit. Use 0 to 9 and a to f, two for each byte.`);
}

function odd(at: number, digits: string): Typed {
  const last = digits.at(-1)!;
  return mistake(
    at,
    `Half a byte: "${last}" stands alone, and hex digits come in pairs. Write 0${last}, or add a digit.`,
  );
}
