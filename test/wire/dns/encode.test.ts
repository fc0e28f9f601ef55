import dnsPacket from 'dns-packet';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeOrdinary} from '../../../src/wire/dns/dns-packet.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {rdataNames} from '../../../src/wire/dns/rdata/expand.ts';
import {typeNumbers} from '../../../src/wire/dns/tables.ts';
import {compressible, MessageWriter} from '../../../src/wire/dns/writer.ts';
import {bytes, edns, hex, message, noFlags, record} from './message.ts';
import {vectors} from './vectors.ts';

const option = (code: number, data: string) => ({code, data: bytes(data)});

describe('queries', () => {
  const flags = 0x0130;

  test.each([
    ['plain', {}],
    ['for the root', {questions: [{name: '.', type: 2, class: 1}]}],
    ['for a type that dns-packet does not know', {questions: [{name: 'a.test.', type: 65, class: 1}]}],
    ['for a type that nobody knows', {questions: [{name: 'a.test.', type: 65280, class: 3}]}],
    ['with EDNS', {edns: edns()}],
    [
      'with every part of EDNS',
      {
        rcode: 0x123,
        edns: edns([option(3, ''), option(8, '00011800c00002'), option(11, ''), option(65001, 'abcd')], {
          dnssecOk: true,
          z: 5,
          version: 1,
          udpSize: 65535,
        }),
      },
    ],
  ])('%s: dns-packet and we write the same bytes', (_what, parts) => {
    const query = message({...parts, flags: {...noFlags, rd: true, ad: true, cd: true}});
    const theirs = encodeOrdinary(query, flags);
    if (theirs === undefined) throw new Error('dns-packet was not asked');
    const writer = new MessageWriter(true);
    for (const word of [query.id, flags | (query.rcode & 15), 1, 0, 0, query.edns === undefined ? 0 : 1])
      writer.word(word);
    for (const question of query.questions) writer.question(question);
    if (query.edns !== undefined) writer.opt(query.edns, query.rcode);
    expect(hex(encodeMessage(query))).toBe(hex(writer.finish()));
    expect(decodeMessage(encodeMessage(query))).toEqual({message: query, faults: [], trailing: 0});
  });

  test.each([
    ['a dot in a label', {questions: [{name: 'a\\.b.test.', type: 1, class: 1}]}],
    ['any byte in a label', {questions: [{name: '\\000\\255.test.', type: 1, class: 1}]}],
    ['the class NONE', {questions: [{name: 'a.test.', type: 1, class: 254}]}],
    ['a class without a name', {questions: [{name: 'a.test.', type: 1, class: 4096}]}],
    ['no payload size', {edns: edns([], {udpSize: 0})}],
    ['two questions', {questions: [1, 28].map(type => ({name: 'a.test.', type, class: 1}))}],
    ['no question', {questions: []}],
    ['a record', {authorities: [record('test.', 'SOA', '. . 7 0 0 0 0')]}],
    ['a response', {response: true}],
  ])('%s is not left to dns-packet, and travels all the same', (_what, parts) => {
    const query = message(parts);
    expect(encodeOrdinary(query, 0)).toBeUndefined();
    expect(decodeMessage(encodeMessage(query))).toEqual({message: query, faults: [], trailing: 0});
  });

  test('dns-packet really writes the ordinary ones', () => {
    const query = message({flags: {...noFlags, rd: true}, edns: edns([option(10, '0102030405060708')])});
    const read = dnsPacket.decode(Buffer.from(encodeMessage(query)));
    expect(read.questions).toEqual([{name: 'www.example.test', type: 'A', class: 'IN'}]);
    expect(read.additionals).toMatchObject([
      {type: 'OPT', udpPayloadSize: 1232, options: [{code: 10, data: Buffer.from('0102030405060708', 'hex')}]},
    ]);
  });

  test.each(['a..b.', `${'a'.repeat(64)}.`, 'a', `${'abc.'.repeat(64)}`])('the name %j never leaves', name => {
    expect(() => encodeMessage(message({questions: [{name, type: 1, class: 1}]}))).toThrow(RangeError);
    expect(() => encodeMessage(message({response: true, questions: [{name, type: 1, class: 1}]}))).toThrow(RangeError);
  });
});

