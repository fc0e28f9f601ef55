import {describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {rdataText} from '../../../src/wire/dns/rdata/text.ts';
import {summarise} from '../../../src/wire/dns/summary.ts';
import type {DecodedMessage, ResourceRecord, WireField} from '../../../src/wire/dns/types.ts';
import {walkMessage} from '../../../src/wire/dns/walk.ts';
import {hex} from './message.ts';
import {vectors} from './vectors.ts';

/** Numbers that are the same in every run (mulberry32), from 0 up to `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The bytes that decide most: lengths of labels, pointers, types, counts. */
const telling = [0x00, 0x01, 0x29, 0x2e, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xff];

interface Mutant {
  readonly bytes: Uint8Array;
  /** Where it begins to differ. */
  readonly from: number;
}

function mutant(original: Uint8Array, random: (below: number) => number): Mutant {
  const where = () => random(original.length);
  switch (random(6)) {
    case 0: {
      const from = where();
      return {bytes: original.slice(0, from), from};
    }
    case 1: {
      const from = where();
      return {
        bytes: Uint8Array.from([...original.subarray(0, from), ...original.subarray(from + 1 + random(4))]),
        from,
      };
    }
    case 2: {
      const from = where();
      const extra = Array.from({length: 1 + random(4)}, () => random(256));
      return {bytes: Uint8Array.from([...original.subarray(0, from), ...extra, ...original.subarray(from)]), from};
    }
    case 3: {
      const [from, bytes] = [where(), original.slice()];
      bytes.copyWithin(from, where());
      return {bytes, from};
    }
    default: {
      const bytes = original.slice();
      let from = original.length;
      for (let left = 1 + random(3); left > 0; left--) {
        const at = where();
        bytes[at] = random(2) === 0 ? random(256) : telling[random(telling.length)]!;
        from = Math.min(from, at);
      }
      return {bytes, from};
    }
  }
}

const originals = vectors.filter(({bytes}) => bytes.length <= 512).map(({bytes}) => ({bytes, kept: ends(bytes)}));
type Original = (typeof originals)[number];

/** What is wrong with what we made of it; nothing when all is well. */
function complaint({bytes, from}: Mutant, original: Original): string | undefined {
  const fields = walkMessage(bytes);
  const read = decodeMessage(bytes);
  return gap(fields, bytes.length) ?? odd(fields) ?? disagreement(fields, read) ?? lost(read, original, from);
}

function gap(fields: readonly WireField[], length: number): string | undefined {
  let at = 0;
  for (const field of fields) {
    if (field.offset !== at || field.length < 1) return `${field.name} is at ${field.offset}, not at ${at}`;
    at += field.length;
  }
  return at === length ? undefined : `the fields end at ${at} of ${length}`;
}

function odd(fields: readonly WireField[]): string | undefined {
  let all = '';
  for (const {name, value, meaning, fault = ''} of fields) all += `${name} ${value} ${meaning} ${fault}\n`;
  return /undefined|NaN|\[object/.test(all) ? all : undefined;
}

/** Both find something wrong, or neither does. Only what is inside an option is not looked at when decoding. */
function disagreement(fields: readonly WireField[], {faults}: DecodedMessage): string | undefined {
  const wrong = fields.filter(({name, fault}) => fault !== undefined && !/\.option\[\d+\]\.(?!malformed)/.test(name));
  const insideOption = fields.some(({name, fault}) => fault !== undefined && /\.option\[\d+\]\./.test(name));
  if (wrong.length > 0 === faults.length > 0 || (insideOption && faults.length === 0) || fields.length === 0)
    return undefined;
  return `the fields blame ${wrong.map(({name}) => name)}, and the faults are at ${faults.map(({offset}) => offset)}`;
}

interface Kept {
  readonly list: 'answers' | 'authorities';
  readonly index: number;
  readonly end: number;
  readonly text: string;
}

/** The records of a message, and where each ends. */
function ends(bytes: Uint8Array): readonly Kept[] {
  const {message} = decodeMessage(bytes);
  const fields = walkMessage(bytes);
  return (
    [
      ['answer', 'answers'],
      ['authority', 'authorities'],
    ] as const
  ).flatMap(([section, list]) =>
    message[list].map((record, index) => {
      const last = fields.findLast(field => field.section === section && field.entry === index)!;
      return {list, index, end: last.offset + last.length, text: recordLine(record)};
    }),
  );
}

function recordLine({name, type, ttl, data}: ResourceRecord): string {
  return `${name} ${type} ${ttl} ${hex(data)}`;
}

/** The records that end before the damage are the same as before. */
function lost({message}: DecodedMessage, {kept}: Original, from: number): string | undefined {
  if (from < 12) return undefined;
  for (const {list, index, end, text} of kept) {
    if (end > from) break;
    const now = message[list][index];
    if (now === undefined || recordLine(now) !== text) return `${text} is lost`;
  }
  return undefined;
}

describe('300,000 messages that were damaged on the way', () => {
  const rounds = 10;
  const each = 30_000;

  test.each(Array.from({length: rounds}, (_, round) => round))(`part %i of ${rounds}`, {timeout: 60_000}, round => {
    const random = numbers(20_261_201 + round);
    const complaints: string[] = [];
    for (let run = 0; run < each; run++) {
      const original = originals[random(originals.length)]!;
      const damaged = mutant(original.bytes, random);
      const says = complaint(damaged, original);
      if (says !== undefined) complaints.push(`${says}: ${hex(damaged.bytes)}`);
    }
    expect(complaints.slice(0, 3)).toEqual([]);
  });
});

test('whatever was read of them can be shown and written again', {timeout: 60_000}, () => {
  const random = numbers(7);
  const complaints: string[] = [];
  for (let run = 0; run < 15_000; run++) {
    const {bytes} = mutant(originals[random(originals.length)]!.bytes, random);
    const {message} = decodeMessage(bytes);
    const texts = [...message.answers, ...message.authorities, ...message.additionals].map(({type, data}) =>
      rdataText(type, data),
    );
    const summary = summarise(bytes);
    const lines = summary.kind === 'summary' ? summary.lines : [];
    if ([...texts, ...lines].some(line => /undefined|NaN|\[object/.test(line) || !/^[\x20-\x7e\u2026]*$/.test(line)))
      complaints.push(`${texts.join(' | ')}: ${hex(bytes)}`);
    const again = decodeMessage(encodeMessage(message)).message;
    if (again.answers.length !== message.answers.length || again.questions.length !== message.questions.length)
      complaints.push(`written anew it has other counts: ${hex(bytes)}`);
  }
  expect(complaints.slice(0, 3)).toEqual([]);
});

test('bytes of no message at all', {timeout: 60_000}, () => {
  const random = numbers(3);
  const complaints: string[] = [];
  for (let run = 0; run < 20_000; run++) {
    const bytes = Uint8Array.from({length: random(80)}, () =>
      random(3) === 0 ? telling[random(telling.length)]! : random(256),
    );
    // Few records, so that something behind the header is read.
    for (let at = 4; at < Math.min(12, bytes.length); at++) bytes[at] = at % 2 === 0 ? 0 : random(3);
    const fields = walkMessage(bytes);
    const says = gap(fields, bytes.length) ?? odd(fields) ?? disagreement(fields, decodeMessage(bytes));
    if (says !== undefined) complaints.push(`${says}: ${hex(bytes)}`);
  }
  expect(complaints.slice(0, 3)).toEqual([]);
});
