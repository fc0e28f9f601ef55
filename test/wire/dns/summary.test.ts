import dnsPacket from 'dns-packet';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {summarise} from '../../../src/wire/dns/summary.ts';
import {open} from '../framing/play.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const header = (counts: string, flags = '8180') => `109d ${flags} ${counts}`;
/** www.example. IN A */
const question = '03777777 076578616d706c65 00 0001 0001';

describe('a message as lines', () => {
  test('a query with EDNS', () => {
    const message = bytes(`${header('0001 0000 0000 0001', '0120')} ${question} 00 0029 04d0 00 00 8000 0000`);
    expect(summarise(message)).toEqual({
      kind: 'summary',
      lines: [
        'id 4253 query QUERY flags rd ad',
        'question www.example. IN A',
        'additional OPT udp 1232 version 0 do options 0 bytes',
      ],
    });
  });

  test('a response with compressed names', () => {
    const answers = 'c00c 0005 0001 0000012c 0006 03617069 c010   c00c 0001 0001 0000003c 0004 7f000001';
    expect(summarise(bytes(`${header('0001 0002 0000 0000')} ${question} ${answers}`))).toEqual({
      kind: 'summary',
      lines: [
        'id 4253 response QUERY NOERROR flags qr rd ra',
        'question www.example. IN A',
        'answer www.example. 300 IN CNAME api.example.',
        'answer www.example. 60 IN A 127.0.0.1',
      ],
    });
  });

  test('what dns-packet encodes', () => {
    const message = dnsPacket.encode({
      type: 'response',
      id: 7,
      flags: 3,
      answers: [
        {type: 'MX', name: 'a.example', data: {preference: 10, exchange: 'mail.a.example'}},
        {type: 'TXT', name: 'a.example', data: ['v=spf1', 'tab\there']},
        {type: 'AAAA', name: 'a.example', data: '::1'},
      ],
    });
    expect(summarise(message)).toEqual({
      kind: 'summary',
      lines: [
        'id 7 response QUERY NXDOMAIN flags qr',
        'answer a.example. 0 IN MX 10 mail.a.example.',
        'answer a.example. 0 IN TXT "v=spf1" "tab\\009here"',
        'answer a.example. 0 IN AAAA ::1',
      ],
    });
  });

  test('a message inside a frame of DNS over TCP', () => {
    const message = dnsPacket.streamEncode({type: 'query', id: 1, questions: [{type: 'NS', name: 'example'}]});
    const decoder = open('length-prefix', {width: 'u16'});
    decoder.push(message);
    const frame = decoder.next();
    if (frame.kind !== 'frame') throw new Error(frame.kind);
    const [payload] = frame.payload;
    expect(summarise(message.subarray(payload!.start, payload!.end))).toMatchObject({
      lines: [expect.any(String), 'question example. IN NS'],
    });
  });
});

/** Records that dns-packet gets wrong or loses the whole message over. */
test.each([
  ['an address of two bytes', '0001 0001 00000000 0002 7f00', 'A \\# 2 7F00'],
  ['an address of five bytes', '0001 0001 00000000 0005 7f00000102', 'A \\# 5 7F00000102'],
  ['a type nobody knows', 'fde8 0001 00000000 0002 abcd', 'TYPE65000 \\# 2 ABCD'],
  ['HTTPS', '0041 0001 00000000 0003 000100', 'HTTPS 1 .'],
  ['a key of another protocol', '0030 0001 00000000 0005 0100040801', 'DNSKEY 256 4 8 AQ=='],
  ['a fingerprint of an unknown hash', '002c 0001 00000000 0004 0103abcd', 'SSHFP 1 3 ABCD'],
])('%s is shown in hex, and the record behind it is still read', (_what, record, line) => {
  const message = bytes(`${header('0000 0002 0000 0000')} 00 ${record} 00 0001 0001 00000000 0004 7f000001`);
  const summary = summarise(message);
  expect(summary).toMatchObject({
    kind: 'summary',
    lines: [expect.any(String), `answer . 0 IN ${line}`, 'answer . 0 IN A 127.0.0.1'],
  });
  expect(summary).not.toHaveProperty('fault');
});

test.each([
  ['a header cut short', '109d0100', 4, /12 bytes/],
  ['a pointer to itself', `${header('0001 0000 0000 0000')} c00c 0001 0001`, 12, /backwards/],
  ['a pointer forward', `${header('0001 0000 0000 0000')} c00e 0001 0001`, 12, /backwards/],
  ['a label of a kind that does not exist', `${header('0001 0000 0000 0000')} 40`, 12, /neither a label/],
  ['a label beyond the end', `${header('0001 0000 0000 0000')} 0561`, 12, /beyond/],
  ['a name too long', `${header('0001 0000 0000 0000')} ${`3f${'61'.repeat(63)}`.repeat(4)} 00 0001 0001`, 204, /255/],
  ['a question that is not there', header('0001 0000 0000 0000'), 12, /ends inside a name/],
  [
    'data beyond the end',
    `${header('0000 0001 0000 0000')} 00 0001 0001 00000000 0005 7f000001`,
    21,
    /RDLENGTH says 5/,
  ],
  ['bytes behind the end', `${header('0000 0000 0000 0000')} 00`, 12, /only at 13/],
] as const)('%s: where and why', (_what, hex, at, reason) => {
  expect(summarise(bytes(hex))).toMatchObject({fault: {at, reason: expect.stringMatching(reason)}});
});

test('names keep apart what they are made of', () => {
  const message = bytes(`${header('0001 0000 0000 0000')} 03612e62 025c ff 011b 00 0001 0001`);
  expect(summarise(message)).toMatchObject({lines: [expect.any(String), 'question a\\.b.\\\\\\255.\\027. IN A']});
});

test('thousands of records are counted, not listed', () => {
  const record = '00 0001 0001 00000000 0004 7f000001';
  const message = bytes(`${header('0000 0fff 0000 0000')} ${record.repeat(4095)}`);
  const summary = summarise(message);
  if (summary.kind !== 'summary') throw new Error(summary.kind);
  expect(summary.lines).toHaveLength(102);
  expect(summary.lines.at(-1)).toBe('… and more: 0 question, 4095 answer, 0 authority, 0 additional');
});

test('any bytes, and every cut of a good message: no throw, printable lines', () => {
  const good = bytes(`${header('0001 0001 0000 0000')} ${question} c00c 0010 0001 00000000 0004 03611b62`);
  const check = (message: Uint8Array) => {
    const summary = summarise(message);
    for (const line of summary.kind === 'summary' ? summary.lines : []) expect(line).toMatch(/^[\x20-\x7e…]*$/u);
    return summary;
  };
  for (let cut = 0; cut < good.length; cut++) expect(check(good.subarray(0, cut))).toHaveProperty('fault');
  expect(check(good)).not.toHaveProperty('fault');
  fc.assert(
    fc.property(
      fc.nat({max: good.length - 1}),
      fc.integer({min: 0, max: 255}),
      fc.uint8Array({maxLength: 30}),
      (at, byte, rest) => {
        const changed = Uint8Array.from([...good, ...rest]);
        changed[at] = byte;
        check(changed);
      },
    ),
    {numRuns: 300},
  );
});
