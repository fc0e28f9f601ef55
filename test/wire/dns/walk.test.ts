import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import type {WireField} from '../../../src/wire/dns/types.ts';
import {walkMessage} from '../../../src/wire/dns/walk.ts';
import {has} from '../../world/support/tools.ts';
import {bytes} from './message.ts';
import {type Leaf, tsharkLeaves} from './tshark.ts';
import {type MessageVector, madeWith, vectors} from './vectors.ts';

/** Wireshark cuts these finer: a length byte and the string behind it, each type of a bitmap, the parts of a parameter. */
const finer = /^dns\.(txt|spf|hinfo|x25|idsn|gpos|naptr|caa|svcb\.svcparam|apl|wks\.bits)\b|^dns\.(resp\.type|data)$/;
/** And these coarser: it knows no parts of the option, or of the type. */
const coarser = /^dns\.(opt\.data|data)$/;

function complaint(fields: readonly WireField[], [name, offset, length]: Leaf): string | undefined {
  const end = offset + length;
  if (fields.some(field => field.offset === offset && field.length === length)) return undefined;
  const around = fields.filter(field => field.offset < end && offset < field.offset + field.length);
  const [first, last] = [around[0], around.at(-1)];
  if (first === undefined || last === undefined) return `${name} at ${offset}: nothing of ours is there`;
  if (finer.test(name) && around.length === 1) return undefined;
  if (coarser.test(name) && first.offset === offset && last.offset + last.length === end) return undefined;
  return `${name} at ${offset}, ${length} bytes: ${around.map(field => `${field.name} ${field.offset}+${field.length}`)}`;
}

/** Every byte in exactly one field, in order. */
function coverage(message: Uint8Array): string | undefined {
  let at = 0;
  for (const {offset, length, name} of walkMessage(message)) {
    if (offset !== at || length < 1) return `${name} is at ${offset}, not at ${at}`;
    at += length;
  }
  return at === message.length ? undefined : `the fields end at ${at}, the message at ${message.length}`;
}

const told = ({made}: MessageVector, says: string | undefined) => (says === undefined ? [] : [`${made}: ${says}`]);