describe('compression (RFC 1035 §4.1.4)', () => {
  test('names that stand there already become pointers, with their letter case', () => {
    const response = message({
      response: true,
      answers: [record('www.example.test.', 'CNAME', 'a.example.test.'), record('A.example.test.', 'A', '192.0.2.1')],
    });
    expect(hex(encodeMessage(response))).toBe(
      hex(
        bytes(`0007 8000 0001 0002 0000 0000 03777777 076578616d706c65 0474657374 00 0001 0001
        c00c 0005 0001 0000012c 0004 0161 c010   0141 c010 0001 0001 0000012c 0004 c0000201`),
      ),
    );
  });

  test('it is possible without', () => {
    const response = message({response: true, answers: [record('www.example.test.', 'CNAME', 'www.example.test.')]});
    expect(hex(encodeMessage(response, {compress: false}))).not.toMatch(/c00c|c010/);
    expect(decodeMessage(encodeMessage(response, {compress: false})).message).toEqual(response);
  });

  test('only in the data of the types of RFC 1035 (RFC 3597 §4)', () => {
    for (const type of typeNumbers) {
      const names = rdataNames(type).filter(({compressed}) => compressed);
      expect([type, compressible[type]?.[1] ?? 0]).toEqual([type, names.length]);
    }
    const srv = message({response: true, answers: [record('www.example.test.', 'SRV', '1 2 3 www.example.test.')]});
    expect(hex(encodeMessage(srv))).toMatch(/000100020003 ?03777777/);
  });

  test('nothing points beyond 14 bits', () => {
    const answers = Array.from({length: 900}, (_, index) =>
      record(`host${index}.example.test.`, 'CNAME', `target${index}.example.org.`),
    );
    const response = message({response: true, answers});
    const wire = encodeMessage(response);
    expect(wire.length).toBeGreaterThan(0x4000);
    expect(decodeMessage(wire)).toEqual({message: response, faults: [], trailing: 0});
  });

  test('malformed data goes out as it is', () => {
    const broken = message({
      response: true,
      answers: [{...record('a.test.', 'MX', '1 a.test.'), data: bytes('000140')}],
    });
    expect(hex(encodeMessage(broken))).toMatch(/0003000140$/);
  });
});

describe('a limit', () => {
  const set = (name: string, count: number) =>
    Array.from({length: count}, (_, index) => record(name, 'A', `192.0.2.${index + 1}`));
  const full = message({
    response: true,
    answers: [record('www.example.test.', 'CNAME', 'web.example.test.'), ...set('web.example.test.', 5)],
    authorities: [record('example.test.', 'NS', 'ns1.example.test.')],
    additionals: set('ns1.example.test.', 2),
    edns: edns([option(3, '6c6162')]),
  });
  const within = (limit: number, response = full) => {
    const wire = encodeMessage(response, {limit});
    const read = decodeMessage(wire);
    expect(read.faults).toEqual([]);
    return {size: wire.length, ...read.message};
  };

  test('every limit gives a whole message that is within it, with OPT', () => {
    const size = encodeMessage(full).length;
    const least = encodeMessage({...full, answers: [], authorities: [], additionals: []}).length;
    for (let limit = least; limit <= size; limit++) {
      const cut = within(limit);
      expect(cut.size).toBeLessThanOrEqual(limit);
      expect(cut.edns).toEqual(full.edns);
      // Sets are there as a whole, or not at all.
      expect([0, 1, 6]).toContain(cut.answers.length);
      expect([0, 2]).toContain(cut.additionals.length);
      expect(cut.flags.tc).toBe(cut.answers.length < 6 || cut.authorities.length < 1);
    }
    expect(within(size)).toEqual({size, ...full});
  });

  test('records that are only an extra go without a word', () => {
    const cut = within(encodeMessage(full).length - 1);
    expect(cut).toMatchObject({flags: {tc: false}, additionals: [], authorities: full.authorities});
  });

  test('but not the glue of a referral (RFC 9471 §2)', () => {
    const referral = message({
      response: true,
      authorities: [record('example.test.', 'NS', 'ns1.example.test.')],
      additionals: set('ns1.example.test.', 2),
    });
    const size = encodeMessage(referral).length;
    expect(within(size, referral)).toMatchObject({flags: {tc: false}});
    expect(within(size - 1, referral)).toMatchObject({flags: {tc: true}, additionals: []});
    const others = {...referral, additionals: set('ns.other.test.', 2)};
    expect(within(encodeMessage(others).length - 1, others)).toMatchObject({flags: {tc: false}, additionals: []});
  });

  test('signatures stay with what they sign', () => {
    const signature = record(
      'web.example.test.',
      'RRSIG',
      'A 13 3 300 20261231000000 20261201000000 1 example.test. AAAA',
    );
    const signed = {...full, answers: [...set('web.example.test.', 2), signature], authorities: [], additionals: []};
    expect(within(encodeMessage(signed).length - 1, signed)).toMatchObject({answers: [], flags: {tc: true}});
  });

  test('a TSIG stays, behind OPT', () => {
    const tsig = record('key.', 'NULL', '\\# 4 00000000', {type: 250, class: 255, ttl: 0});
    const wire = encodeMessage({...full, additionals: [...full.additionals, tsig]}, {limit: 100});
    const read = decodeMessage(wire);
    expect(read.message.additionals.map(({type}) => type)).toEqual([250]);
    expect(wire.length).toBeLessThanOrEqual(100);
    expect(hex(wire)).toMatch(/036c6162036b65790000fa/);
  });
});

