import {describe, expect, test} from 'vitest';
import {FrameDecoder} from '../../../src/wire/framing/decoder.ts';
import {type PresetName, presets} from '../../../src/wire/framing/presets.ts';
import {framingNames, framings, isFramingName} from '../../../src/wire/framing/registry.ts';
import {bytesOf, framesOf, hexBytes, open, payloads, play} from './play.ts';

describe.each(framingNames)('%s', name => {
  const framing = framings[name];

  test('opens with its defaults, and says what it is', () => {
    expect(framing.open()).toBeInstanceOf(FrameDecoder);
    expect(framing.title).not.toBe('');
    expect(framing.teaches).toMatch(/\.$/);
    for (const [option, spec] of Object.entries(framing.options)) {
      expect(spec.label, option).not.toBe('');
      expect(spec.hint, option).not.toBe('');
      if (spec.type === 'choice') expect(spec.options).toContain(spec.default);
    }
  });

  test('refuses options that cannot be meant, with a next step', () => {
    const refusal = expect.objectContaining({
      kind: 'option-problem',
      says: expect.any(String),
      next: expect.stringMatching(/\.$/),
    });
    expect(framing.open({nonsense: 1})).toEqual(refusal);
    for (const [option, spec] of Object.entries(framing.options)) {
      const wrong =
        spec.type === 'integer'
          ? [spec.from - 1, spec.to + 1, 1.5, 'x']
          : spec.type === 'flag'
            ? ['yes', 1]
            : spec.type === 'choice'
              ? ['none of these', 1]
              : ['\\x', 1, 'x'.repeat(spec.to + 1)];
      for (const value of wrong) {
        expect(framing.open({[option]: value}), `${option} ${value}`).toEqual(refusal);
        expect(framing.encode([], {[option]: value}), `${option} ${value}`).toEqual(refusal);
      }
    }
  });
});

test('options that contradict each other are refused', () => {
  expect(framings.delimiter.open({delimiter: '\\r\\n', escape: '\\n'})).toMatchObject({
    kind: 'option-problem',
    option: 'escape',
  });
  expect(framings.websocket.open({key: 'abc'})).toMatchObject({kind: 'option-problem', option: 'key'});
});

test('names are told from other texts', () => {
  expect(['slip', 'http', 'toString', 'constructor', 'x'].map(isFramingName)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

/** One frame of each protocol, with what it carries. */
const samples: Record<PresetName, readonly [hex: string, payload: string]> = {
  dns: ['0002 abcd', 'abcd'],
  tls: ['16 0303 0002 abcd', 'abcd'],
  postgres: ['5a 00000005 49', '49'],
  mysql: ['010000 00 0e', '000e'],
  mongodb: ['10000000 01000000 00000000 d4070000', '0100000000000000d4070000'],
  kafka: ['00000002 abcd', 'abcd'],
  cassandra: ['04 00 0000 05 00000000', ''],
  amqp: ['08 0000 00000000 ce', 'ce'],
  bgp: [`${'ff'.repeat(16)} 0013 04`, '04'],
  modbus: ['0001 0000 0003 01 83 02', '018302'],
  tds: ['12 01 0009 0000 00 00 ff', '0000' + '0000ff'],
  x11: ['2b 00 0001', ''],
  '9p': ['07000000 64 ffff', '64ffff'],
  grpc: ['00 00000002 0801', '0801'],
  'protobuf-delimited': ['02 0801', '0801'],
  minecraft: ['02 0000', '0000'],
  'python-logging': ['00000001 2e', '2e'],
  lines: ['61 0a', '61'],
  crlf: ['61 0d0a', '61'],
  'nul-lines': ['61 00', '61'],
};

test.each(Object.entries(presets))('preset %s', (name, preset) => {
  const [hex, payload] = samples[name as PresetName];
  const stream = hexBytes(`${hex}${hex}`);
  const played = play(open(preset.framing, preset.options), stream, [1]);
  const carried = payloads(preset.framing, stream, framesOf(played), preset.options);
  expect(carried.map(bytes => Buffer.from(bytes).toString('hex'))).toEqual([payload, payload]);
  expect(played.verdict.kind).toBe('complete');
  expect(preset.source).not.toBe('');
});

test('a decoder may start in the middle of a stream: WebSocket frames behind an upgrade', () => {
  const head = bytesOf('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');
  const http = open('http');
  http.push(head);
  expect([http.next().kind, http.next()]).toMatchObject(['frame', {kind: 'end', at: head.length}]);
  const frames = framings.websocket.open({sender: 'server'}, head.length);
  if (!(frames instanceof FrameDecoder)) throw new Error(frames.says);
  frames.push(hexBytes('8102 6869'));
  expect(frames.next()).toMatchObject({kind: 'frame', start: 56, payload: [{start: 58, end: 60}]});
});

test('fields know their bytes and what they mean', () => {
  const decoder = open('websocket');
  decoder.push(hexBytes('010348656c 80026c6f'));
  decoder.next();
  const last = decoder.next();
  expect(last).toMatchObject({
    fields: expect.arrayContaining([
      {name: 'FIN', start: 5, end: 6, value: true, meaning: 'the last frame of its message'},
      {name: 'length', start: 6, end: 7, value: 2, meaning: '2 bytes of payload'},
      {name: 'message', start: 5, end: 9, value: 2, meaning: 'ends the text message from offset 0: 2 frames, 5 bytes'},
    ]),
  });
  const head = open('http');
  head.push(bytesOf('GET /a HTTP/1.1\r\nHost:  b \r\n\r\n'));
  expect(head.next()).toMatchObject({
    fields: [
      {name: 'method', start: 0, end: 3, value: 'GET'},
      {name: 'target', start: 4, end: 6, value: '/a'},
      {name: 'version', start: 7, end: 15, value: 'HTTP/1.1'},
      {name: 'Host', start: 17, end: 26, value: 'b'},
    ],
  });
});
