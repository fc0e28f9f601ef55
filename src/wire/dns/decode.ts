import {concat} from '../bytes.ts';
import {readEdns} from './decode-edns.ts';
import {readSession} from './dso.ts';
import {readName} from './name.ts';
import {readItems} from './rdata/read.ts';
import type {DecodedMessage, Edns, Fault, Flags, Question, ResourceRecord} from './types.ts';
import {isEmptyByRight} from './update.ts';

export const headerBytes = 12;

/**
 * Reads a message (RFC 1035 §4) and keeps whatever can be read: data is bounded by its RDLENGTH, so a bad record does
 * not take those behind it along; where a name or a length makes no sense, reading ends. The TLVs of a session message
 * (RFC 8490 §5.4) count as trailing bytes, but are no fault. Never throws.
 */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  const reader = new MessageReader(bytes);
  if (bytes.length < headerBytes) {
    reader.fault(
      bytes.length,
      `A DNS message has a header of ${headerBytes} bytes, and only ${bytes.length} are here.`,
    );
    return {message: {...headerOf(bytes, 0), ...reader.sections}, faults: reader.faults, trailing: 0};
  }
  const whole =
    reader.questions(word(bytes, 4)) &&
    reader.records(word(bytes, 6), reader.sections.answers) &&
    reader.records(word(bytes, 8), reader.sections.authorities) &&
    reader.records(word(bytes, 10), reader.sections.additionals, true);
  const trailing = whole ? bytes.length - reader.at : 0;
  const session = trailing > 0 ? readSession(bytes) : undefined;
  if (session?.fault !== undefined) reader.fault(session.fault.offset, session.fault.reason);
  else if (trailing > 0 && session === undefined)
    reader.fault(reader.at, `The last record ends here, and the message only at ${bytes.length}.`);
  const {sections, edns, faults} = reader;
  return {
    message: {...headerOf(bytes, reader.extendedCode), ...sections, ...(edns !== undefined && {edns})},
    faults,
    trailing,
  };
}

class MessageReader {
  readonly bytes: Uint8Array;
  at = headerBytes;
  readonly faults: Fault[] = [];
  readonly sections = {
    questions: [] as Question[],
    answers: [] as ResourceRecord[],
    authorities: [] as ResourceRecord[],
    additionals: [] as ResourceRecord[],
  };
  edns: Edns | undefined;
  /** The upper eight bits of the response code (RFC 6891 §6.1.3). */
  extendedCode = 0;
  /** Names that pointers lead to: the owner of most records is one of a few. */
  private readonly names = new Map<number, string>();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  fault(offset: number, reason: string): void {
    this.faults.push({offset, reason});
  }

  /** `false` when nothing behind can be found. */
  questions(count: number): boolean {
    for (let left = count; left > 0; left--) {
      const name = this.name();
      if (name === undefined) return false;
      if (this.at + 4 > this.bytes.length) return this.endsInside('question');
      this.sections.questions.push({name, type: word(this.bytes, this.at), class: word(this.bytes, this.at + 2)});
      this.at += 4;
    }
    return true;
  }

  records(count: number, section: ResourceRecord[], mayHaveEdns = false): boolean {
    for (let left = count; left > 0; left--) {
      const start = this.at;
      const name = this.name();
      if (name === undefined) return false;
      if (!this.record(start, name, section, mayHaveEdns)) return false;
    }
    return true;
  }

  private record(start: number, name: string, section: ResourceRecord[], mayHaveEdns: boolean): boolean {
    const {bytes, at} = this;
    const data = at + 10;
    if (data > bytes.length) return this.endsInside('record');
    const type = word(bytes, at);
    const length = word(bytes, at + 8);
    const end = data + length;
    if (end > bytes.length) {
      this.fault(at + 8, `RDLENGTH says ${length}, and ${bytes.length - data} bytes are left.`);
      return false;
    }
    this.at = end;
    const ttl = word(bytes, at + 4) * 0x10000 + word(bytes, at + 6);
    if (type === optType && this.takesEdns(start, name, mayHaveEdns)) {
      this.edns = readEdns(bytes, data, end, word(bytes, at + 2), ttl, this.faults);
      this.extendedCode = ttl >>> 24;
      return true;
    }
    const code = word(bytes, at + 2);
    const expanded = isEmptyByRight(code, length) ? new Uint8Array(0) : this.data(data, end, type);
    section.push({name, type, class: code, ttl, data: expanded});
    return true;
  }

  /** With every name written out; what is malformed stays as it is. */
  private data(start: number, end: number, type: number): Uint8Array {
    const {bytes, faults} = this;
    const {items, fault} = readItems(bytes, start, end, type);
    if (fault !== undefined) faults.push(fault);
    if (fault !== undefined || !items.some(({domain}) => domain?.targets !== undefined)) return bytes.slice(start, end);
    return concat(items.map(({domain, offset, length}) => domain?.expanded ?? bytes.subarray(offset, offset + length)));
  }

  /** RFC 6891 §6.1.1: one OPT record, in the additional section, whose owner is the root. */
  private takesEdns(start: number, name: string, mayHaveEdns: boolean): boolean {
    if (!mayHaveEdns) this.fault(start, 'An OPT record stands in the additional section only (RFC 6891 §6.1.1).');
    else if (this.edns !== undefined) this.fault(start, 'A message has one OPT record at most (RFC 6891 §6.1.1).');
    else if (name !== '.') this.fault(start, `The owner of OPT is the root, not ${name} (RFC 6891 §6.1.2).`);
    return mayHaveEdns && this.edns === undefined;
  }

  private endsInside(what: string): false {
    this.fault(this.at, `The message ends inside this ${what}.`);
    return false;
  }

  private name(): string | undefined {
    const {bytes, at} = this;
    const size = bytes[at]!;
    const target = size >= 0xc0 && at + 1 < bytes.length ? ((size & 0x3f) << 8) | bytes[at + 1]! : -1;
    const known = target < 0 ? undefined : this.names.get(target);
    if (known !== undefined) {
      this.at = at + 2;
      return known;
    }
    const read = readName(bytes, at);
    if (read.kind === 'malformed') {
      this.fault(read.at, read.reason);
      return undefined;
    }
    // An entry points backwards to what was read already, so what stands in the map is good for whoever comes later.
    if ((read.targets?.length ?? 0) < 64) this.names.set(target < 0 ? at : target, read.text);
    this.at = read.next;
    return read.text;
  }
}

const optType = 41;

function headerOf(bytes: Uint8Array, extendedCode: number) {
  const bits = bytes.length < 4 ? 0 : word(bytes, 2);
  const flags: Flags = {
    aa: (bits & 0x0400) !== 0,
    tc: (bits & 0x0200) !== 0,
    rd: (bits & 0x0100) !== 0,
    ra: (bits & 0x0080) !== 0,
    z: (bits & 0x0040) !== 0,
    ad: (bits & 0x0020) !== 0,
    cd: (bits & 0x0010) !== 0,
  };
  return {
    id: bytes.length < 2 ? 0 : word(bytes, 0),
    response: (bits & 0x8000) !== 0,
    opcode: (bits >> 11) & 0x0f,
    flags,
    rcode: (bits & 0x0f) | (extendedCode << 4),
  };
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
