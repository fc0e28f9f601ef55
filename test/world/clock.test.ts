import {expect, test} from 'vitest';
import {createClock} from '../../src/world/clock.ts';

test('a clock starts near 0 and never goes back', () => {
  const clock = createClock();
  const times = Array.from({length: 1000}, () => clock.now());
  expect(times[0]).toBeGreaterThanOrEqual(0);
  expect(times[0]).toBeLessThan(10);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('two clocks with one epoch tell one time', () => {
  const one = createClock();
  const two = createClock(one.epoch);
  const [before, between, after] = [one.now(), two.now(), one.now()];
  expect(between).toBeGreaterThanOrEqual(before);
  expect(between).toBeLessThanOrEqual(after);
  expect(createClock(one.epoch - 5_000_000_000n).now()).toBeGreaterThan(5);
});
