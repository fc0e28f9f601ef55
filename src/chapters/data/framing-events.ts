import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, json, list, optional, record, text} from '../../journal/shape.ts';

const span = {start: integer, end: described(integer, 'the offset after the last byte')};
const decoder = described(text, 'which decoder says it, by the name it was asked for by');

export const verdictStates = ['recv', 'safe', 'ended', 'malformed', 'complete', 'incomplete'] as const;
export type VerdictState = (typeof verdictStates)[number];

export const framingEvents = {
  stream: {
    says: 'What is decoded and by whom. bytes: all of it, when it is known beforehand and somebody may look at it.',
    fields: {
      source: text,
      decoders: list(record({name: text, framing: text, title: text, teaches: text})),
      via: choice('memory', 'socket'),
      edges: described(list(integer), 'where each chunk will end; with a socket, each send()'),
    },
    bytes: true,
  },
  received: {
    says: 'What recv() gave: the bytes from start to end, in one chunk or several. length is 0 at the end of the stream.',
    fields: {
      ...span,
      edges: described(list(integer), 'where each of these chunks ended'),
      eof: optional(described(flag, 'true when recv() gave nothing: the end of the stream')),
      calls: optional(described(list(text), 'the calls that gave them, over a socket')),
    },
  },
  frame: {
    says: 'A whole frame. Offsets count from the first byte of the stream. bytes: the payload, with what escapes, masks or compression did to it undone.',
    fields: {
      decoder,
      number: described(integer, 'counts from 1'),
      ...span,
      header: optional(record(span)),
      payload: optional(described(list(record(span)), 'which bytes of the stream carry the payload')),
      size: described(integer, 'bytes of the payload'),
      fields: optional(
        described(
          list(record({name: text, ...span, value: json, meaning: text})),
          'what header, trailer and escapes say, each with its bytes',
        ),
      ),
      coded: optional(described(flag, 'true when the payload’s bytes stand for others')),
      safe: optional(described(flag, 'whether a program may stop receiving after this frame')),
      because: optional(described(text, 'why, in a sentence')),
      reads: optional(described(list(text), 'the payload as was asked for')),
    },
    bytes: true,
  },
  skipped: {says: 'Bytes passed over on the way to the next frame.', fields: {decoder, ...span, because: text}},
  verdict: {
    says: 'Where a decoder stands: whether it must call recv() again, may stop, or has been given what it cannot read.',
    fields: {
      decoder,
      state: described(
        choice(...verdictStates),
        'recv: must call it again. safe: may stop. ended: the framing says so itself. complete, incomplete: the stream ended',
      ),
      at: described(integer, 'bytes received'),
      frames: described(integer, 'whole frames so far'),
      because: text,
      start: optional(described(integer, 'where the unfinished or broken frame starts')),
      have: optional(described(integer, 'bytes of the unfinished frame that are here')),
      missing: optional(described(integer, 'bytes that must come at least')),
      until: optional(described(choice('bytes', 'delimiter', 'end-of-stream', 'unknown'), 'what ends the wait')),
      ifEnd: optional(described(text, 'what it would mean if the stream ended now')),
      offset: optional(described(integer, 'the first byte that is wrong, or that belongs to somebody else')),
      next: optional(described(text, 'what to do about it')),
    },
  },
  planned: {
    says: 'The stream is cut anew, or taken back to where it was before; the first received chunks still count.',
    fields: {
      edges: list(integer),
      received: integer,
      edited: described(flag, 'true when the cuts were changed by hand'),
    },
  },
  chosen: {says: 'The decoder that is looked at.', fields: {decoder: integer}},
  encoded: {
    says: 'A piece of the stream that was made out of payloads. bytes: that piece.',
    fields: {
      framing: text,
      payloads: described(integer, 'payloads in all'),
      part: described(integer, 'which piece, from 1'),
      parts: integer,
    },
    bytes: true,
  },
  refused: {
    says: 'What was asked for cannot be done, and why; the last stream stays as it was.',
    fields: {says: text, next: optional(text)},
  },
} as const;

export type FramingEvent = EventOf<typeof framingEvents>;
type Of<Kind extends FramingEvent['kind']> = Omit<
  Extract<FramingEvent, {kind: Kind}>,
  'kind' | 't' | 'seq' | 'run' | 'bytes'
>;
export type FrameFields = Of<'frame'>;
export type VerdictFields = Of<'verdict'>;
