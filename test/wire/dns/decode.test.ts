import {describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {walkMessage} from '../../../src/wire/dns/walk.ts';
import {bytes, edns, hex, message, record} from './message.ts';
import {vectors} from './vectors.ts';

const question = '03777777 0474657374 00 0001 0001';
const good = '00 0001 0001 00000000 0004 7f000001';

describe('what can be read is kept', () => {
  test.each([
    [
      'an address of two bytes',
      '00 0001 0001 00000000 0002 7f00',
      'The field "address" has 4 bytes, and the record has 2 left here.',
    ],
    [
      'an address of five bytes',
      '00 0001 0001 00000000 0005 7f00000102',
      'The record has 1 more byte than its fields.',
    ],
    ['an address of none', '00 0001 0001 00000000 0000', 'The field "address" has 4 bytes, and the record ends here.'],
    [
      'a name that points ahead',
      '00 0002 0001 00000000 0002 c0ff',
      'A compression pointer goes to 255, and it may only go backwards.',
    ],
    [
      'a name that leaves its record',
      '00 0002 0001 00000000 0002 0301',
      'The name "nameServer" goes beyond the end of the record.',
    ],
  ])('%s: the records around it stay', (_what, bad, reason) => {
    const read = decodeMessage(bytes(`109d 8000 0000 0003 0000 0000 ${good} ${bad} ${good}`));
    expect(read.faults.map(fault => fault.reason)).toEqual([reason]);
    expect(read.message.answers.map(({data}) => hex(data))).toEqual(['7f000001', expect.any(String), '7f000001']);
  });

  test.each([
    ['no header', '109d', 2, /12 bytes, and only 2/],
    ['a record cut', `109d 8000 0000 0002 0000 0000 ${good} 00 0001 0001`, 28, /ends inside this record/],
    [
      'data cut',
      `109d 8000 0000 0002 0000 0000 ${good} 00 0001 0001 00000000 0004 7f`,
      36,
      /RDLENGTH says 4, and 1 bytes are left/,
    ],
    ['a name cut', `109d 8000 0000 0002 0000 0000 ${good} 03`, 27, /A label of 3 bytes goes beyond/],
    ['a question cut', '109d 8000 0001 0000 0000 0000 00 00', 13, /inside this question/],
    ['bytes behind', `109d 8000 0000 0001 0000 0000 ${good} 00`, 27, /only at 28/],
    [
      'two OPTs',
      '109d 8000 0000 0000 0000 0002 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000',
      23,
      /one OPT record/,
    ],
    [
      'OPT among the answers',
      '109d 8000 0000 0001 0000 0000 00 0029 04d0 00000000 0000',
      12,
      /additional section only/,
    ],
  ])('%s: where and why', (_what, hexed, offset, reason) => {
    expect(decodeMessage(bytes(hexed)).faults).toEqual([{offset, reason: expect.stringMatching(reason)}]);
  });

  test('trailing bytes are counted', () => {
    expect(decodeMessage(bytes(`109d 8000 0000 0001 0000 0000 ${good} 000102`)).trailing).toBe(3);
  });

  test('an option that is too long ends the options, not the message', () => {
    const read = decodeMessage(
      bytes(`109d 8000 0000 0000 0000 0002 00 0029 04d0 00000000 000b 0003 0002 6162 0005 0009 08 ${good}`),
    );
    expect(read.message.edns?.options).toEqual([{code: 3, data: bytes('6162')}]);
    expect(read.faults).toEqual([
      {offset: 29, reason: 'The EDNS option says it has 9 bytes, and the record has 1 left.'},
    ]);
    expect(read.message.additionals).toHaveLength(1);
  });
});

test('the response code is joined from header and OPT', () => {
  const read = decodeMessage(bytes('109d 8007 0000 0000 0000 0001 00 0029 04d0 01 00 8000 0000'));
  expect(read.message).toMatchObject({rcode: 23, edns: {dnssecOk: true, version: 0, udpSize: 1232}});
});

test('the TLVs of a session are no records, and no fault', () => {
  expect(decodeMessage(bytes('109d 3000 0000 0000 0000 0000 0003 0002 0000'))).toMatchObject({
    trailing: 6,
    faults: [],
    message: {opcode: 6},
  });
  expect(decodeMessage(bytes('109d 3000 0000 0000 0000 0000 0003 0002 00')).faults).toEqual([
    {offset: 12, reason: 'The TLV says it has 2 bytes, and 1 are left.'},
  ]);
});

test('names in data are written out, so that nothing points into a message that is gone', () => {
  const read = decodeMessage(
    bytes(`109d 8000 0001 0003 0000 0000 ${question}
    c00c 0007 0001 00000000 0006 036d6d6d c010   c00c 000e 0001 00000000 0004 c00c c010   c00c 0012 0001 00000000 0004 0001 c010`),
  );
  expect(read.faults).toEqual([]);
  expect(read.message.answers.map(({data}) => hex(data))).toEqual([
    '036d6d6d047465737400',
    '03777777047465737400047465737400',
    '0001047465737400',
  ]);
});

test('records of an update have no data by right (RFC 2136 §2.4, §2.5)', () => {
  const update = message({
    opcode: 5,
    answers: [{...record('a.test.', 'A', '192.0.2.1', {class: 255, ttl: 0}), data: new Uint8Array(0)}],
    authorities: [{...record('a.test.', 'MX', '1 a.test.', {class: 254, ttl: 0}), data: new Uint8Array(0)}],
  });
  const wire = encodeMessage(update);
  expect(decodeMessage(wire)).toEqual({message: update, faults: [], trailing: 0});
  expect(walkMessage(wire).filter(field => field.fault !== undefined)).toEqual([]);
});

describe('cut at every byte', () => {
  const whole = encodeMessage(
    message({
      response: true,
      answers: [
        record('www.example.test.', 'CNAME', 'a.example.test.'),
        record('a.example.test.', 'AAAA', '2001:db8::1'),
      ],
      authorities: [record('example.test.', 'SOA', 'ns1.example.test. h.example.test. 1 2 3 4 5')],
      additionals: [record('ns1.example.test.', 'A', '192.0.2.1')],
      edns: edns([{code: 3, data: bytes('616263')}]),
    }),
  );
  const {message: complete} = decodeMessage(whole);

  test('the records before the cut are the same, and the cut is told', () => {
    for (let cut = 0; cut < whole.length; cut++) {
      const {message: read, faults} = decodeMessage(whole.subarray(0, cut));
      expect(faults.length, `at ${cut}`).toBeGreaterThan(0);
      for (const section of ['questions', 'answers', 'authorities', 'additionals'] as const)
        expect(read[section]).toEqual(complete[section].slice(0, read[section].length));
    }
  });

  test('every message of the servers, too', () => {
    const wrong = vectors.slice(0, 120).flatMap(({made, bytes: wire}) => {
      const at: string[] = [];
      for (let cut = 0; cut < Math.min(wire.length, 600); cut++)
        if (decodeMessage(wire.subarray(0, cut)).faults.length === 0) at.push(`${made} cut at ${cut}`);
      return at;
    });
    expect(wrong).toEqual([]);
  });
});

describe('64 KiB of pointers', () => {
  /** Each name a label and a pointer to the one before, or only pointers to pointers. */
  function bomb(hostile: (at: number, before: number) => readonly number[]): Uint8Array {
    const wire = new Uint8Array(65_535);
    wire.set(bytes('109d 8000 0000 ffff 0000 0000'));
    let at = 12;
    for (let before = 0; ; ) {
      const owner = hostile(at, before);
      before = at;
      const next = at + owner.length + 10;
      if (next > wire.length) return wire;
      wire.set([...owner, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0], at);
      at = next;
    }
  }

  test('each to the one before: read as far as a name can have labels, and refused behind', () => {
    const chained = bomb((at, before) => (at === 12 ? [1, 97, 0] : [0xc0 | (before >> 8), before & 0xff]));
    const {message: read, faults} = decodeMessage(chained);
    expect(read.answers.length).toBeGreaterThan(100);
    expect(faults.length).toBeGreaterThan(0);
    expect(walkMessage(chained).reduce((sum, {length}) => sum + length, 0)).toBe(chained.length);
  });

  test('records by the thousand whose names are all one', () => {
    const same = bomb(at => (at === 12 ? [1, 97, 0] : [0xc0, 12]));
    const {message: read} = decodeMessage(same);
    expect(read.answers.length).toBeGreaterThan(5000);
    expect(new Set(read.answers.map(({name}) => name))).toEqual(new Set(['a.']));
  });
});
