import {expect, test} from 'vitest';
import {glyphId, glyphText, isRisky, worstWidth} from '../../src/terminal/glyphs.ts';

test('a single code point is its own number, a cluster gets one and keeps it', () => {
  expect([glyphId('a', 1), glyphId('日', 2), glyphId('😀', 2)]).toEqual([0x61, 0x65e5, 0x1f600]);
  const family = glyphId('👨‍👩‍👧', 2);
  expect([glyphId('👨‍👩‍👧', 2), glyphText(family), worstWidth(family)]).toEqual([family, '👨‍👩‍👧', 10]);
  expect(family).toBeGreaterThan(0x10_ffff);
});

test.each([
  ['a', false],
  ['é', false],
  ['─', false],
  ['⣿', false],
  ['日', false],
  ['한', false],
  ['😀', true],
  ['⏸', true],
  ['\u{f0001}', true],
  ['\ue0b0', true],
  ['e\u0301', true],
])('%s risky: %s', (text, risky) => {
  expect(isRisky(glyphId(text, 1))).toBe(risky);
});

test('the table of clusters is bounded; what comes later is replaced by a mark of the same width', () => {
  const marks = Array.from({length: 260}, (_, index) => String.fromCodePoint(0x4e00 + index));
  for (const first of marks) for (const second of marks) glyphId(`${first}\u0301${second}`, 1);
  expect(glyphText(glyphId('q\u0301\u0302', 1))).toBe('\ufffd');
  expect(glyphText(glyphId('1\ufe0f\u20e3', 2))).toBe('〓');
  expect(glyphText(glyphId('👨‍👩‍👧', 2))).toBe('👨‍👩‍👧');
});
