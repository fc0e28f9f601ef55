import {describe, expect, test} from 'vitest';
import {decodeAnswer} from '../../../src/wire/whois/decode.ts';
import {questionFor} from '../../../src/wire/whois/question.ts';
import {findReferrals, readPlace, readTarget} from '../../../src/wire/whois/referral.ts';

describe('referrals', () => {
  test('are found in every form, the best first', () => {
    const answer = `% IANA\r\nrefer:        whois.nic.test\r\n\r\nwhois: whois.old.test
   Registrar WHOIS Server: whois.registrar.test\r\nReferralServer:  whois://127.0.0.1:4343/\r
%referral rwhois://rwhois.example.test:4321/auth-area=.
remarks: whois: nothing`;
    const found = findReferrals(answer);
    expect(found.map(({by, line, host, port}) => [by, line, host, port])).toEqual([
      ['ReferralServer', 6, '127.0.0.1', 4343],
      ['%referral', 7, undefined, undefined],
      ['Registrar WHOIS Server', 5, 'whois.registrar.test', 43],
      ['refer', 2, 'whois.nic.test', 43],
      ['whois', 4, 'whois.old.test', 43],
    ]);
    expect(found[1]?.fault).toContain('rwhois');
  });

  test('there are none in an answer that has none', () => {
    expect(findReferrals('')).toEqual([]);
    expect(findReferrals('refer:\nwhois:   \nReferralServer:')).toEqual([]);
  });

  test.each([
    ['whois://[2001:db8::1]:4343', {host: '2001:db8::1', port: 4343}],
    ['2001:db8::1', {host: '2001:db8::1', port: 43}],
    ['WHOIS://whois.ripe.net/', {host: 'whois.ripe.net', port: 43}],
    ['https://www.example.test/whois', {fault: 'It is a web page, for a browser'}],
    ['gopher://x', {fault: 'gopher:// is no way to ask whois'}],
    ['whois://', {fault: '“whois://” names no host'}],
    ['host:99999', {fault: '“host:99999” names no host'}],
    ['host:0', {fault: '“host:0” names no host'}],
  ])('%s', (target, expected) => {
    expect(readTarget(target)).toEqual(expected);
  });

  test('a place is a host with a port', () => {
    expect(readPlace('whois.iana.test')).toEqual({host: 'whois.iana.test', port: 43});
    expect(readPlace('[::1]:4343')).toEqual({host: '::1', port: 4343});
    expect(readPlace('a b')).toBeUndefined();
    expect(readPlace('')).toBeUndefined();
    expect(readPlace('...')).toBeUndefined();
  });
});

describe('answers', () => {
  test('are UTF-8, or Latin-1 where they are not', () => {
    expect(decodeAnswer(Buffer.from('Zoë'), 'auto')).toEqual({text: 'Zoë', encoding: 'utf-8', ascii: false});
    expect(decodeAnswer(Buffer.from('Zoë', 'latin1'), 'auto')).toEqual({
      text: 'Zoë',
      encoding: 'latin-1',
      ascii: false,
    });
    expect(decodeAnswer(Buffer.from('Zoë'), 'latin-1').text).toBe('ZoÃ«');
    expect(decodeAnswer(Buffer.from('plain'), 'auto')).toEqual({text: 'plain', encoding: 'utf-8', ascii: true});
    const long = Buffer.alloc(100_000, 0xe4);
    expect(decodeAnswer(long, 'auto').text).toBe('ä'.repeat(100_000));
  });
});

describe('questions', () => {
  test.each([
    ['whois.nic.test', 'example.test', 'example.test'],
    ['whois.verisign-grs.com', 'example.com', 'domain example.com'],
    ['WHOIS.DENIC.DE.', 'example.de', '-T dn,ace example.de'],
    ['whois.arin.net', '192.0.2.1', 'n + 192.0.2.1'],
    ['whois.arin.net', 'AS64496', 'a + AS64496'],
    ['whois.arin.net', 'n ! NET-192', 'n ! NET-192'],
    ['constructor', 'x', 'x'],
  ])('%s is asked %s', (server, query, question) => {
    expect(questionFor(server, query)).toBe(question);
  });
});
