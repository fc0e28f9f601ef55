import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {concat} from '../../../src/wire/bytes.ts';
import {endOfMessage, longestLine, stuffDots, unstuffDot, withLineEnds} from '../../../src/wire/smtp/dots.ts';
import {LineBuffer} from '../../../src/wire/smtp/lines.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** What a server makes of what comes behind 354. */
function received(sent: Uint8Array): Uint8Array | undefined {
  const buffer = new LineBuffer();
  buffer.push(sent);
  const lines: Uint8Array[] = [];
  for (let line = buffer.next(); line !== undefined; line = buffer.next()) {
    if (text(line.bytes) === '.\r\n') return buffer.length === 0 ? concat(lines) : undefined;
    lines.push(unstuffDot(line.bytes));
  }
  return undefined;
}

describe('line ends', () => {
  test.each([
    ['a\nb', 'a\r\nb', 1],
    ['a\r\nb\r\n', 'a\r\nb\r\n', 0],
    ['\r\r\n\n\r', '\r\n\r\n\r\n\r\n', 3],
    ['', '', 0],
  ])('%j', (from, to, changed) => {
    const made = withLineEnds(bytes(from));
    expect({text: text(made.bytes), changed: made.changed}).toEqual({text: to, changed});
  });
});

describe('dots', () => {
  test.each([
    ['.\r\n', '..\r\n', 1],
    ['a.b\r\n.c\r\n..d\r\n', 'a.b\r\n..c\r\n...d\r\n', 2],
    ['.', '..\r\n', 1],
    ['a\r\n\r\n.\r\n', 'a\r\n\r\n..\r\n', 1],
    ['', '', 0],
    ['no end', 'no end\r\n', 0],
  ])('%j is sent as %j', (from, to, dots) => {
    const made = stuffDots(bytes(from));
    expect({text: text(made.bytes), dots: made.dots}).toEqual({text: to, dots});
  });

  test('whatever a message is, the server has it back, and the end is found once', () => {
    const line = fc.string({unit: fc.constantFrom('.', 'a', '\r', '\n', '\xff', ' '), maxLength: 30});
    fc.assert(
      fc.property(line, typed => {
        const {bytes: message} = withLineEnds(bytes(typed));
        const ended = message.length === 0 || message.at(-1) === 0x0a ? message : concat([message, bytes('\r\n')]);
        const sent = concat([stuffDots(message).bytes, endOfMessage]);
        expect(text(received(sent) ?? bytes('lost'))).toBe(text(ended));
      }),
    );
  });
});

test('the longest line is counted without its end', () => {
  expect(longestLine(bytes('a\r\nbcd\r\nef'))).toBe(3);
  expect(longestLine(bytes('a\nbcdef'))).toBe(5);
  expect(longestLine(bytes('\n'))).toBe(0);
  expect(longestLine(bytes(''))).toBe(0);
});