describe(`${vectors.length} messages from real servers`, () => {
  test('there are hundreds', () => {
    expect(vectors.length).toBeGreaterThan(300);
    expect(vectors.flatMap(({leaves}) => leaves).length).toBeGreaterThan(15_000);
  });

  test('every byte belongs to exactly one field', () => {
    expect(vectors.flatMap(vector => told(vector, coverage(vector.bytes)))).toEqual([]);
  });

  test('nothing is wrong with them', () => {
    const faulty = vectors.flatMap(vector =>
      walkMessage(vector.bytes).flatMap(({name, fault}) => told(vector, fault && `${name} ${fault}`)),
    );
    expect(faulty).toEqual([]);
  });

  test(`fields are where ${madeWith} has them`, () => {
    const complaints = vectors.flatMap(vector => {
      const fields = walkMessage(vector.bytes);
      return vector.leaves.flatMap(leaf => told(vector, complaint(fields, leaf)));
    });
    expect(complaints).toEqual([]);
  });

  test('names are unique, sentences are sentences', () => {
    const odd = vectors.flatMap(vector => {
      const fields = walkMessage(vector.bytes);
      if (new Set(fields.map(({name}) => name)).size !== fields.length) return told(vector, 'two fields have one name');
      return fields.flatMap(({name, value, meaning}) => {
        if (!/^[A-Z0-9"_].*[.)]$/s.test(meaning) || /undefined|NaN/.test(meaning))
          return told(vector, `${name}: ${meaning}`);
        return /undefined|NaN/.test(value) ? told(vector, `${name}: ${value}`) : [];
      });
    });
    expect(odd).toEqual([]);
  });
});

test.skipIf(!has('tshark') || !has('text2pcap'))('the TShark that is here agrees too', {timeout: 60_000}, () => {
  const version = execFileSync('tshark', ['--version'], {encoding: 'utf8'}).split('\n')[0]!;
  const sample = vectors.filter((_, index) => index % 3 === 0);
  const leaves = tsharkLeaves(sample.map(vector => vector.bytes));
  expect(leaves).toHaveLength(sample.length);
  const complaints = sample.flatMap((vector, index) => {
    const fields = walkMessage(vector.bytes);
    return leaves[index]!.flatMap(leaf => told(vector, complaint(fields, leaf)));
  });
  // A newer one than the vectors' may know parts of options that this table does not: then it says where.
  if (version === madeWith) expect(complaints).toEqual([]);
  else expect(complaints.length, complaints.slice(0, 5).join('\n')).toBeLessThan(leaves.flat().length / 50);
});

/** Query id 4253 with these counts and the rest. */
const walked = (hex: string) =>
  walkMessage(bytes(hex)).map(({name, value, fault}) =>
    fault === undefined ? `${name} ${value}` : `${name} ! ${fault}`,
  );
const question = '03777777 04746573 7400 0001 0001';

describe('fields, values and sentences', () => {
  const fields = walkMessage(
    bytes(
      `109d 8580 0001 0001 0000 0001 ${question} c00c 000f 0001 0000012c 0009 000a 046d61696c c010
       00 0029 04d0 00 00 8000 001a 000f 0006 0007 6c617465 000a 0008 0102030405060708 ffff 0000`,
    ),
  );
  const at = (name: string) => fields.find(field => field.name === name);

  test('paths and values', () => {
    expect(
      fields.map(({offset, length, name, value}) => `${offset}+${length} ${name} ${value}`),
    ).toMatchInlineSnapshot(`
      [
        "0+2 header.id 4253",
        "2+2 header.flags 0x8580",
        "4+2 header.questions 1",
        "6+2 header.answers 1",
        "8+2 header.authorities 0",
        "10+2 header.additionals 1",
        "12+10 question[0].name www.test.",
        "22+2 question[0].type A",
        "24+2 question[0].class IN",
        "26+2 answer[0].name www.test.",
        "28+2 answer[0].type MX",
        "30+2 answer[0].class IN",
        "32+4 answer[0].ttl 300",
        "36+2 answer[0].length 9",
        "38+2 answer[0].rdata.preference 10",
        "40+7 answer[0].rdata.exchange mail.test.",
        "47+1 additional[0].name .",
        "48+2 additional[0].type OPT",
        "50+2 additional[0].udpSize 1232",
        "52+1 additional[0].extendedCode 0",
        "53+1 additional[0].version 0",
        "54+2 additional[0].flags 0x8000",
        "56+2 additional[0].length 26",
        "58+2 additional[0].option[0].code EDE",
        "60+2 additional[0].option[0].length 6",
        "62+2 additional[0].option[0].infoCode Signature Expired",
        "64+4 additional[0].option[0].text late",
        "68+2 additional[0].option[1].code COOKIE",
        "70+2 additional[0].option[1].length 8",
        "72+8 additional[0].option[1].client 0102030405060708",
        "80+2 additional[0].option[2].code OPT65535",
        "82+2 additional[0].option[2].length 0",
      ]
    `);
  });

  test('sentences say what the value does', () => {
    expect(at('header.flags')?.meaning).toMatch(/^A response: QUERY, AA RD RA, NOERROR\. /);
    expect(at('answer[0].name')).toMatchObject({
      targets: [12],
      meaning: 'The name this record belongs to. A pointer to byte 12 stands for it.',
    });
    expect(at('answer[0].ttl')?.meaning).toBe('Caches may keep this record for 300 s (5 minutes).');
    expect(at('answer[0].rdata.exchange')).toMatchObject({
      value: 'mail.test.',
      targets: [16],
      entry: 0,
      section: 'answer',
    });
    expect(at('additional[0].option[0].code')?.meaning).toBe('Why the answer is what it is (RFC 8914).');
    expect(at('additional[0].option[0].text')?.value).toBe('late');
  });
});

test.each([
  ['nothing at all', '', []],
  [
    'a header cut in a field',
    '109d 81',
    ['header.id 4253', 'header.malformed ! A DNS message has a header of 12 bytes, and only 3 are here.'],
  ],
  ['a header cut between fields', '109d', ['header.id ! A DNS message has a header of 12 bytes, and only 2 are here.']],
])('%s', (_what, hex, expected) => {
  expect(walked(hex)).toEqual(expected);
});

test.each([
  [
    'a pointer to itself',
    '0001 0000 0000 0000 c00c 0001 0001',
    'question[0].malformed ! A compression pointer goes to 12, and it may only go backwards.',
  ],
  [
    'a question that is missing',
    `0002 0000 0000 0000 ${question}`,
    'header.questions ! The message ends after 1 of 2.',
  ],
  [
    'a record cut in its TTL',
    '0000 0001 0000 0000 00 0001 0001 0000',
    'answer[0].malformed ! The message ends inside this record.',
  ],
  [
    'data beyond the end',
    '0000 0001 0000 0000 00 0001 0001 00000000 0005 7f00',
    'answer[0].rdata ! 3 bytes of the record are not here.',
  ],
  [
    'an address of two bytes',
    '0000 0001 0000 0000 00 0001 0001 00000000 0002 7f00',
    'answer[0].rdata.malformed ! The field "address" has 4 bytes, and the record has 2 left here.',
  ],
  [
    'an address of no bytes',
    '0000 0001 0000 0000 00 0001 0001 00000000 0000',
    'answer[0].length ! The field "address" has 4 bytes, and the record ends here.',
  ],
  [
    'an address too long',
    '0000 0001 0000 0000 00 0001 0001 00000000 0005 7f00000102',
    'answer[0].rdata.malformed ! The record has 1 more byte than its fields.',
  ],
  [
    'bytes behind the end',
    '0000 0000 0000 0000 0102',
    'trailing ! The counts of the header end here, and the message has 2 more bytes.',
  ],
  [
    'an option longer than its record',
    '0000 0000 0000 0001 00 0029 04d0 00000000 0005 0003 0009 aa',
    'additional[0].option[0].malformed ! The EDNS option says it has 9 bytes, and the record has 1 left.',
  ],
  [
    'an option without a length',
    '0000 0000 0000 0001 00 0029 04d0 00000000 0002 0003',
    'additional[0].option[0].malformed ! An EDNS option has a code and a length of 4 bytes, and the record has 2 left here.',
  ],
  [
    'OPT in the answer',
    '0000 0001 0000 0000 00 0029 04d0 00000000 0000',
    'answer[0].type ! An OPT record stands in the additional section only (RFC 6891 §6.1.1).',
  ],
  [
    'a second OPT',
    '0000 0000 0000 0002 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000',
    'additional[1].type ! A message has one OPT record at most (RFC 6891 §6.1.1).',
  ],
  [
    'OPT with an owner',
    '0000 0000 0000 0001 0161 00 0029 04d0 00000000 0000',
    'additional[0].type ! The owner of OPT is the root, not a. (RFC 6891 §6.1.2).',
  ],
])('%s is marked where it is', (_what, rest, expected) => {
  const faults = walked(`109d 8000 ${rest}`).filter(line => line.includes(' ! '));
  expect(faults).toContain(expected);
});

test.each([
  ['NSID', '0003 0003 6c6162', ['nsid 6c6162 ("lab")']],
  ['DAU', '0005 0002 080d', ['codes[0] RSASHA256', 'codes[1] ECDSAP256SHA256']],
  ['a subnet', '0008 0007 0001 18 00 c00002', ['family 1', 'sourcePrefix 24', 'scopePrefix 0', 'address 192.0.2.0']],
  [
    'a subnet of IPv6',
    '0008 0008 0002 20 38 20010db8',
    ['family 2', 'sourcePrefix 32', 'scopePrefix 56', 'address 2001:db8::'],
  ],
  ['no subnet', '0008 0004 0000 00 00', ['family 0', 'sourcePrefix 0', 'scopePrefix 0']],
  [
    'a subnet with bits behind it',
    '0008 0007 0001 14 00 c0000f',
    [
      'family 1',
      'sourcePrefix 20',
      'scopePrefix 0',
      'address ! Bits behind the prefix are set, and must be 0 (RFC 7871 §6).',
    ],
  ],
  [
    'a subnet too short',
    '0008 0006 0001 18 00 c000',
    ['family 1', 'sourcePrefix 24', 'scopePrefix 0', 'malformed ! A prefix of 24 bits takes 3 bytes, not 2.'],
  ],
  ['expire', '0009 0004 00093a80', ['seconds 604800']],
  ['a cookie', '000a 0010 01020304050607080102030405060708', ['client 0102030405060708', 'server 0102030405060708']],
  [
    'a cookie of 9 bytes',
    '000a 0009 010203040506070809',
    ["malformed ! A cookie has 8 bytes, or 16 to 40 with the server's, not 9."],
  ],
  ['keepalive', '000b 0002 012c', ['timeout 300']],
  ['keepalive of 3 bytes', '000b 0003 012c00', ['malformed ! The option has 0 or 2 bytes, not 3.']],
  ['padding', '000c 0003 000000', ['padding 000000']],
  ['chain', '000d 0005 0474657374', ['malformed ! The message ends inside a name.']],
  ['chain of a name', '000d 0006 047465737400', ['closest test.']],
  ['key tags', '000e 0004 4f66 9728', ['tags[0] 20326', 'tags[1] 38696']],
  ['an extended error', '000f 0002 0016', ['infoCode No Reachable Authority']],
  ['an extended error that nobody knows', '000f 0002 ff16', ['infoCode EDE65302']],
  ['half an extended error', '000f 0001 00', ['malformed ! An extended error has 2 bytes at least, not 1.']],
  ['a report channel', '0012 0006 047465737400', ['agent test.']],
  ['a zone version', '0013 0006 02 00 0000002a', ['labels 2', 'kind 0', 'version 42']],
  ['what nobody knows', 'fde9 0002 abcd', ['data abcd']],
] as const)('the option %s', (_what, option, expected) => {
  const data = bytes(option);
  const length = data.length.toString(16).padStart(4, '0');
  const lines = walked(`109d 8000 0000 0000 0000 0001 00 0029 04d0 00000000 ${length} ${option}`);
  const prefix = 'additional[0].option[0].';
  expect(lines.filter(line => line.startsWith(prefix)).slice(2)).toEqual(expected.map(line => prefix + line));
});

test('a session message has TLVs instead of records (RFC 8490 §5.4)', () => {
  const header = '109d 3000 0000 0000 0000 0000';
  expect(walked(`${header} 0001 0008 00003a98 ffffffff 0003 0002 0000 f901 0000`).slice(6)).toEqual([
    'tlv[0].type KEEPALIVE',
    'tlv[0].length 8',
    'tlv[0].inactivity 15000',
    'tlv[0].keepalive 4294967295',
    'tlv[1].type ENCRYPTION-PADDING',
    'tlv[1].length 2',
    'tlv[1].data 0000',
    'tlv[2].type DSOTYPE63745',
    'tlv[2].length 0',
  ]);
  expect(walked(`${header} 0001 0008 00`).at(-1)).toBe(
    'tlv[0].malformed ! The TLV says it has 8 bytes, and 1 are left.',
  );
  expect(walked(`${header} 0001`).at(-1)).toBe(
    'tlv[0].malformed ! A TLV has a type and a length of 4 bytes, and 2 are left.',
  );
});

test('AD says one thing in a response, and asks for it in a query (RFC 6840 §5.7)', () => {
  const meaning = (flags: string) => walkMessage(bytes(`109d ${flags} 0000 0000 0000 0000`))[1]?.meaning;
  expect(meaning('8020')).toMatch(/AD: The server has validated the answer/);
  expect(meaning('0020')).toMatch(/AD: The client wants to be told whether/);
});

test('what the question is in an update and in a notification', () => {
  const meaning = (flags: string) =>
    walkMessage(bytes(`109d ${flags} 0001 0000 0000 0000 ${question}`)).find(({name}) => name === 'question[0].name')
      ?.meaning;
  expect(['2800', '2000', '0000'].map(meaning)).toEqual([
    'The zone to update.',
    'The name whose records have changed.',
    'The name that is asked for.',
  ]);
});

test('a name through many pointers tells the first few, and more pointers than a name can have labels are refused', () => {
  const chained = (pointers: number) => {
    const chain = Array.from({length: pointers}, (_, index) => 0xc000 | (index === 0 ? 23 : 22 + 2 * index));
    const words = [...chain, 0xc000 | (22 + 2 * pointers)].map(word => word.toString(16));
    const length = (1 + 2 * pointers).toString(16).padStart(4, '0');
    const nulls = `00 000a 0001 00000000 ${length} 00 ${words.slice(0, -1).join('')}`;
    return walkMessage(bytes(`109d 8000 0000 0002 0000 0000 ${nulls} ${words.at(-1)} 000a 0001 00000000 0000`));
  };
  const [name] = chained(9).filter(field => field.name === 'answer[1].name');
  expect(name).toMatchObject({
    value: '.',
    targets: [40, 38, 36, 34, 32, 30, 28, 26, 24, 23],
    meaning: 'The name this record belongs to. Pointers to the bytes 40, 38, 36 and 7 more stand for it.',
  });
  expect(chained(126).some(field => field.fault !== undefined)).toBe(false);
  expect(chained(127).at(-1)?.fault).toBe('The name has more than 127 compression pointers.');
});
