import {describe, expect, test} from 'vitest';
import {parseEscapes} from '../../../src/wire/text/parse-escapes.ts';

const latin = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0));

describe('text with escapes as bytes', () => {
  test.each([
    ['hello\\r\\n', 'hello\r\n'],
    ['\\a\\b\\e\\f\\n\\r\\t\\v\\\\\\\'\\"', '\x07\b\x1b\f\n\r\t\v\\\'"'],
    ['\\x00\\xfF\\x41', '\0\xffA'],
    ['\\0\\12\\377\\0018', '\0\n\xff\x018'],
    ['é\\u00e9\\u{1F600}', '\xc3\xa9\xc3\xa9\xf0\x9f\x98\x80'],
    ['😀', '\xf0\x9f\x98\x80'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(parseEscapes(text)).toEqual({kind: 'bytes', bytes: latin(expected)});
  });
});

describe('what is not an escape', () => {
  test.each([
    ['abc\\', 3, /ends the text/],
    ['a\\q', 1, /\\q is not an escape/],
    ['a\\x4', 1, /two hex digits/],
    ['\\xzz', 0, /two hex digits/],
    ['\\u12', 0, /four hex digits/],
    ['\\u{}', 0, /four hex digits/],
    ['\\u{110000}', 0, /beyond the last character/],
    ['\\u{d800}', 0, /surrogate/],
    ['a\ud800', 1, /surrogate/],
    ['\\400', 0, /is 256/],
    ['\\\u202e', 0, /\\\\u\{202e\} is not/],
    ['\\constructor', 0, /\\c is not/],
  ])('%j at %i', (text, at, sentence) => {
    const answer = parseEscapes(text);
    expect(answer).toMatchObject({kind: 'error', at});
    if (answer.kind === 'error') expect(answer.sentence).toMatch(sentence);
  });
});
