import {describe, expect, test} from 'vitest';
import {LineBuffer} from '../../../src/wire/smtp/lines.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

function linesOf(pieces: readonly string[], most?: number): (readonly [string, string])[] {
  const buffer = new LineBuffer(most);
  const lines: (readonly [string, string])[] = [];
  for (const piece of pieces) {
    buffer.push(Buffer.from(piece, 'latin1'));
    for (let line = buffer.next(); line !== undefined; line = buffer.next())
      lines.push([text(line.content), line.ending]);
  }
  return lines;
}

describe('lines', () => {
  const stream = 'one\r\ntwo\n\r\n\nthree\rfour\r\nrest';
  const whole = [
    ['one', 'CRLF'],
    ['two', 'LF'],
    ['', 'CRLF'],
    ['', 'LF'],
    ['three\rfour', 'CRLF'],
  ];

  test('end at each LF, however they arrive', () => {
    expect(linesOf([stream])).toEqual(whole);
    expect(linesOf([...stream])).toEqual(whole);
    for (let cut = 0; cut <= stream.length; cut++)
      expect(linesOf([stream.slice(0, cut), stream.slice(cut)])).toEqual(whole);
  });

  test('keep what is not a line yet', () => {
    const buffer = new LineBuffer();
    buffer.push(new Uint8Array(Buffer.from('a\r\nbc')));
    expect(buffer.next()?.bytes).toEqual(new Uint8Array(Buffer.from('a\r\n')));
    expect(buffer.next()).toBeUndefined();
    expect(buffer.length).toBe(2);
    expect(text(buffer.rest())).toBe('bc');
    expect(buffer.length).toBe(0);
    expect(buffer.rest()).toHaveLength(0);
  });

  test('that are too long come in pieces', () => {
    expect(linesOf(['abcdefghij\r\n'], 4)).toEqual([
      ['abcd', 'none'],
      ['efgh', 'none'],
      ['ij', 'CRLF'],
    ]);
  });
});
