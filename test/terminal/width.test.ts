import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {clusters} from '../../src/terminal/clusters.ts';
import {pad, sliceByWidth, truncate, width} from '../../src/terminal/width.ts';
import {isWideCodePoint} from '../../src/terminal/width-table.ts';

const words: [string, number][] = [
  ['', 0],
  ['plain', 5],
  ['naïve', 5],
  ['e\u0301', 1],
  ['日本語', 6],
  ['ｆｕｌｌ', 8],
  ['한글', 4],
  ['\u1112\u1161\u11ab', 2],
  ['😀', 2],
  ['👨‍👩‍👧', 2],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 2],
  ['🇩🇪🇫🇷', 4],
  ['👍🏽', 2],
  ['❤️', 2],
  ['❤', 1],
  ['1️⃣', 2],
  ['─│┌▶⣿↔', 6],
  ['a\u200bb', 2],
  ['a\u202eb', 2],
  ['soft\u00adhyphen', 10],
  ['का', 2],
  ['ｶﾞ', 2],
];

describe('width', () => {
  test.each(words)('%j takes %i cells', (text, cells) => {
    expect(width(text)).toBe(cells);
    expect(stringWidth(text)).toBe(cells);
  });

  test('every code point is as wide as Ink believes', () => {
    // The long runs of ideographs, syllables and unassigned code points are sampled.
    const sampled = /[\p{Unified_Ideograph}\p{Script=Hangul}\p{Script=Tangut}\p{Cn}\p{Co}]/u;
    const odd: string[] = [];
    let compared = 0;
    for (let code = 0xa0; code < 0x11_0000; code++) {
      if ((code >= 0xd800 && code <= 0xdfff) || code === 0x2028 || code === 0x2029) continue;
      const text = String.fromCodePoint(code);
      if (code % 199 !== 0 && sampled.test(text)) continue;
      compared++;
      if (width(text) !== stringWidth(text))
        odd.push(`U+${code.toString(16)}: ${width(text)}, Ink ${stringWidth(text)}`);
    }
    expect(odd).toEqual([]);
    expect(compared).toBeGreaterThan(30_000);
  });

  test('the table is that of string-width, at both ends of every range', () => {
    const odd: number[] = [];
    for (let code = 0x1100; code < 0x4_0000; code++) {
      if (isWideCodePoint(code) === isWideCodePoint(code - 1)) continue;
      for (const near of [code - 1, code]) {
        const text = String.fromCodePoint(near);
        if (/[\p{Mark}\p{Default_Ignorable_Code_Point}]/u.test(text)) continue;
        if (isWideCodePoint(near) !== (stringWidth(text) === 2)) odd.push(near);
      }
    }
    expect(odd).toEqual([]);
  });

  test('any text without controls is as wide as Ink believes', () => {
    const piece = fc.constantFrom(
      ...words.map(([text]) => text),
      ' ',
      '\u0301',
      '\u200d',
      '\ufe0f',
      '゙',
      '\u1100',
      'ी',
      '🏽',
      '👩',
    );
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 8}), pieces => {
        const text = pieces.join('');
        expect([text, width(text)]).toEqual([text, stringWidth(text)]);
      }),
      {numRuns: 2000},
    );
  });

  test('a control character takes the one cell of its mark, and never gets through', () => {
    expect(
      clusters('a\x1b[2Jb\r\n\x9b\x7f')
        .map(({text}) => text)
        .join(''),
    ).toBe('a·[2Jb····');
    expect(width('a\x1b[2Jb\r\n\x9b\x7f')).toBe(10);
    expect(width('\u2028\ud800')).toBe(2);
  });

  test('a pile of marks is cut and stays in its cell', () => {
    const pile = clusters(`z${'\u0301'.repeat(500)}`);
    expect(pile).toHaveLength(1);
    expect(pile[0]!.width).toBe(1);
    expect(pile[0]!.text.length).toBeLessThanOrEqual(32);
  });
});

describe('truncate, pad, sliceByWidth', () => {
  test.each([
    ['plain', 5, undefined, 'plain'],
    ['plain', 4, undefined, 'pla…'],
    ['plain', 1, undefined, '…'],
    ['plain', 0, undefined, ''],
    ['日本語', 5, undefined, '日本…'],
    ['日本語', 4, undefined, '日…'],
    ['/var/log/syslog', 8, {cut: 'start'}, '…/syslog'],
    ['127.0.0.1:40112', 9, {cut: 'middle'}, '127.…0112'],
    ['plain', 4, {ellipsis: '..'}, 'pl..'],
    ['plain', 1, {ellipsis: '..'}, '.'],
    ['👨‍👩‍👧👨‍👩‍👧', 3, undefined, '👨‍👩‍👧…'],
  ] as const)('truncate(%j, %i, %j) is %j', (text, cells, options, wanted) => {
    expect(truncate(text, cells, options)).toBe(wanted);
  });

  test('pad fills to exactly the cells asked for', () => {
    expect(pad('日', 5)).toBe('日   ');
    expect(pad('日', 5, 'right')).toBe('   日');
    expect(pad('日', 5, 'center')).toBe(' 日  ');
    expect(pad('日本', 3)).toBe('日…');
  });

  test('a wide glyph cut by an edge becomes a space', () => {
    expect(sliceByWidth('a日b', 0, 2)).toBe('a ');
    expect(sliceByWidth('a日b', 2, 4)).toBe(' b');
    expect(sliceByWidth('a日b', 1, 3)).toBe('日');
    expect(sliceByWidth('plain', 1, 3)).toBe('la');
    expect(sliceByWidth('日', 1, 1)).toBe('');
  });

  test('whatever the text, truncate is never wider and a slice is exactly as wide as asked', () => {
    const text = fc.string({unit: 'grapheme', maxLength: 20});
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (any, a, b) => {
        expect(width(truncate(any, a))).toBeLessThanOrEqual(a);
        expect(width(pad(any, a))).toBe(a);
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(width(sliceByWidth(any, start, end))).toBe(Math.max(0, Math.min(end, width(any)) - start));
      }),
    );
  });
});
