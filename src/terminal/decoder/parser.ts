import {emojiLength, isEmojiStart} from './emoji.ts';
import type {InputEvent} from './events.ts';
import {characterKey, controlKey, namedKey} from './keys.ts';
import {Paste} from './paste.ts';
import {altCharacter, escapeByte, escapeStep, latin1, type Step} from './sequences.ts';
import {decodeUtf8} from './utf8.ts';

/** What is being waited for: how long is worth waiting differs. */
export type Pending = 'escape' | 'introducer' | 'sequence' | 'paste' | undefined;

/**
 * Turns the bytes of a terminal into events. Knows no clock: `push` gives what is certain, `pending` says what is not yet,
 * and `flush` decides it without waiting longer. However the bytes are cut into chunks, the events are the same.
 * A combining mark is an event of its own, since it may come in a later read than its letter; an emoji sequence is one.
 */
export class InputParser {
  #rest: Uint8Array = new Uint8Array(0);
  #paste: Paste | undefined;

  push(chunk: Uint8Array): InputEvent[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    return this.#decode(false);
  }

  /** Nothing more came in time: a lone Escape is the key, half a sequence is unknown, an open paste ends. */
  flush(): InputEvent[] {
    const events = this.#decode(true);
    if (this.#paste === undefined) return events;
    this.#paste.add(this.#rest);
    events.push(this.#paste.event());
    this.#paste = undefined;
    this.#rest = new Uint8Array(0);
    return events;
  }

  get pending(): Pending {
    if (this.#paste !== undefined) return 'paste';
    const [first, second] = this.#rest;
    if (first === undefined) return undefined;
    if (first !== escapeByte) return first >= 0xf0 || first === 0xe2 || first === 0xe3 ? 'escape' : 'sequence';
    if (second === undefined) return 'escape';
    return this.#rest.length === 2 || second === escapeByte ? 'introducer' : 'sequence';
  }

  #decode(final: boolean): InputEvent[] {
    const events: InputEvent[] = [];
    const bytes = this.#rest;
    let at = 0;
    while (at < bytes.length) {
      if (this.#paste !== undefined) {
        const end = this.#paste.take(bytes, at);
        at = end.next;
        if (!end.closed) break;
        events.push(this.#paste.event());
        this.#paste = undefined;
        continue;
      }
      const step = decode(bytes, at, final);
      if (step === undefined) break;
      if (step.event === 'paste starts') this.#paste = new Paste();
      else events.push(step.event);
      at = step.next;
    }
    this.#rest = bytes.slice(at);
    return events;
  }
}

function decode(bytes: Uint8Array, at: number, final: boolean): Step | undefined {
  const first = bytes[at]!;
  if (first === escapeByte) return escapeStep(bytes, at) ?? (final ? unfinished(bytes, at) : undefined);
  if (first < 0x20 || first === 0x7f) return {event: controlKey(first, String.fromCharCode(first)), next: at + 1};
  const step = decodeUtf8(bytes, at);
  if (step === 'incomplete' && !final) return undefined;
  if (typeof step === 'string') return {event: {kind: 'unknown', raw: latin1(bytes, at, at + 1)}, next: at + 1};
  if (step.code >= 0x80 && step.code < 0xa0)
    return {event: {kind: 'unknown', raw: latin1(bytes, at, step.next)}, next: step.next};
  const next = isEmojiStart(step.code) ? emojiLength(bytes, at, final) : step.next;
  if (next === undefined) return undefined;
  const text = Buffer.from(bytes.subarray(at, next)).toString('utf8');
  return {event: characterKey(text, text), next};
}

/** A sequence that never ended. Escape alone, or before one character, was the key; anything longer is nobody's. */
function unfinished(bytes: Uint8Array, at: number): Step {
  const length = bytes.length - at;
  if (length === 2 && bytes[at + 1] !== escapeByte) {
    const alt = altCharacter(bytes, at);
    if (alt !== undefined) return alt;
  }
  if (length < 3 || bytes[at + 1] === escapeByte) return {event: namedKey('escape', '\x1b'), next: at + 1};
  return {event: {kind: 'unknown', raw: latin1(bytes, at, bytes.length)}, next: bytes.length};
}
