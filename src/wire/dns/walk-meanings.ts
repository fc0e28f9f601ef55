import {classEntry, type Entry, typeEntry} from './tables.ts';
import type {Section} from './types.ts';

/** The section and the entry in it that a field belongs to. */
export interface Place {
  readonly section: Section;
  readonly entry: number;
}

/** Sentences about fields that every record has. */

export function typeMeaning(type: number): string {
  const entry = typeEntry(type);
  return entry === undefined ? `A type that has no name, number ${type} (RFC 3597).` : cited(entry);
}

/** The sentence with where it is said: `The IPv4 address of a host (RFC 1035 §3.4.1).` */
export function cited({meaning, source}: Entry): string {
  return `${meaning.slice(0, -1)} (${source}).`;
}

export function classMeaning(code: number): string {
  const entry = classEntry(code);
  if (entry !== undefined) return entry.meaning;
  // RFC 6762 §10.2, §18.13: multicast DNS takes the highest bit for itself.
  const below = code >= 0x8000 ? classEntry(code & 0x7fff) : undefined;
  if (below !== undefined)
    return `${below.meaning} In multicast DNS the highest bit asks for a unicast answer, or for older records to be dropped.`;
  return `A class that has no name, number ${code} (RFC 3597).`;
}

export function ownerMeaning(type: number): string {
  if (type === optType) return 'OPT belongs to no name, so the root stands here';
  return 'The name this record belongs to';
}

/** `The name this record belongs to. A pointer to byte 12 stands for it.` `length`: bytes of the name where it stands. */
export function placed(meaning: string, targets: readonly number[] | undefined, length: number): string {
  if (targets === undefined || targets.length === 0) return `${meaning}.`;
  const one = targets.length === 1;
  const where = `${one ? 'byte' : 'the bytes'} ${numbers(targets)}`;
  if (length === 2)
    return `${meaning}. ${one ? 'A pointer' : 'Pointers'} to ${where} ${one ? 'stands' : 'stand'} for it.`;
  return `${meaning}. From its end ${one ? 'a pointer goes' : 'pointers go'} to ${where}.`;
}

export function ttlMeaning(ttl: number, type: number): string {
  if (type === tsigType) return 'A TSIG record is for this message only, so 0 stands here (RFC 8945 §4.2).';
  if (ttl === 0) return 'Nobody may keep this record for later: it is for this answer only.';
  // RFC 2181 §8.
  if (ttl > 0x7fffffff) return `${ttl} s has the highest bit set, which a receiver takes as 0.`;
  return `Caches may keep this record for ${duration(ttl)}.`;
}

/** `300 s`, and `86400 s, a day`, for people count in other units than DNS. */
export function duration(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return seconds < 60 ? `${seconds} s` : `${seconds} s (${parts.join(' ')})`;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const optType = 41;
const tsigType = 250;

/** The first few: a hostile name has over a hundred. */
function numbers(all: readonly number[]): string {
  if (all.length > 4) return `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`;
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
