import {describe, expect, test} from 'vitest';
import {enhancedMeaning, replyCodes, replyMeaning} from '../../../src/wire/smtp/codes.ts';
import {readOffers} from '../../../src/wire/smtp/extensions.ts';
import {LineBuffer} from '../../../src/wire/smtp/lines.ts';
import {readReplyLine, replyClass} from '../../../src/wire/smtp/reply.ts';

function read(line: string) {
  const buffer = new LineBuffer(4096);
  buffer.push(Buffer.from(line));
  return readReplyLine(buffer.next()!);
}

describe('reply lines', () => {
  test.each([
    ['250 OK\r\n', {code: 250, last: true, text: 'OK'}],
    ['250-SIZE 1000\r\n', {code: 250, last: false, text: 'SIZE 1000'}],
    ['354\r\n', {code: 354, last: true, text: ''}],
    ['550 5.1.1 No such user\r\n', {code: 550, last: true, text: '5.1.1 No such user', enhanced: '5.1.1'}],
    ['250 2.1.05 x\r\n', {code: 250, last: true, text: '2.1.05 x'}],
    ['221 Zoë\r\n', {code: 221, last: true, text: 'Zoë'}],
  ])('%j', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  test.each([
    ['550 2.1.1 Odd\r\n', 'The enhanced code 2.1.1 does not fit 550'],
    ['250 OK\n', 'The line ends with a bare LF'],
    [`250 ${'x'.repeat(600)}\r\n`, 'The line has 606 bytes; 512 is the limit'],
    ['HTTP/1.1 400 Bad Request\r\n', 'A reply begins with three digits'],
    ['999 what\r\n', 'No reply code begins as 999 does'],
    ['250OK\r\n', 'A reply begins with three digits'],
    ['\r\n', 'A reply begins with three digits'],
  ])('%j is told to be wrong', (line, fault) => {
    expect(read(line).fault).toContain(fault);
  });

  test('their codes are put into words', () => {
    expect(replyMeaning(451).says).toContain('try again later');
    expect(replyMeaning(299).says).toBe('It worked');
    expect(replyMeaning(432)).toEqual({says: 'A new password is needed first', source: 'RFC 4954 §6'});
    expect(replyMeaning(512).says).toBe('No: the same will not work again; it is about information that was asked for');
    expect(replyMeaning(0).says).toBe('This is no reply code');
    for (const [code, {says, source}] of replyCodes) {
      expect(replyClass(code)).not.toBe('none');
      expect(says).toMatch(/^[A-Z].*[^.]$/);
      expect(source).toMatch(/^RFC \d+ §/);
    }
  });

  test('so are enhanced codes, also those that are not registered', () => {
    expect(enhancedMeaning('5.1.1')).toBe('never: there is no such mailbox');
    expect(enhancedMeaning('2.7.999')).toBe('success: about security or policy, detail 999');
    expect(enhancedMeaning('4.99.1')).toBe('not now: about a subject that is not registered, detail 1');
  });

  test('what is offered is read from the reply to EHLO', () => {
    expect(readOffers(['mail.example greets you', 'SIZE 1000', 'starttls', 'AUTH=LOGIN PLAIN', '8BITMIME'])).toEqual({
      SIZE: '1000',
      STARTTLS: '',
      AUTH: 'LOGIN PLAIN',
      '8BITMIME': '',
    });
  });
});
