import {describe, expect, test} from 'vitest';
import {parsePeriod} from '../../../../src/wire/dns/rdata/period.ts';
import {parseTime, spelledTime, timeText} from '../../../../src/wire/dns/rdata/time.ts';

describe('times of signatures', () => {
  // Every 35 hours or so over the 136 years that 32 bits have, and the ends of them.
  const instants = [0, 1, 951782399, 951782400, 951868799, 951868800, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  for (let at = 12345; at < 2 ** 32; at += 126_491) instants.push(at);

  test('are what Date makes of them, and come back', () => {
    for (const seconds of instants) {
      const expected = new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
      expect(timeText(seconds)).toBe(expected);
      expect(parseTime(expected)).toBe(seconds);
    }
  });

  test.each([
    '20260230000000',
    '20261301000000',
    '20260101240000',
    '21070101000000',
    '19691231235959',
    '2026',
    '4294967296',
    '2026010100000',
    '-1',
    '',
  ])('"%s" is none, or a number of seconds', text => {
    expect(parseTime(text)).toBe(text === '2026' ? 2026 : undefined);
  });

  test('are spelled out', () => {
    expect(spelledTime('20261201033000')).toBe('2026-12-01 03:30:00 UTC');
  });
});

test.each([
  ['0', 0],
  ['3600', 3600],
  ['1h30m', 5400],
  ['1W2D3H4M5S', 788645],
  ['4294967295', 4294967295],
  ['4294967296', undefined],
  ['9999w', undefined],
  ['1h30', undefined],
  ['h', undefined],
  ['', undefined],
  ['1.5h', undefined],
])('"%s" is a period of %s seconds', (text, seconds) => {
  expect(parsePeriod(text)).toBe(seconds);
});
