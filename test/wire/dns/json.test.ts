import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {rfc8427} from '../../../src/wire/dns/json.ts';
import {fromHex} from '../../../src/wire/text/hex.ts';

const {messages} = JSON.parse(readFileSync(new URL('../../vectors/dns-dig.json', import.meta.url), 'utf8')) as {
  readonly messages: readonly {readonly title: string; readonly hex: string}[];
};

const bytesOf = (title: string) => fromHex(messages.find(message => message.title === title)!.hex)!;

describe('a message in JSON (RFC 8427)', () => {
  test('has its header, its question and its records', () => {
    const bytes = bytesOf('an answer with everything');
    expect(rfc8427(decodeMessage(bytes).message, bytes)).toEqual({
      msgLength: bytes.length,
      ID: 4660,
      QR: 1,
      Opcode: 0,
      AA: 1,
      TC: 0,
      RD: 1,
      RA: 1,
      AD: 0,
      CD: 0,
      RCODE: 0,
      RCODEname: 'NOERROR',
      QDCOUNT: 1,
      ANCOUNT: 3,
      NSCOUNT: 1,
      ARCOUNT: 2,
      QNAME: 'www.example.test.',
      QTYPE: 1,
      QTYPEname: 'A',
      QCLASS: 1,
      QCLASSname: 'IN',
      answerRRs: [
        record('www.example.test.', 5, 'CNAME', 300, 'pool.example.test.', '04706F6F6C076578616D706C65047465737400'),
        record('pool.example.test.', 1, 'A', 0, '192.0.2.1', 'C0000201'),
        record('pool.example.test.', 1, 'A', 4294967295, '192.0.2.2', 'C0000202'),
      ],
      authorityRRs: [record('example.test.', 2, 'NS', 86400, 'ns.example.test.', '026E73076578616D706C65047465737400')],
      additionalRRs: [
        record('ns.example.test.', 28, 'AAAA', 300, '::1', '00000000000000000000000000000001'),
        {NAME: '.', TYPE: 41, TYPEname: 'OPT', CLASS: 1232, TTL: 0, RDLENGTH: 0},
      ],
      messageOctetsHEX: Buffer.from(bytes).toString('hex').toUpperCase(),
    });
  });

  test('keeps the upper bits of the response code in OPT, as it is on the wire', () => {
    const {message} = decodeMessage(bytesOf('response code 23'));
    const json = rfc8427(message);
    expect(json).toMatchObject({RCODE: 7, RCODEname: 'BADCOOKIE', additionalRRs: [{TTL: 0x01000000}]});
    expect(json).not.toHaveProperty('messageOctetsHEX');
  });

  test('has the options of EDNS as bytes', () => {
    const {message} = decodeMessage(bytesOf('the option NSID'));
    expect(rfc8427(message)).toMatchObject({
      additionalRRs: [{TYPEname: 'OPT', RDLENGTH: 15, RDATAHEX: '0003000B6E73312E6578616D706C65'}],
    });
  });

  test('has no QNAME without a question, and a list for several', () => {
    const {message} = decodeMessage(bytesOf('no question'));
    expect(rfc8427(message)).not.toHaveProperty('QNAME');
    const question = {name: 'a.', type: 1, class: 1};
    expect(rfc8427({...message, questions: [question, {...question, type: 65280}]})).toMatchObject({
      QDCOUNT: 2,
      questionRRs: [
        {NAME: 'a.', TYPE: 1, TYPEname: 'A', CLASS: 1, CLASSname: 'IN'},
        {NAME: 'a.', TYPE: 65280, TYPEname: 'TYPE65280', CLASS: 1, CLASSname: 'IN'},
      ],
    });
  });

  test('may have the fields of the message with their places', () => {
    const {message} = decodeMessage(bytesOf('no question'));
    const field = {
      offset: 0,
      length: 2,
      name: 'header.id',
      value: '4660',
      meaning: 'The query that this answers.',
      section: 'header',
      targets: [12],
    } as const;
    expect(rfc8427(message, undefined, [field])).toMatchObject({fields: [{...field, targets: '12'}]});
  });

  test.each(messages)('$title is plain data', ({hex}) => {
    const bytes = fromHex(hex)!;
    const json = rfc8427(decodeMessage(bytes).message, bytes);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

function record(name: string, type: number, typeName: string, ttl: number, text: string, hex: string) {
  return {
    NAME: name,
    TYPE: type,
    TYPEname: typeName,
    CLASS: 1,
    CLASSname: 'IN',
    TTL: ttl,
    [`rdata${typeName}`]: text,
    RDLENGTH: hex.length / 2,
    RDATAHEX: hex,
  };
}
