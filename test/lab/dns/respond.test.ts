import {describe, expect, test} from 'vitest';
import {createCookies} from '../../../src/lab/dns/cookies.ts';
import {padded} from '../../../src/lab/dns/edns.ts';
import {createInternet} from '../../../src/lab/dns/internet.ts';
import type {Asker} from '../../../src/lab/dns/respond.ts';
import {respondSigned} from '../../../src/lab/dns/respond-signed.ts';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {responseCodeName, typeNumber} from '../../../src/wire/dns/tables.ts';
import type {EdnsOption, Message} from '../../../src/wire/dns/types.ts';

const internet = createInternet({seconds: () => 1_790_000_000});
const extras = {nsid: 'ns1.example.test.', cookies: createCookies(() => 1_790_000_000), padding: padded};
const udp: Asker = {transport: 'udp', address: '127.0.0.1', port: 4000};

async function answersTo(query: Uint8Array, asker = udp, server = '127.4.3.1'): Promise<readonly Uint8Array[]> {
  return [...(await respondSigned(query, asker, internet.answererOf(server), extras)).messages];
}

const off = {aa: false, tc: false, rd: false, ra: false, z: false, ad: false, cd: false};

function query(name: string, type: string, more: Partial<Message> = {}): Message {
  const questions = [{name, type: typeNumber(type)!, class: 1}];
  const sections = {answers: [], authorities: [], additionals: []};
  return {id: 0xbeef, response: false, opcode: 0, flags: off, rcode: 0, questions, ...sections, ...more};
}

const bytes = (name: string, type: string, more: Partial<Message> = {}) => encodeMessage(query(name, type, more));
const edns = (options: readonly EdnsOption[] = [], version = 0) => ({
  edns: {udpSize: 1232, version, dnssecOk: false, z: 0, options},
});
const plain = bytes('www.example.test.', 'A');
const withCounts = (at: number, value: number) => plain.with(at, value >> 8).with(at + 1, value & 0xff);
const glued = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]));
const header = plain.subarray(0, 12);

describe('what is no query gets no answer', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(0)],
    ['eleven bytes', plain.subarray(0, 11)],
    ['a response', plain.with(2, 0x80)],
    ['a response with every other bit set', plain.with(2, 0xff).with(3, 0xff)],
  ])('%s', async (_what, given) => {
    expect(await answersTo(given)).toEqual([]);
  });
});

const name = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const asked = Uint8Array.of(0, 1, 0, 1);

describe('hostile queries', () => {
  test.each<[string, Uint8Array, string]>([
    ['no question', withCounts(4, 0).subarray(0, 12), 'FORMERR'],
    ['two questions', glued(withCounts(4, 2), plain.subarray(12)), 'FORMERR'],
    ['65535 questions', withCounts(4, 0xffff), 'FORMERR'],
    ['65535 answers', withCounts(6, 0xffff), 'FORMERR'],
    ['65535 additional records', withCounts(10, 0xffff), 'FORMERR'],
    ['a question cut inside the name', plain.subarray(0, 20), 'FORMERR'],
    ['a question cut before the class', plain.subarray(0, plain.length - 1), 'FORMERR'],
    ['bytes behind the question', glued(plain, Uint8Array.of(1, 2, 3)), 'FORMERR'],
    ['a pointer to itself', glued(header, Uint8Array.of(0xc0, 12), asked), 'FORMERR'],
    ['a pointer ahead', glued(header, Uint8Array.of(0xc0, 14, 0), asked), 'FORMERR'],
    [
      'a label of 64',
      glued(header, Uint8Array.of(64), new Uint8Array(64).fill(97), Uint8Array.of(0), asked),
      'FORMERR',
    ],
    ['a name of 256', glued(header, name(`\x3f${'a'.repeat(63)}`.repeat(4)), Uint8Array.of(0), asked), 'FORMERR'],
    ['64 KiB of nothing', glued(withCounts(4, 0xffff), new Uint8Array(65_000)), 'FORMERR'],
    ['64 KiB of pointers', glued(withCounts(4, 0xffff), new Uint8Array(65_000).fill(0xc0)), 'FORMERR'],
    ['EDNS version 1', bytes('www.example.test.', 'A', edns([], 1)), 'BADVERS'],
    ['a cookie of 7 bytes', bytes('www.example.test.', 'A', edns([{code: 10, data: new Uint8Array(7)}])), 'FORMERR'],
    [
      'a client subnet of 3 bytes',
      bytes('www.example.test.', 'A', edns([{code: 8, data: new Uint8Array(3)}])),
      'FORMERR',
    ],
    [
      'a client subnet /33',
      bytes('a.test.', 'A', edns([{code: 8, data: Uint8Array.of(0, 1, 33, 0, 1, 2, 3, 4, 5)}])),
      'FORMERR',
    ],
    ['a transfer over UDP', bytes('example.test.', 'AXFR'), 'FORMERR'],
    ['a name elsewhere', bytes('www.example.', 'A'), 'REFUSED'],
    ['the root', bytes('.', 'NS'), 'REFUSED'],
    ['class HS', plain.with(plain.length - 1, 4), 'REFUSED'],
    ['class CH, and a name nobody knows', plain.with(plain.length - 1, 3), 'REFUSED'],
    ['a question for OPT', bytes('example.test.', 'OPT'), 'NOERROR'],
    ['a question for type 0', plain.with(plain.length - 3, 0), 'NOERROR'],
  ])('%s', async (_what, given, code) => {
    const answers = await answersTo(given);
    expect(answers).toHaveLength(1);
    const {message} = decodeMessage(answers[0]!);
    expect([responseCodeName(message.rcode), message.response, message.id]).toEqual([code, true, 0xbeef]);
  });

  test.each(Array.from({length: 15}, (_, index) => index + 1))('opcode %i is not implemented', async opcode => {
    const [answer] = await answersTo(plain.with(2, opcode << 3));
    const {message} = decodeMessage(answer!);
    expect([message.opcode, responseCodeName(message.rcode)]).toEqual([opcode, 'NOTIMP']);
  });

  test('whatever is changed in a query, the answer is one, well formed, and to its id', async () => {
    const sources = [
      bytes('www.example.test.', 'A', edns([{code: 10, data: new Uint8Array(8)}])),
      bytes('nothing.example.test.', 'MX', {edns: {udpSize: 1232, version: 0, dnssecOk: true, z: 0, options: []}}),
      bytes('host.old.example.test.', 'A'),
    ];
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const seen = new Set<string>();
    for (let round = 0; round < 6000; round++) {
      const changed = sources[round % sources.length]!.slice();
      for (let times = 1 + random(3); times > 0; times--) changed[2 + random(changed.length - 2)] = random(256);
      changed[2]! &= 0x7f;
      const answers = await answersTo(changed, udp, ['127.4.3.1', '127.4.0.53'][random(2)]!);
      expect(answers).toHaveLength(1);
      const {message, faults, trailing} = decodeMessage(answers[0]!);
      expect([message.id, message.response, faults, trailing]).toEqual([0xbeef, true, [], 0]);
      seen.add(responseCodeName(message.rcode));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['NOERROR', 'FORMERR', 'NOTIMP', 'REFUSED', 'NXDOMAIN']));
  });
});