test('sizes that no length field holds are refused', () => {
  const large = {...record('a.test.', 'NULL', '\\# 0'), data: new Uint8Array(65536)};
  expect(() => encodeMessage(message({answers: [large]}))).toThrow(/a\.test\. has 65536 bytes/);
  expect(() => encodeMessage(message({edns: edns([{code: 12, data: new Uint8Array(65536)}])}))).toThrow(/options/);
});

describe('round trips', () => {
  test('what real servers sent stays the same, written anew with and without compression', () => {
    const changed = vectors.filter(({bytes: wire}) => {
      const {message: read} = decodeMessage(wire);
      return [true, false].some(compress => {
        const again = decodeMessage(encodeMessage(read, {compress}));
        return again.faults.length > 0 || JSON.stringify(again.message) !== JSON.stringify(read);
      });
    });
    expect(changed.map(({made}) => made)).toEqual([]);
  });

  const name = fc
    .array(fc.constantFrom('a', 'WWW', 'example', 'test', 'x\\.y', '\\000', 'a'.repeat(63)), {maxLength: 3})
    .map(labels => (labels.length === 0 ? '.' : `${labels.join('.')}.`));
  const number = fc.integer({min: 0, max: 0xffff});
  const anyRecord = fc
    .record({
      name,
      type: fc.constantFrom(1, 16, 28, 99, 1000, 65280),
      class: fc.constantFrom(1, 3, 254),
      ttl: fc.integer({min: 0, max: 0xffffffff}),
      data: fc.uint8Array({maxLength: 40}),
    })
    .map(one => ({...one, type: 65280 + (one.type % 7)}));
  const section = fc.array(anyRecord, {maxLength: 6});
  const flag = fc.boolean();
  const flags = fc.record({aa: flag, tc: flag, rd: flag, ra: flag, z: flag, ad: flag, cd: flag});
  const anyEdns = fc.record({
    udpSize: number,
    version: fc.integer({min: 0, max: 255}),
    dnssecOk: flag,
    z: fc.integer({min: 0, max: 0x7fff}),
    options: fc.array(fc.record({code: number, data: fc.uint8Array({maxLength: 20})}), {maxLength: 4}),
  });

  test('any message', () => {
    const any = fc.record({
      id: number,
      response: flag,
      opcode: fc.integer({min: 0, max: 15}),
      flags,
      rcode: fc.integer({min: 0, max: 0xfff}),
      questions: fc.array(fc.record({name, type: number, class: number}), {maxLength: 3}),
      answers: section,
      authorities: section,
      additionals: section,
      edns: anyEdns,
    });
    fc.assert(
      fc.property(any, flag, (one, compress) => {
        expect(decodeMessage(encodeMessage(one, {compress}))).toEqual({message: one, faults: [], trailing: 0});
      }),
      {numRuns: 400},
    );
  });
});
