/**
 * DNS messages as values (RFC 1035 §4). Names are text in presentation form, absolute, with `\.` and `\DDD` where RFC 4343
 * §2.1 needs them: `www.example.test.`, and `.` for the root. Two names are the same when their lower-case texts are.
 */
export interface Message {
  readonly id: number;
  /** QR: a response. */
  readonly response: boolean;
  readonly opcode: number;
  readonly flags: Flags;
  /** All twelve bits: the four of the header, and the eight above them that OPT carries (RFC 6891 §6.1.3). */
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  /** Without the OPT record, which is `edns`, and with TSIG and SIG(0) where they stood. */
  readonly additionals: readonly ResourceRecord[];
  readonly edns?: Edns;
}

/** RFC 1035 §4.1.1; AD and CD: RFC 4035 §3.2; Z is the one bit that is still reserved. */
export interface Flags {
  readonly aa: boolean;
  readonly tc: boolean;
  readonly rd: boolean;
  readonly ra: boolean;
  readonly z: boolean;
  readonly ad: boolean;
  readonly cd: boolean;
}

export interface Question {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export interface ResourceRecord {
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** Seconds, 0 to 2^32-1. */
  readonly ttl: number;
  /** RDATA with every name in it written out: no pointer into a message that may be gone. Letter case is kept. */
  readonly data: Uint8Array;
}

/** RFC 6891 §6.1. */
export interface Edns {
  /** The largest UDP payload the sender takes, bytes. */
  readonly udpSize: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  /** The other 15 bits of the flags. */
  readonly z: number;
  readonly options: readonly EdnsOption[];
}

export interface EdnsOption {
  readonly code: number;
  readonly data: Uint8Array;
}

/** The section of a message a field or a record belongs to. */
export type Section = 'header' | 'question' | 'answer' | 'authority' | 'additional';

/**
 * One field of a message as it stands on the wire. Together the fields of a message cover every byte exactly once, in
 * order; a byte that makes no sense belongs to a field with `fault`.
 */
export interface WireField {
  readonly offset: number;
  /** Bytes; 0 never occurs. */
  readonly length: number;
  /** A path: `header.id`, `question[0].name`, `answer[1].rdata.preference`. */
  readonly name: string;
  /** As text, in presentation form: `mail.example.test.`, `10`, `0x8180`. */
  readonly value: string;
  /** One sentence. */
  readonly meaning: string;
  readonly section: Section;
  /** The place of the question or record within its section; absent in the header. */
  readonly entry?: number;
  /** Offsets where the name goes on, one for each compression pointer that is followed (RFC 1035 §4.1.4). */
  readonly targets?: readonly number[];
  /** Set when these bytes are wrong: why. */
  readonly fault?: string;
}

export interface Fault {
  readonly offset: number;
  readonly reason: string;
}

/** What could be read of a message, and what could not. One bad record does not take the others with it. */
export interface DecodedMessage {
  readonly message: Message;
  readonly faults: readonly Fault[];
  /** Bytes behind the last record. */
  readonly trailing: number;
}