describe('what EDNS brings', () => {
  const nsid = {code: 3, data: new Uint8Array(0)};

  test('the name of the server, when it is asked for', async () => {
    const [answer] = await answersTo(bytes('example.test.', 'SOA', edns([nsid])));
    const {message} = decodeMessage(answer!);
    expect(Buffer.from(message.edns!.options[0]!.data).toString()).toBe('ns1.example.test.');
  });

  test('the client’s network comes back with scope 0', async () => {
    const subnet = {code: 8, data: Uint8Array.of(0, 1, 24, 0, 192, 0, 2)};
    const [answer] = await answersTo(bytes('example.test.', 'SOA', edns([subnet])));
    expect(decodeMessage(answer!).message.edns!.options).toEqual([subnet]);
  });

  test('a cookie alone, without a question', async () => {
    const cookie = {code: 10, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)};
    const [answer] = await answersTo(encodeMessage({...query('.', 'A'), questions: [], ...edns([cookie])}));
    const {message} = decodeMessage(answer!);
    expect(message.rcode).toBe(0);
    expect(message.edns!.options[0]!.data).toHaveLength(24);
  });

  test('without EDNS there is none in the answer, and no code above 15', async () => {
    const [answer] = await answersTo(plain);
    expect(decodeMessage(answer!).message.edns).toBeUndefined();
  });

  test.each([
    ['udp', undefined, 512, true],
    ['udp', 1232, 1232, true],
    ['udp', 65_535, 4096, true],
    ['tcp', undefined, 65_535, false],
  ] as const)('over %s with %s bytes an answer has %i at most', async (transport, udpSize, most, cut) => {
    const asks = udpSize === undefined ? {} : {edns: {...edns().edns, udpSize}};
    const [answer] = await answersTo(bytes('big.example.test.', 'TXT', asks), {...udp, transport});
    expect(answer!.length).toBeLessThanOrEqual(most);
    const {message} = decodeMessage(answer!);
    expect([message.flags.tc, message.answers.length]).toEqual([cut, cut ? 0 : 1]);
    expect(message.edns !== undefined).toBe(udpSize !== undefined);
  });

  test('over TLS it is padded to blocks of 468 bytes when the client pads', async () => {
    const pad = edns([{code: 12, data: new Uint8Array(20)}]);
    const lengths = async (transport: Asker['transport']) => {
      const [answer] = await answersTo(bytes('example.test.', 'MX', pad), {...udp, transport}, '127.4.0.53');
      return answer!.length % 468;
    };
    expect([await lengths('tls'), await lengths('https')]).toEqual([0, 0]);
    expect(await lengths('udp')).not.toBe(0);
  });
});
