import {readName} from '../../wire/dns/name.ts';

/** The two bytes that start a message: its id. */
export function idOf(message: Uint8Array): number {
  return ((message[0] ?? 0) << 8) | (message[1] ?? 0);
}

/**
 * Why a message is no answer to this query (RFC 5452 §9.1), or nothing. Names are compared without regard to case
 * unless `exactCase` is set. A server that could not read the question may answer with an error and no question at all.
 */
export function notAnAnswer(query: Uint8Array, message: Uint8Array, exactCase = false): string | undefined {
  if (message.length < 12) return `${message.length} bytes are no DNS message`;
  if (((message[2] ?? 0) & 0x80) === 0) return 'it is a query and no response';
  if (idOf(message) !== idOf(query)) return `its id is ${idOf(message)} and not ${idOf(query)}`;
  const asked = firstQuestion(query);
  const repeated = firstQuestion(message);
  if (repeated === 'broken') return 'its question cannot be read';
  if (asked === 'none' || asked === 'broken') return undefined;
  if (repeated === 'none') return isError(message) ? undefined : 'it repeats no question';
  if (asked.type !== repeated.type || asked.class !== repeated.class) return 'it is for another type or class';
  if (asked.name.toLowerCase() !== repeated.name.toLowerCase()) return `it is for ${repeated.name}`;
  if (exactCase && asked.name !== repeated.name) return `it writes ${repeated.name} in other letters`;
  return undefined;
}

/** TC: the answer was cut (RFC 1035 §4.1.1). */
export function isTruncated(message: Uint8Array): boolean {
  return ((message[2] ?? 0) & 0x02) !== 0;
}

function isError(message: Uint8Array): boolean {
  return ((message[3] ?? 0) & 0x0f) !== 0;
}

interface Asked {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

function firstQuestion(message: Uint8Array): Asked | 'none' | 'broken' {
  if (message.length < 12) return 'broken';
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  if (view.getUint16(4) === 0) return 'none';
  const name = readName(message, 12);
  if (name.kind === 'malformed' || name.next + 4 > message.length) return 'broken';
  return {name: name.text, type: view.getUint16(name.next), class: view.getUint16(name.next + 2)};
}
