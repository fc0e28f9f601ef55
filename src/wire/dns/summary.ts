import {readName} from './name.ts';
import {types} from './numbers.ts';
import {expandRdata} from './rdata/expand.ts';
import {rdataText} from './rdata/text.ts';
import {className, opcodeName, responseCodeName, typeName} from './tables.ts';

/** A DNS message as lines of plain text. `fault` tells where it stopped making sense; the lines before it hold. */
export type DnsSummary =
  | {readonly kind: 'summary'; readonly lines: readonly string[]; readonly fault?: DnsFault}
  | {readonly kind: 'malformed'; readonly fault: DnsFault};

export interface DnsFault {
  readonly at: number;
  readonly reason: string;
}

/** More records than this are counted and not listed: a message of 64 KiB can hold thousands. */
const listed = 100;

/**
 * Sums up a DNS message (RFC 1035 §4), without the two bytes of length that TCP puts before it. It walks over the message
 * itself, so one bad record does not take the others with it; and data that is malformed is shown as RFC 3597 §5 does.
 */
export function summarise(message: Uint8Array): DnsSummary {
  if (message.length < 12)
    return {
      kind: 'malformed',
      fault: {
        at: message.length,
        reason: `A DNS message has a header of 12 bytes, and only ${message.length} are here.`,
      },
    };
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  const lines = [headerLine(view)];
  const faulty = (fault: DnsFault): DnsSummary => ({kind: 'summary', lines, fault});
  let at = 12;
  let seen = 0;
  for (const [index, section] of sections.entries())
    for (let left = view.getUint16(4 + 2 * index); left > 0; left--) {
      if (seen++ === listed) return {kind: 'summary', lines: [...lines, `… and more: ${counts(view)}`]};
      const read = readEntry(message, view, at, section);
      if (typeof read.line === 'string') lines.push(`${section} ${read.line}`);
      else return faulty(read.line);
      at = read.next;
    }
  return at === message.length
    ? {kind: 'summary', lines}
    : faulty({at, reason: `The last record ends here, and the message only at ${message.length}.`});
}

const sections = ['question', 'answer', 'authority', 'additional'] as const;
type Section = (typeof sections)[number];

function counts(view: DataView): string {
  return sections.map((section, index) => `${view.getUint16(4 + 2 * index)} ${section}`).join(', ');
}

/** RFC 1035 §4.1.1, with AD and CD of RFC 4035 §3.2. */
const flagBits = [
  ['qr', 0x8000],
  ['aa', 0x0400],
  ['tc', 0x0200],
  ['rd', 0x0100],
  ['ra', 0x0080],
  ['ad', 0x0020],
  ['cd', 0x0010],
] as const;

function headerLine(view: DataView): string {
  const bits = view.getUint16(2);
  const flags = flagBits.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name);
  const isResponse = (bits & 0x8000) !== 0;
  const what = `${isResponse ? 'response' : 'query'} ${opcodeName((bits >> 11) & 0x0f)}`;
  const code = isResponse ? ` ${responseCodeName(bits & 0x0f)}` : '';
  return `id ${view.getUint16(0)} ${what}${code} flags ${flags.length === 0 ? 'none' : flags.join(' ')}`;
}

interface Entry {
  readonly line: string | DnsFault;
  readonly next: number;
}

function readEntry(message: Uint8Array, view: DataView, start: number, section: Section): Entry {
  const fault = (at: number, reason: string): Entry => ({line: {at, reason}, next: start});
  const name = readName(message, start);
  if (name.kind === 'malformed') return fault(name.at, name.reason);
  const at = name.next;
  const fixed = section === 'question' ? 4 : 10;
  if (at + fixed > message.length) return fault(at, `The message ends inside this ${section}.`);
  const type = view.getUint16(at);
  const code = view.getUint16(at + 2);
  if (section === 'question') return {line: `${name.text} ${className(code)} ${typeName(type)}`, next: at + 4};
  const data = at + 10;
  const length = view.getUint16(at + 8);
  const end = data + length;
  if (end > message.length)
    return fault(at + 8, `RDLENGTH says ${length}, and ${message.length - data} bytes are left.`);
  if (type === types.OPT) return {line: optLine(view, at), next: end};
  const ttl = view.getUint32(at + 4);
  const text = shortened(rdataText(type, expandRdata(message, data, end, type)));
  return {line: `${name.text} ${ttl} ${className(code)} ${typeName(type)} ${text}`, next: end};
}

/** A key or a text of many kilobytes is not for a line. */
function shortened(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

const mostShown = 200;

/** RFC 6891 §6.1.2: an OPT record uses class and TTL for other things. */
function optLine(view: DataView, at: number): string {
  const extended = view.getUint8(at + 4);
  const wantsDnssec = (view.getUint16(at + 6) & 0x8000) !== 0;
  const high = extended === 0 ? '' : ` upper bits of the response code ${extended}`;
  return `OPT udp ${view.getUint16(at + 2)} version ${view.getUint8(at + 5)}${wantsDnssec ? ' do' : ''}${high} options ${view.getUint16(at + 8)} bytes`;
}
