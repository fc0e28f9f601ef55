import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {digShort, digText, recordLines} from '../../../src/wire/dns/dig-text.ts';
import {parseZone} from '../../../src/wire/dns/zone-file.ts';
import {fromHex} from '../../../src/wire/text/hex.ts';

/** Whole messages and what dig prints of them (test/vectors/make-dns-dig.py). */
interface Vector {
  readonly title: string;
  readonly hex: string;
  readonly printed: readonly string[];
}

const file = new URL('../../vectors/dns-dig.json', import.meta.url);
const {messages, clientCookie} = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly messages: readonly Vector[];
  readonly clientCookie: string;
};

const cookie = fromHex(clientCookie)!;

test.each(messages)('$title is printed as dig prints it', ({hex, printed}) => {
  const {message, trailing} = decodeMessage(fromHex(hex)!);
  const lines = digText(message, {trailing, clientCookie: cookie});
  // dig ends with the blank lines that its figures would stand between, and leaves a blank behind a TSIG without other data.
  expect(trimmed(lines)).toEqual(trimmed(printed));
  expect(lines.join('')).not.toMatch(/undefined|NaN/);
});

describe('around the message', () => {
  const {message} = decodeMessage(fromHex(messages[0]!.hex)!);

  test('stands what dig prints before and behind it', () => {
    const lines = digText(message, {
      command: '@127.4.0.53 www.example.test',
      truncatedFirst: true,
      seconds: 0.0124,
      server: {address: '127.4.0.53', port: 5300, transport: 'tcp'},
      when: 'Tue Dec 01 03:30:01 UTC 2026',
      size: 50,
    });
    expect(lines.slice(0, 5)).toEqual([
      ';; Truncated, retrying in TCP mode.',
      '',
      '; <<>> wirebook <<>> @127.4.0.53 www.example.test',
      ';; global options: +cmd',
      ';; Got answer:',
    ]);
    expect(lines.slice(-4)).toEqual([
      ';; Query time: 12 msec',
      ';; SERVER: 127.4.0.53#5300(127.4.0.53) (TCP)',
      ';; WHEN: Tue Dec 01 03:30:01 UTC 2026',
      ';; MSG SIZE  rcvd: 50',
    ]);
  });

  test('a message that is malformed in part says so', () => {
    expect(digText(message, {malformed: true})[0]).toBe(';; Warning: Message parser reports malformed message packet.');
  });

  test('a query has no answer to get', () => {
    expect(digText({...message, response: false, answers: []})[0]).toMatch(/^;; ->>HEADER<<-/);
  });
});

test('an update names its sections as nsupdate does (RFC 2136 §2)', () => {
  const [record] = parseZone('www.example.test. 60 A 192.0.2.1\n').records;
  const {message} = decodeMessage(fromHex(messages[0]!.hex)!);
  const gone = {...record!, class: 255, ttl: 0, data: new Uint8Array(0)};
  const lines = digText({
    ...message,
    response: false,
    opcode: 5,
    questions: [{name: 'example.test.', type: 6, class: 1}],
    answers: [{...gone, class: 254}],
    authorities: [gone, record!],
  });
  expect(lines).toEqual([
    ';; ->>HEADER<<- opcode: UPDATE, status: NOERROR, id: 4660',
    ';; flags: aa rd ra; ZONE: 1, PREREQ: 1, UPDATE: 2, ADDITIONAL: 0',
    '',
    ';; ZONE SECTION:',
    ';example.test.\t\t\tIN\tSOA',
    '',
    ';; PREREQUISITE SECTION:',
    'www.example.test.\t0\tNONE\tA\t',
    '',
    ';; UPDATE SECTION:',
    'www.example.test.\t0\tANY\tA\t',
    'www.example.test.\t60\tIN\tA\t192.0.2.1',
    '',
  ]);
});

test('the short form is the data of the answers', () => {
  const {records} = parseZone('a.test. 60 CNAME b.test.\nb.test. 60 A 192.0.2.1\n');
  const {message} = decodeMessage(fromHex(messages[0]!.hex)!);
  expect(digShort({...message, answers: records})).toEqual(['b.test.', '192.0.2.1']);
  expect(recordLines(records)).toEqual(['a.test.\t\t\t60\tIN\tCNAME\tb.test.', 'b.test.\t\t\t60\tIN\tA\t192.0.2.1']);
});

function trimmed(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex(line => line !== '') + 1).map(line => line.trimEnd());
}
