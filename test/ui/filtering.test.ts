import {expect, test} from 'vitest';
import type {WireEvent} from '../../src/journal/event.ts';
import {compileFilter} from '../../src/ui/filtering.ts';

const event: WireEvent = {kind: 'rung', t: 0, seq: 0, run: 1, number: 7};

test('the test of a filter, and the same one while the text stays', () => {
  const found = compileFilter('number>6 kind:rung');
  expect([found?.(event, ''), found?.({...event, number: 6}, '')]).toEqual([true, false]);
  expect(compileFilter('number>6 kind:rung')).toBe(found);
  expect(compileFilter('number>8')?.(event, '')).toBe(false);
});

test.each([[''], ['  '], ['(rung'], ['number>']])('%j hides nothing', text => {
  expect(compileFilter(text)).toBeUndefined();
});
