import type {Input} from '../input.ts';
import {malformed, shortOf, waitFor} from '../reading.ts';
import type {FrameField, Malformed, Span, Step} from '../types.ts';
import {byteName, bytesOf, quoted} from '../words.ts';

interface LineLimits {
  /** Where the frame under way starts. */
  readonly start: number;
  /** Bytes a line may have before its CRLF. */
  readonly maximum: number;
  readonly what: string;
}

const advice = 'Refuse the message and close the connection: two readers could take it for different things.';

/**
 * Waits for a line ended by CRLF and gives the range before it. A CR or an LF alone is malformed: RFC 9112 §2.2 lets a
 * reader be lenient, and readers that differ in it are how requests are smuggled.
 */
export function* readLine(input: Input, at: number, {start, maximum, what}: LineLimits): Step<Span | Malformed> {
  for (let scanned = at; ; ) {
    const cr = input.indexOf(0x0d, scanned);
    const lf = input.indexOf(0x0a, scanned, cr === -1 ? input.end : cr);
    const stop = lf !== -1 ? lf : cr !== -1 ? cr : input.end;
    if (stop - at > maximum)
      return malformed(
        start,
        at + maximum,
        `More than ${bytesOf(maximum)} came without a CRLF to end ${what}.`,
        advice,
      );
    if (lf !== -1) return malformed(start, lf, `A line feed without a carriage return before it ends ${what}.`, advice);
    if (cr === -1) {
      scanned = stop;
      yield waitFor(input, 'delimiter', {start, what, ends: 'CRLF'});
      continue;
    }
    while (input.end < cr + 2) yield shortOf(input, cr, 2, {start, what: `the CRLF behind ${what}`});
    if (input.at(cr + 1) !== 0x0a)
      return malformed(start, cr, `A carriage return without a line feed behind it is in ${what}.`, advice);
    return {start: at, end: cr};
  }
}

/** Bytes as text of one unit each, so that an index into it is an offset. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** `Name: value` (RFC 9112 §5): nothing between name and colon, no line folding, no control bytes in the value. */
export function readFieldLine(line: Uint8Array, at: number, start: number): FrameField | Malformed {
  const text = latin1(line);
  const name = token.exec(text)?.[0] ?? '';
  if (name === '') {
    const folded = text[0] === ' ' || text[0] === '\t';
    const reason = folded
      ? 'A field line starts with white space; folding is obsolete (RFC 9112 §5.2).'
      : `A field line starts with ${byteName(line[0] ?? 0)}, which no name can.`;
    return malformed(start, at, reason, advice);
  }
  if (text[name.length] !== ':')
    return malformed(
      start,
      at + name.length,
      `A colon belongs right behind the field name ${quoted(line.subarray(0, name.length))}.`,
      advice,
    );
  const control = line.findIndex((byte, k) => k > name.length && ((byte < 0x20 && byte !== 0x09) || byte === 0x7f));
  if (control !== -1)
    return malformed(start, at + control, `The value of ${name} contains ${byteName(line[control]!)}.`, advice);
  return {name, start: at, end: at + line.length, value: trimmed(text, name.length + 1), meaning: 'a header field'};
}

export function isMalformed(value: object): value is Malformed {
  return 'kind' in value && value.kind === 'malformed';
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+/;

/** Without the optional white space around it. No regular expression: a long run of blanks would make it quadratic. */
function trimmed(text: string, from: number): string {
  let first = from;
  let last = text.length;
  while (first < last && (text[first] === ' ' || text[first] === '\t')) first++;
  while (last > first && (text[last - 1] === ' ' || text[last - 1] === '\t')) last--;
  return text.slice(first, last);
}
