import {describe, expect, test} from 'vitest';
import {Pending} from '../../../src/chapters/names/mail-pending.ts';

describe('what is not answered yet', () => {
  test('is answered in order, also when it was sent at once', () => {
    const pending = new Pending();
    expect(pending.verb).toBe('');
    pending.said('mail FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n');
    const verbs = [250, 250, 354].map(code => {
      const {verb} = pending;
      pending.answered(code);
      return verb;
    });
    expect(verbs).toEqual(['MAIL', 'RCPT', 'DATA']);
    expect(pending.inMessage).toBe(true);
  });

  test('half a line is no command before its end', () => {
    const pending = new Pending();
    pending.said('NO');
    expect(pending.verb).toBe('');
    pending.said('OP\n');
    expect(pending.verb).toBe('NOOP');
  });

  test('lines of a message are none either, up to the dot', () => {
    const pending = new Pending();
    pending.said('DATA\r\n');
    pending.answered(354);
    pending.said('Subject: x\r\n..\r\n');
    pending.said('.\r\nQUIT\r\n');
    expect(pending.inMessage).toBe(false);
    expect(pending.verb).toBe('DATA');
    pending.answered(250);
    expect(pending.verb).toBe('QUIT');
  });

  test('is forgotten with the handshake', () => {
    const pending = new Pending();
    pending.said('STARTTLS\r\nNOOP\r\nhalf');
    pending.forget();
    pending.said('NOOP\r\n');
    expect(pending.verb).toBe('NOOP');
  });
});
