import {hexPairs} from './hex.ts';
import {decodeUtf8, strayByte} from './utf8.ts';

export interface VisibleOptions {
  /** Leave `\n` alone, for text that will be laid out line by line. */
  readonly lines?: boolean;
  /** Also double each backslash, so that `parseEscapes` gives the same bytes back. */
  readonly exact?: boolean;
}

/**
 * Makes anything that came from outside printable: the result moves no cursor, changes no colour, reorders no text
 * and hides nothing. Everything untrusted passes through here, and only here, on its way to a screen or a pipe.
 *
 * - control characters: `\n` `\r` `\t`, and `\x1b` for the others; C1 controls as `\u{9b}`
 * - bidirectional and zero-width marks, byte order mark, line and paragraph separators, spaces other than U+0020 and
 *   U+3000, unassigned, private and lone surrogate code points: `\u{202e}`
 * - bytes that are not UTF-8: `\xff`
 * - combining marks with nothing to combine with, and those piled five high or more: `\u{301}`
 * - everything else stays: letters of any script, CJK, emoji with their joiners and selectors
 *
 * Applied twice it gives the same text, unless `exact`.
 */
export function visible(source: string | Uint8Array, options: VisibleOptions = {}): string {
  const fromBytes = typeof source !== 'string';
  const text = fromBytes ? decodeUtf8(source) : source;
  if (plain.test(text)) return options.exact ? text.replaceAll('\\', '\\\\') : text;
  let shown = '';
  for (let at = 0; at < text.length; ) {
    const cluster = keptAt(text, at);
    if (cluster !== '') {
      shown += options.exact && cluster[0] === '\\' ? '\\' + cluster : cluster;
      at += cluster.length;
      continue;
    }
    const point = text.codePointAt(at)!;
    shown += point === 0x0a && options.lines ? '\n' : escaped(point, fromBytes);
    at += point > 0xffff ? 2 : 1;
  }
  return shown;
}

/** One cell for one byte, for the text column of a hex view: printable ASCII as it is, anything else `·`. */
export function gutter(byte: number): string {
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '·';
}

const plain = /^[\x20-\x7e]*$/;

/**
 * What may stay, tried at one place: an emoji sequence (UTS #51 ED-16, with the selectors and joiners that make it one),
 * or one visible character with up to four combining marks. `\p{C}` is control, format, surrogate, private and unassigned.
 */
const kept = new RegExp(
  [
    String.raw`(?:\p{RI}\p{RI})`,
    String.raw`[0-9#*]\ufe0f\u20e3`,
    String.raw`(?!\p{Cn})\p{ExtPict}(?:\ufe0f|\ufe0e|\p{EMod})?(?:\u200d(?!\p{Cn})\p{ExtPict}(?:\ufe0f|\p{EMod})?)*`,
    String.raw`(?:[ \u3000]|(?![\p{M}\p{DI}])[^\p{C}\p{Z}])(?:(?!\p{DI})\p{M}){0,4}`,
  ].join('|'),
  'uy',
);

function keptAt(text: string, at: number): string {
  kept.lastIndex = at;
  return kept.exec(text)?.[0] ?? '';
}

const short: Readonly<Record<number, string>> = {9: '\\t', 10: '\\n', 13: '\\r'};

function escaped(point: number, fromBytes: boolean): string {
  if (point < 0x80) return short[point] ?? byteEscape(point);
  const stray = fromBytes ? strayByte(point) : undefined;
  return stray === undefined ? `\\u{${point.toString(16)}}` : byteEscape(stray);
}

function byteEscape(byte: number): string {
  return '\\x' + hexPairs[byte];
}
