import dnsPacket from 'dns-packet';
import {describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {createSplitter} from '../../../src/wire/dns/framing.ts';
import {nameBytes, parseName, readName} from '../../../src/wire/dns/name.ts';
import {parseRdata} from '../../../src/wire/dns/rdata/parse.ts';
import {rdataText} from '../../../src/wire/dns/rdata/text.ts';
import {classNumber, typeName, typeNumber} from '../../../src/wire/dns/tables.ts';
import {walkMessage} from '../../../src/wire/dns/walk.ts';
import {bytes, edns, hex, message, noFlags, record} from './message.ts';

/**
 * What dns-packet 5.6.1 gets wrong, and what is right instead. Its side is asserted too: an upgrade that repairs one of
 * these is then noticed, and a guard can go. Its types do not know the half of what it takes.
 */
const raw = dnsPacket as unknown as Record<string, Codec> & {
  readonly decode: {
    (
      message: Buffer,
    ): {readonly answers: readonly Record<string, unknown>[]; readonly questions: readonly Record<string, unknown>[]};
    bytes: number;
  };
  readonly streamDecode: {(message: Buffer): unknown; bytes: number};
  readonly record: (type: string) => Codec;
  readonly DNSSEC_OK: number;
};

interface Codec {
  encode: {(value: unknown, buffer?: Buffer): Uint8Array; bytes: number};
  decode: {(bytes: Buffer, offset?: number): unknown; bytes: number};
}

const buffer = (hexed: string) => Buffer.from(bytes(hexed));
const theirQuestion = (name: string, type = 'A', code = 'IN') =>
  hex(dnsPacket.encode({type: 'query', questions: [{name, type, class: code} as never]}).subarray(12));
/** A response with these records in its answer section. */
const response = (...records: string[]) =>
  buffer(`109d 8000 0000 ${records.length.toString(16).padStart(4, '0')} 0000 0000 ${records.join('')}`);
const address = '00 0001 0001 00000000 0004 7f000001';
const ours = (wire: Uint8Array) => decodeMessage(wire);
const texts = (wire: Uint8Array) =>
  ours(wire).message.answers.map(({type, data}) => `${typeName(type)} ${rdataText(type, data)}`);

describe('names it writes', () => {
  test('1: a label of 64 bytes gets a length that no label has', () => {
    expect(theirQuestion(`${'a'.repeat(64)}.b`)).toMatch(/^4061/);
    expect(parseName(`${'a'.repeat(64)}.b`)).toMatchObject({ok: false, says: expect.stringMatching(/64 bytes/)});
    expect(() => nameBytes(`${'a'.repeat(64)}.b.`)).toThrow(RangeError);
  });

  test('2: a label of 200 bytes becomes a compression pointer, one of 256 the end of the name', () => {
    expect(theirQuestion('a'.repeat(200))).toMatch(/^c861/);
    expect(theirQuestion('a'.repeat(256))).toMatch(/^0061/);
    for (const size of [200, 256]) expect(parseName('a'.repeat(size)).ok).toBe(false);
  });

  test('3: a name of more than 255 bytes goes out', () => {
    const name = Array.from({length: 5}, () => 'a'.repeat(59)).join('.');
    expect(theirQuestion(name).length / 2).toBe(301 + 4);
    expect(parseName(name)).toMatchObject({ok: false, says: expect.stringMatching(/301 bytes/)});
  });

  test('4: two dots end the name early', () => {
    expect(theirQuestion('a..b')).toMatch(/^0161000162000001/);
    expect(parseName('a..b')).toMatchObject({ok: false, at: 2});
  });

  test('5: escapes are letters to it', () => {
    expect(theirQuestion('a\\.b.c')).toMatch(/^02615c/);
    const query = message({questions: [{name: 'a\\.b.c.', type: 1, class: 1}]});
    expect(hex(encodeMessage(query).subarray(12))).toBe('03612e620163000001' + '0001');
    expect(parseName('\\065')).toEqual({ok: true, name: 'A.'});
  });
});

describe('names it reads', () => {
  test('6: a dot in a label looks like a dot between labels', () => {
    const wire = '03612e62 0163 00';
    expect(raw['name']!.decode(buffer(wire))).toBe('a.b.c');
    expect(readName(bytes(wire), 0)).toMatchObject({text: 'a\\.b.c.'});
  });

  test('7: bytes that are not UTF-8 are lost', () => {
    expect(raw['name']!.decode(buffer('02ff00 00'))).toBe('\ufffd\0');
    expect(readName(bytes('02ff00 00'), 0)).toMatchObject({text: '\\255\\000.'});
  });
});

test('8: a type or class it does not know becomes 0', () => {
  for (const type of ['TYPE65', 'FOO']) expect(theirQuestion('a', type)).toMatch(/^0161000000/);
  expect(theirQuestion('a', 'A', 'NONE')).toMatch(/0000$/);
  expect(['TYPE65', 'FOO'].map(typeNumber)).toEqual([65, undefined]);
  expect(classNumber('NONE')).toBe(254);
});

describe('data that is wrong', () => {
  test('9: addresses and digests that are cut are made up or shortened', () => {
    const cut = '00 0001 0001 00000000 0002 7f00';
    expect(raw.decode(response(cut)).answers[0]).toMatchObject({data: '127.0.undefined.undefined'});
    expect(texts(response(cut))).toEqual(['A \\# 2 7F00']);
    expect(ours(response(cut)).faults).toHaveLength(1);
  });

  test.each(['0005 7f00000102', '0000'])('10: an address whose RDLENGTH is not 4 (%s) costs the message', rdata => {
    const wire = response(`00 0001 0001 00000000 ${rdata}`, address);
    expect(() => raw.decode(wire)).toThrow();
    expect(texts(wire)[1]).toBe('A 127.0.0.1');
  });

  test('11: after an SSHFP of another hash it reads on at byte 0, and invents a record', () => {
    const wire = response('00 002c 0001 00000000 0004 0103abcd', address);
    let theirs: unknown;
    try {
      theirs = raw.decode(wire).answers[1];
    } catch (error) {
      theirs = error;
    }
    expect(theirs).not.toMatchObject({type: 'A', data: '127.0.0.1'});
    expect(texts(wire)).toEqual(['SSHFP 1 3 ABCD', 'A 127.0.0.1']);
  });

  test('12: a key of another protocol costs the message', () => {
    const wire = response('00 0030 0001 00000000 0005 0100040801', address);
    expect(() => raw.decode(wire)).toThrow(/[Pp]rotocol/);
    expect(texts(wire)).toEqual(['DNSKEY 256 4 8 AQ==', 'A 127.0.0.1']);
  });

  test('13: a message that was cut gives nothing at all', () => {
    const wire = response(address, address).subarray(0, -10);
    expect(() => raw.decode(wire)).toThrow();
    expect(texts(wire)).toEqual(['A 127.0.0.1']);
    expect(ours(wire).faults).toHaveLength(1);
  });

  test('14: an option that is longer than its record is taken', () => {
    const wire = buffer('109d 8000 0000 0000 0000 0001 00 0029 04d0 00000000 0005 0003 0009 61');
    expect(() => raw.decode(wire)).not.toThrow();
    expect(ours(wire).faults.map(({reason}) => reason)).toEqual([
      'The EDNS option says it has 9 bytes, and the record has 1 left.',
    ]);
  });
});

describe('what it writes and cannot read itself', () => {
  const optWith = (option: object) =>
    dnsPacket.encode({type: 'query', additionals: [{type: 'OPT', name: '.', options: [option]} as never]});

  test('15: a keepalive of 0 gets a wrong length', () => {
    const wire = optWith({code: 11, timeout: 0});
    expect(() => raw.decode(wire)).toThrow();
    const query = message({edns: edns([{code: 11, data: bytes('0000')}])});
    expect(ours(encodeMessage(query))).toEqual({message: query, faults: [], trailing: 0});
  });

  test('16: a text of more than 255 bytes gets a length that wraps', () => {
    const wire = dnsPacket.encode({type: 'response', answers: [{type: 'TXT', name: 'a', data: ['x'.repeat(300)]}]});
    expect(() => raw.decode(wire)).toThrow();
    expect(parseRdata(16, `"${'x'.repeat(300)}"`, '.').ok).toBe(false);
  });

  test('17: bits of an address behind its prefix are told all the same (RFC 7871 §6)', () => {
    const wire = optWith({code: 8, ip: '192.0.2.77', sourcePrefixLength: 20});
    expect(hex(wire)).toMatch(/0008 ?0007 ?0001 ?1400c00002$/);
    const fields = walkMessage(encodeMessage(message({edns: edns([{code: 8, data: bytes('00011400c0000f')}])})));
    expect(fields.at(-1)?.fault).toMatch(/^Bits behind the prefix are set/);
  });

  test('18: a response code is not written', () => {
    const wire = dnsPacket.encode({type: 'response', rcode: 'NXDOMAIN'} as never);
    expect(wire[3]! & 0x0f).toBe(0);
    expect(ours(encodeMessage(message({response: true, rcode: 3}))).message.rcode).toBe(3);
  });
});

test('19: the flags of a key are called other things than they are', () => {
  const {ZONE_KEY, SECURE_ENTRYPOINT} = raw['dnskey'] as unknown as {ZONE_KEY: number; SECURE_ENTRYPOINT: number};
  expect([ZONE_KEY, SECURE_ENTRYPOINT]).toEqual([0x80, 0x8000]);
  const key = record('.', 'DNSKEY', '257 3 13 AQ==');
  const meaning = walkMessage(encodeMessage(message({response: true, answers: [key]}))).find(
    ({name}) => name === 'answer[0].rdata.flags',
  );
  expect(meaning).toMatchObject({value: '257'});
});

test('20: the highest bit of the class, which multicast DNS uses, hides the class', () => {
  const wire = buffer('0000 0000 0001 0000 0000 0000 0161 00 0001 8001');
  expect(raw.decode(wire).questions[0]).toMatchObject({class: 'UNKNOWN_32769'});
  expect(ours(wire).message.questions).toEqual([{name: 'a.', type: 1, class: 0x8001}]);
  expect(walkMessage(wire).at(-1)?.meaning).toMatch(/The Internet\. In multicast DNS the highest bit/);
});

test('21: of a stream it reads beyond the length, and cannot wait for the second byte of it', () => {
  const query = Buffer.from(encodeMessage(message({flags: {...noFlags, rd: true}})));
  expect(() => raw.streamDecode(Buffer.of(0))).toThrow();
  raw.streamDecode(Buffer.concat([Buffer.of(0, query.length), query]));
  expect(raw.streamDecode.bytes).toBe(query.length);
  const splitter = createSplitter();
  expect(splitter.push(Uint8Array.of(0))).toEqual([]);
  expect(splitter.push(Uint8Array.from([query.length, ...query, 9])).map(hex)).toEqual([hex(query)]);
});

test('22: bytes behind the message are nothing to it', () => {
  const wire = Buffer.concat([response(address), Buffer.of(1, 2, 3)]);
  expect(() => raw.decode(wire)).not.toThrow();
  expect(raw.decode.bytes).toBe(wire.length - 3);
  expect(ours(wire)).toMatchObject({trailing: 3, faults: [{offset: 27}]});
});

test('23: an address with an IPv4 address in it is not printed as others do', () => {
  const wire = response('00 001c 0001 00000000 0010 00000000000000000000ffff01020304');
  expect(raw.decode(wire).answers[0]).toMatchObject({data: '::ffff:102:304'});
  expect(texts(wire)).toEqual(['AAAA ::ffff:1.2.3.4']);
});

test('24: names in old types point into a message that is gone', () => {
  const wire = buffer(
    '109d 8000 0001 0001 0000 0000 0474657374 00 0007 0001 c00c 0007 0001 00000000 0006 03776562 c00c',
  );
  expect(raw.decode(wire).answers[0]).toMatchObject({data: Buffer.from('03776562c00c', 'hex')});
  expect(ours(wire).message.answers.map(({data}) => hex(data))).toEqual([hex(bytes('03776562 0474657374 00'))]);
});

test('25: it does not compress, and tells no offsets', () => {
  const theirs = dnsPacket.encode({
    type: 'response',
    questions: [{type: 'NS', name: 'example.test'}],
    answers: [{type: 'NS', name: 'example.test', data: 'example.test'}],
  });
  expect(hex(theirs)).not.toMatch(/c00c/);
  const question = {name: 'example.test.', type: 2, class: 1};
  const wire = encodeMessage(
    message({response: true, questions: [question], answers: [record('example.test.', 'NS', 'example.test.')]}),
  );
  expect(wire.length).toBeLessThan(theirs.length);
  expect(walkMessage(wire).filter(({targets}) => targets !== undefined)).toMatchObject([
    {targets: [12]},
    {targets: [12]},
  ]);
});
