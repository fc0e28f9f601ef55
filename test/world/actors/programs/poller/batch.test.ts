import {describe, expect, test} from 'vitest';
import {createBatch} from '../../../../../src/world/actors/programs/poller/batch.ts';
import type {PollerEvent} from '../../../../../src/world/actors/programs/poller/events.ts';
import type {CallRecord} from '../../../../../src/world/libc/record.ts';

const received = (size: number): CallRecord => ({
  name: 'recv',
  arguments: [9, 65_536],
  text: `recv(9, …, 65536, 0)`,
  result: size,
  seconds: 0,
  received: new Uint8Array(size),
});

function gathered(work: (batch: ReturnType<typeof createBatch>) => void): PollerEvent[] {
  const told: PollerEvent[] = [];
  const clock = {now: () => 1, epoch: 0n};
  const batch = createBatch(
    clock,
    events => void told.push(...events),
    () => 1000,
  );
  work(batch);
  batch.flush(true);
  return told;
}

describe('events of a poller, gathered', () => {
  test('what was summed up is told before what came after it, of the same connection', () => {
    const told = gathered(batch => {
      batch.connection = 1;
      for (const size of [200_000, 65_536, 65_536, 10]) batch.call(received(size));
      batch.connection = 2;
      batch.call(received(70_000));
      batch.connection = undefined;
      batch.tell({kind: 'ended', connection: 1});
      batch.tell({kind: 'closed', connection: 1, why: 'finished', sent: 0, received: 331_082, unsent: 0});
    });
    const sizes = told.map(event => (event.kind === 'call' ? event.record.result : event.kind));
    expect(sizes).toEqual([200_000, 'more', 10, 'ended', 'closed', 'more']);
    expect(told[1]).toMatchObject({connection: 1, calls: 2, received: 131_072});
    expect(told[5]).toMatchObject({connection: 2, calls: 1, received: 70_000});
  });

  test('nothing is told twice, and every byte is counted', () => {
    const told = gathered(batch => {
      batch.connection = 1;
      for (let count = 0; count < 500; count++) batch.call(received(count % 2 === 0 ? 65_536 : 1));
    });
    const all = told.map(event => {
      if (event.kind === 'call') return event.record.result;
      return event.kind === 'more' ? event.received : 0;
    });
    expect(all.reduce((sum, size) => sum + size, 0)).toBe(250 * 65_537);
    expect(told.length).toBeLessThan(130);
  });
});
