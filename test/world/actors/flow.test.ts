import {Worker} from 'node:worker_threads';
import {describe, expect, test} from 'vitest';
import {createFlow, createFlowMemory, release, take} from '../../../src/world/actors/flow.ts';

describe('the flow of events', () => {
  test('credit is used up by telling and given back by taking', () => {
    const memory = createFlowMemory();
    const flow = createFlow(memory);
    const whole = flow.credit();
    flow.told(10);
    expect(flow.credit()).toBe(whole - 10);
    take(memory, 4);
    expect(flow.credit()).toBe(whole - 6);
    flow.told(whole);
    expect(flow.credit()).toBe(-6);
  });

  test('the counters may wrap', () => {
    const memory = createFlowMemory();
    const flow = createFlow(memory);
    const whole = flow.credit();
    for (let round = 0; round < 5; round++) {
      flow.told(2 ** 30);
      take(memory, 2 ** 30);
      expect(flow.credit()).toBe(whole);
    }
  });

  test('without credit it waits until some is given', async () => {
    const memory = createFlowMemory();
    const flow = createFlow(memory);
    flow.told(flow.credit());
    const giver = new Worker(
      `const {workerData} = require('node:worker_threads');
       const cells = new Int32Array(workerData);
       setTimeout(() => { Atomics.add(cells, 0, 1); Atomics.notify(cells, 0); }, 20);`,
      {eval: true, workerData: memory},
    );
    flow.wait();
    expect(flow.credit()).toBe(1);
    await giver.terminate();
  });

  test('at the end nobody waits', () => {
    const memory = createFlowMemory();
    const flow = createFlow(memory);
    flow.told(flow.credit() + 1);
    release(memory);
    flow.wait();
    expect(flow.credit()).toBe(-1);
  });
});
