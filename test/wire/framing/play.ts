import {FrameDecoder} from '../../../src/wire/framing/decoder.ts';
import type {GivenOptions} from '../../../src/wire/framing/define.ts';
import {type FramingName, framings} from '../../../src/wire/framing/registry.ts';
import type {EndVerdict, Frame, FrameEvent, NeedMore} from '../../../src/wire/framing/types.ts';

/** Text with one unit per byte. */
export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

export function hexBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

export function open(name: FramingName, options: GivenOptions = {}): FrameDecoder {
  const decoder = framings[name].open(options);
  if (decoder instanceof FrameDecoder) return decoder;
  throw new Error(`${decoder.option}: ${decoder.says} ${decoder.next}`);
}

export interface Played {
  /** All events but the waits. */
  readonly events: readonly Exclude<FrameEvent, NeedMore>[];
  readonly waits: readonly {readonly at: number; readonly wait: NeedMore}[];
  readonly verdict: EndVerdict;
}

/** Feeds the stream cut at these offsets, takes what events there are after each chunk, and asks what the end means. */
export function play(decoder: FrameDecoder, stream: Uint8Array, cuts: readonly number[]): Played {
  const events: Exclude<FrameEvent, NeedMore>[] = [];
  const waits: {at: number; wait: NeedMore}[] = [];
  const edges = [...cuts.toSorted((a, b) => a - b), stream.length];
  for (let k = 0, from = 0; k < edges.length; from = edges[k++]!) {
    decoder.push(stream.subarray(from, edges[k]));
    for (let event = decoder.next(); ; event = decoder.next()) {
      if (event.kind === 'need-more') waits.push({at: decoder.offset, wait: event});
      else if (event.kind === 'frame' || event.kind === 'skipped') {
        events.push(event);
        continue;
      } else if (events.at(-1) !== event) events.push(event);
      break;
    }
  }
  return {events, waits, verdict: decoder.atEnd()};
}

/** Every way worth trying to cut a short stream: not at all, once at each place, at every byte, in threes. */
export function allCuts(length: number): number[][] {
  const places = Array.from({length: Math.max(0, length - 1)}, (_, k) => k + 1);
  return [[], ...places.map(place => [place]), places, places.filter(place => place % 3 === 0)];
}

export function framesOf(played: Played): Frame[] {
  return played.events.filter(event => event.kind === 'frame');
}

/** What the frames carry. */
export function payloads(
  name: FramingName,
  stream: Uint8Array,
  frames: readonly Frame[],
  options: GivenOptions = {},
): Uint8Array[] {
  return frames.map(frame => {
    const payload = framings[name].payloadOf(stream.slice(frame.start, frame.end), frame, options);
    if (payload.kind !== 'payload') throw new Error(JSON.stringify(payload));
    return payload.bytes;
  });
}
