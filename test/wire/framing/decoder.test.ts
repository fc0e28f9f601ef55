import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {framingNames} from '../../../src/wire/framing/registry.ts';
import {allCuts, framesOf, open, payloads, play} from './play.ts';
import {type StreamVector, streams} from './streams.ts';

const named = streams.map(vector => [`${vector.framing}: ${vector.what}`, vector] as const);

test('every framing has a stream here', () => {
  expect(new Set(streams.map(vector => vector.framing))).toEqual(new Set(framingNames));
});

describe.each(named)('%s', (_name, vector) => {
  const whole = played(vector, []);

  test('its frames carry what was sent', () => {
    const {framing, stream, options = {}} = vector;
    const carried = payloads(framing, stream, framesOf(whole), options);
    expect(carried.map(bytes => Buffer.from(bytes).toString('latin1'))).toEqual(vector.payloads);
    expect(stopOf(whole.events.at(-1))).toBe(vector.stop);
    if (vector.reason !== undefined)
      expect(whole.events.at(-1)).toMatchObject({reason: expect.stringMatching(vector.reason)});
  });

  test('what the end of the stream would mean', () => {
    expect(whole.verdict.kind).toBe(vector.atEnd);
    if (whole.verdict.kind === 'incomplete') expect(whole.verdict.missing).toBe(vector.missing);
    expect(whole.verdict.because).not.toBe('');
  });

  test('all the same, however the stream is cut', () => {
    for (const cuts of allCuts(vector.stream.length)) {
      const {events, verdict} = played(vector, cuts);
      expect(events, `cut at ${cuts}`).toEqual(whole.events);
      expect(verdict, `cut at ${cuts}`).toEqual(whole.verdict);
    }
    fc.assert(
      fc.property(fc.array(fc.nat({max: vector.stream.length}), {maxLength: 12}), cuts => {
        expect(played(vector, cuts).events).toEqual(whole.events);
      }),
      {numRuns: 20},
    );
  });

  test('frames join up, their ranges lie inside, and they say why', () => {
    let at = 0;
    for (const frame of framesOf(whole)) {
      expect(frame.start).toBe(at);
      at = frame.end;
      for (const range of [frame.header, ...frame.payload, ...frame.fields]) {
        expect(range.start).toBeGreaterThanOrEqual(frame.start);
        expect(range.end).toBeLessThanOrEqual(frame.end);
        expect(range.start).toBeLessThanOrEqual(range.end);
      }
      expect(frame.because).toMatch(
        frame.safe ? /^Safe to stop because .*\.$/s : /^Must call recv\(\) again because .*\.$/s,
      );
    }
    expect(at).toBeLessThanOrEqual(vector.stream.length);
  });

  test('a wait never asks for more than there is to come, and says why', () => {
    const everyByte = Array.from({length: Math.max(0, vector.stream.length - 1)}, (_, k) => k + 1);
    const {events, waits} = played(vector, everyByte);
    const ends = framesOf({events, waits, verdict: whole.verdict}).map(frame => frame.end);
    expect(waits.length, 'one wait a chunk').toBeLessThanOrEqual(everyByte.length + 1);
    for (const {at, wait} of waits) {
      expect(wait.because).toMatch(/^Must call recv\(\) again because .*\.$/s);
      expect(wait.atLeast).toBeGreaterThan(0);
      const next = ends.find(end => end > at);
      if (next !== undefined) expect(at + wait.atLeast).toBeLessThanOrEqual(next);
    }
  });
});

test('the frame that only the end of the stream completes comes with the verdict', () => {
  const decoder = open('until-eof');
  decoder.push(Buffer.from('hello'));
  expect(decoder.atEnd()).toMatchObject({kind: 'complete', frame: {start: 0, end: 5, payload: [{start: 0, end: 5}]}});
  const body = open('http');
  body.push(Buffer.from('HTTP/1.0 200 OK\r\n\r\nbody'));
  expect(body.atEnd()).toMatchObject({kind: 'complete', frame: {start: 0, end: 23, payload: [{start: 19, end: 23}]}});
});

test('asking about the end takes no frame away', () => {
  const decoder = open('delimiter');
  decoder.push(Buffer.from('a\nb\nc'));
  expect(decoder.atEnd()).toMatchObject({kind: 'incomplete', start: 4, have: 1, expected: undefined});
  expect([decoder.next(), decoder.next(), decoder.next()].map(event => event.kind)).toEqual([
    'frame',
    'frame',
    'need-more',
  ]);
});

function played({framing, stream, options = {}}: StreamVector, cuts: readonly number[]) {
  return play(open(framing, options), stream, cuts);
}

function stopOf(event: ReturnType<typeof played>['events'][number] | undefined): string | undefined {
  return event?.kind === 'end' || event?.kind === 'malformed' ? `${event.kind}@${event.at}` : undefined;
}
