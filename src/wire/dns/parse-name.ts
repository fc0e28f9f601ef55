import {labelText, mostLabelBytes, mostNameBytes} from './name-text.ts';

/** `at`: the place in the typed text. */
export type ParsedName =
  | {readonly ok: true; readonly name: string}
  | {readonly ok: false; readonly says: string; readonly at: number};

/**
 * Text that was typed, as an absolute name in the form that every name here has. Without a dot at its end it goes on with
 * `origin`, which is absolute. Escapes are those of RFC 1035 §5.1: `\.` and `\DDD`, a byte in decimal. What no message
 * can carry is refused: a label of more than 63 bytes or of none, a name of more than 255.
 */
export function parseName(typed: string, origin = '.'): ParsedName {
  if (typed === '') return refused(0, 'A name is needed, and this is empty.');
  if (typed === '.') return {ok: true, name: '.'};
  const labels: string[] = [];
  let bytes = 1;
  let closed = false;
  for (let at = 0; at < typed.length; ) {
    const read = readLabel(typed, at);
    if (read.kind === 'mistake') return refused(read.at, read.says);
    const size = read.bytes.length;
    if (size === 0)
      return refused(at, `Two dots with nothing between them, or one in front: a label has a byte at least.`);
    if (size > mostLabelBytes)
      return refused(at, `This label has ${size} bytes, and DNS carries ${mostLabelBytes} at most.`);
    bytes += size + 1;
    labels.push(labelText(Uint8Array.from(read.bytes)));
    closed = read.closed;
    at = read.next;
  }
  const tail = closed || origin === '.' ? '' : origin;
  bytes += tail === '' ? 0 : wireLength(tail);
  if (bytes > mostNameBytes)
    return refused(
      0,
      `This name has ${bytes} bytes${tail === '' ? '' : ` with ${tail} behind it`}, and DNS carries ${mostNameBytes} at most.`,
    );
  return {ok: true, name: `${labels.join('.')}.${tail}`};
}

type Label =
  /** `closed`: by a dot, which is behind it; the next label starts at `next`. */
  | {readonly kind: 'label'; readonly bytes: readonly number[]; readonly closed: boolean; readonly next: number}
  | {readonly kind: 'mistake'; readonly at: number; readonly says: string};

function readLabel(typed: string, start: number): Label {
  const bytes: number[] = [];
  for (let at = start; at < typed.length; ) {
    const code = typed.charCodeAt(at);
    if (code === 0x2e) return {kind: 'label', bytes, closed: true, next: at + 1};
    if (code > 0x7f) return {kind: 'mistake', at, says: beyondAscii(typed, at)};
    if (code !== 0x5c) {
      bytes.push(code);
      at++;
      continue;
    }
    const [whole, digits, other] = escaped.exec(typed.slice(at, at + 4)) ?? [];
    const byte = digits === undefined ? other?.charCodeAt(0) : Number(digits);
    if (whole === undefined || byte === undefined)
      return {
        kind: 'mistake',
        at,
        says: 'A backslash is followed by one character, or by three digits from 000 to 255.',
      };
    if (byte > 0xff) return {kind: 'mistake', at, says: `\\${digits} is more than a byte, which ends at \\255.`};
    bytes.push(byte);
    at += whole.length;
  }
  return {kind: 'label', bytes, closed: false, next: typed.length};
}

const escaped = /^\\(?:(\d{3})|([\x00-\x2f\x3a-\x7f]))/;

/** RFC 5890 §2.3.2.1: a name that is not ASCII travels as A-labels. What makes them is not here: it needs Unicode's tables. */
function beyondAscii(typed: string, at: number): string {
  const point = typed.codePointAt(at)!.toString(16).toUpperCase().padStart(4, '0');
  return `U+${point} is not ASCII: write the name with its A-label, which starts with xn--, or a byte as \\DDD.`;
}

function wireLength(name: string): number {
  return name.replace(/\\(?:\d{3}|.)/g, 'x').length;
}

function refused(at: number, says: string): ParsedName {
  return {ok: false, says, at};
}
