import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {longestLine} from '../../../src/wire/smtp/dots.ts';
import {headerText, quotedPrintable} from '../../../src/wire/smtp/encoding.ts';
import {buildMessage, type Draft, dateText} from '../../../src/wire/smtp/message.ts';
import {has} from '../../world/support/tools.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const draft: Draft = {
  from: 'bob@example.test',
  to: 'alice@example.test',
  subject: 'Hello',
  body: bytes('a\nb'),
  whole: false,
  date: 'Tue, 1 Dec 2026 04:05:06 +0000',
  id: 'x@example.test',
  eightBit: true,
  utf8: false,
};
const made = (change: Partial<Draft>) => {
  const {bytes, ...rest} = buildMessage({...draft, ...change});
  return {...rest, text: Buffer.from(bytes).toString('latin1')};
};

describe('a message', () => {
  test('has a header, an empty line, and the body with CR LF', () => {
    const {text, encoding, changed} = made({});
    expect(text).toBe(
      [
        'Date: Tue, 1 Dec 2026 04:05:06 +0000',
        'From: bob@example.test',
        'To: alice@example.test',
        'Subject: Hello',
        'Message-ID: <x@example.test>',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=us-ascii',
        'Content-Transfer-Encoding: 7bit',
        '',
        'a',
        'b',
        '',
      ].join('\r\n'),
    );
    expect({encoding, changed}).toEqual({encoding: '7bit', changed: 1});
  });

  test('goes as 8 bits where they are taken, and quoted-printable elsewhere', () => {
    expect(made({body: bytes('Zoë')}).text).toMatch(/charset=utf-8\r\n.*8bit\r\n\r\nZo\xc3\xab\r\n$/);
    expect(made({body: bytes('Zoë'), eightBit: false}).text).toMatch(/quoted-printable\r\n\r\nZo=C3=AB\r\n$/);
    expect(made({body: Uint8Array.of(0xff)}).text).toContain('charset=unknown-8bit');
    expect(made({body: Uint8Array.of(0x61, 0)}).encoding).toBe('quoted-printable');
  });

  test('has no line that is too long', () => {
    const {encoding, longest, why} = made({body: bytes('x'.repeat(5000))});
    expect({encoding, longest}).toEqual({encoding: 'quoted-printable', longest: 76});
    expect(why).toContain('5000 bytes and 998 is the limit');
    expect(made({body: bytes('x'.repeat(998))}).encoding).toBe('7bit');
  });

  test('that is whole already is left alone, but for its line ends', () => {
    expect(made({whole: true, body: bytes('Subject: x\n\nZoë')})).toMatchObject({
      text: 'Subject: x\r\n\r\nZo\xc3\xab\r\n',
      encoding: '8bit',
      changed: 2,
    });
  });

  test('dates are written as headers have them', () => {
    expect(dateText(new Date(Date.UTC(2026, 0, 2, 3, 4, 5)))).toBe('Fri, 2 Jan 2026 03:04:05 +0000');
  });
});

describe('encodings', () => {
  test('no line of quoted-printable is longer than 76', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 400}), value => {
        expect(longestLine(quotedPrintable(value))).toBeLessThanOrEqual(76);
      }),
    );
  });

  test('a space at the end of a line is kept', () => {
    expect(Buffer.from(quotedPrintable(bytes('a \r\nb\t'))).toString()).toBe('a=20\r\nb=09');
  });

  test.skipIf(!has('/usr/bin/python3'))('Python reads quoted-printable and encoded words back', () => {
    const body = `Zoë = 東京 \r\n${'long '.repeat(60)}\r\n\ttab\t\r\n.`;
    const subject = 'Grüße aus 東京, '.repeat(8).trim();
    const program = `import sys, json, quopri, email.header as h
asked = json.load(sys.stdin)
text = quopri.decodestring(asked['body']).decode()
subject = str(h.make_header(h.decode_header(asked['subject'])))
print(json.dumps([text, subject, max(map(len, asked['subject'].split('\\r\\n')))]))`;
    const input = JSON.stringify({
      body: Buffer.from(quotedPrintable(bytes(body))).toString(),
      subject: headerText(subject),
    });
    const {stdout} = spawnSync('/usr/bin/python3', ['-c', program], {input, encoding: 'utf8'});
    const [text, read, longest] = JSON.parse(stdout) as [string, string, number];
    expect(text).toBe(body);
    expect(read).toBe(subject);
    expect(longest).toBeLessThanOrEqual(76);
  });
});
