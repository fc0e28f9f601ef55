import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseEscapes} from '../../../src/wire/text/parse-escapes.ts';
import {gutter, visible} from '../../../src/wire/text/visible.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What a screen must never get from outside: it moves, colours, hides, joins or reorders. */
const dangerous =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

describe('shown as an escape', () => {
  test.each([
    ['escape sequence', '\x1b[31mred', '\\x1b[31mred'],
    ['end of line', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['NUL, BEL, backspace, DEL', '\0\x07\x08\x7f', '\\x00\\x07\\x08\\x7f'],
    ['C1 control sequence introducer', '\x9b31m\x85', '\\u{9b}31m\\u{85}'],
    ['OSC 52 clipboard write', '\x1b]52;c;cm0=\x07', '\\x1b]52;c;cm0=\\x07'],
    ['right-to-left override', 'user\u202etxt.exe', 'user\\u{202e}txt.exe'],
    ['bidi isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', '\\u{2066}a\\u{2069}\\u{200e}\\u{200f}\\u{61c}'],
    ['zero width', 'pay\u200bpal\u200c\u2060', 'pay\\u{200b}pal\\u{200c}\\u{2060}'],
    ['byte order mark', '\ufeffhi', '\\u{feff}hi'],
    ['line and paragraph separator', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['spaces that only look like one', 'a\u00a0b\u2003c', 'a\\u{a0}b\\u{2003}c'],
    ['unassigned, noncharacter, private', '\u0378\uffff\ue000', '\\u{378}\\u{ffff}\\u{e000}'],
    ['lone surrogates', 'a\ud800b\udc80', 'a\\u{d800}b\\u{dc80}'],
    ['tag characters', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['a selector with nothing to select', 'a\ufe0f\u{e0101}', 'a\\u{fe0f}\\u{e0101}'],
    ['a joiner that joins no emoji', 'a\u200db', 'a\\u{200d}b'],
    ['a mark with nothing under it', '\u0301a', '\\u{301}a'],
    ['a mark after an escape', '\x1b\u0301', '\\x1b\\u{301}'],
    ['a pile of marks', `a${'\u0300'.repeat(6)}`, 'a\u0300\u0300\u0300\u0300\\u{300}\\u{300}'],
    ['blank letters', 'a\u3164b\u115f', 'a\\u{3164}b\\u{115f}'],
  ])('%s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
    if (text.isWellFormed()) expect(visible(utf8(text))).toBe(shown);
  });

  test.each([
    ['a byte alone', bytes(0x61, 0xff, 0x62), 'a\\xffb'],
    ['a continuation without a start', bytes(0x80, 0xbf), '\\x80\\xbf'],
    ['overlong NUL and slash', bytes(0xc0, 0x80, 0xe0, 0x80, 0xaf), '\\xc0\\x80\\xe0\\x80\\xaf'],
    ['a surrogate in UTF-8', bytes(0xed, 0xa0, 0x80), '\\xed\\xa0\\x80'],
    ['beyond U+10FFFF', bytes(0xf4, 0x90, 0x80, 0x80), '\\xf4\\x90\\x80\\x80'],
    ['cut inside a character', utf8('é漢').subarray(0, 4), 'é\\xe6\\xbc'],
    ['C1 bytes', bytes(0x9b, 0x33, 0x31, 0x6d), '\\x9b31m'],
    ['good after bad', bytes(0xe2, 0x82, 0xe2, 0x82, 0xac), '\\xe2\\x82€'],
  ])('%s that is not UTF-8', (_name, source, shown) => {
    expect(visible(source)).toBe(shown);
  });
});

describe('kept', () => {
  test.each([
    'plain text ~!',
    'naïve Ünïcode Ελληνικά Русский',
    '漢字かな交じり文　全角',
    'עברית العربية हिन्दी ไทย',
    'Việt'.normalize('NFD'),
    '😀 👍🏽 ❤️ 🇫🇷 1️⃣ 👨‍👩‍👧 🏳️‍🌈',
    '─│┌┘█⣿ ← ∑ €',
    String.raw`C:\temp\new`,
  ])('%s', text => {
    expect(visible(text)).toBe(text);
    expect(visible(utf8(text))).toBe(text);
  });

  test('line ends, when the text will be laid out by line', () => {
    expect(visible('a\n\tb\r\n', {lines: true})).toBe('a\n\\tb\\r\n');
  });
});

describe('for any input', () => {
  const hostile = fc.oneof(
    fc.string({unit: 'binary'}),
    fc.string({
      unit: fc.constantFrom('\x1b', '\u202e', '\u200d', '\ufe0f', '\u0301', '😀', 'a', '\ud83d', '\ude00', '\\', '\n'),
    }),
  );

  test('nothing dangerous comes out, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.uint8Array({maxLength: 60})), source => {
        const shown = visible(source);
        expect(shown).not.toMatch(dangerous);
        expect(visible(shown)).toBe(shown);
      }),
      {numRuns: 2000},
    );
  });

  test('exact text reads back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 60}), source => {
        expect(parseEscapes(visible(source, {exact: true}))).toEqual({kind: 'bytes', bytes: source});
      }),
      {numRuns: 1000},
    );
    expect(visible('a\\n\n', {exact: true})).toBe('a\\\\n\\n');
    expect(visible('\\', {exact: true})).toBe('\\\\');
  });
});

test('the gutter has one cell for each byte', () => {
  const shown = Array.from({length: 256}, (_, byte) => gutter(byte)).join('');
  expect(shown.length).toBe(256);
  expect(shown.replaceAll('·', '')).toBe(Array.from({length: 95}, (_, k) => String.fromCharCode(32 + k)).join(''));
});
