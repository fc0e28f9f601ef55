import {expect, test} from 'vitest';
import {inOrder} from '../../../src/chapters/names/in-order.ts';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise(done => setImmediate(done));
};

/** A job that says its name twice, each after so many turns. */
const job =
  (said: string[], name: string, before: number, between: number) => async (say: (what: () => void) => void) => {
    await turns(before);
    say(() => said.push(`${name}1`));
    await turns(between);
    say(() => said.push(`${name}2`));
    return name;
  };

test('jobs run at once, and are heard in their order', async () => {
  const said: string[] = [];
  const results = await inOrder([job(said, 'a', 5, 5), job(said, 'b', 1, 20), job(said, 'c', 1, 1)]);
  expect(results).toEqual(['a', 'b', 'c']);
  expect(said).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
});

test('the first one is heard while it speaks', async () => {
  const said: string[] = [];
  const both = inOrder([job(said, 'a', 1, 30), job(said, 'b', 1, 1)]);
  await turns(10);
  expect(said).toEqual(['a1']);
  await both;
});

test('a failure is told when all have ended', async () => {
  const said: string[] = [];
  const failing = async () => {
    throw new RangeError('broken');
  };
  await expect(inOrder([failing, job(said, 'b', 3, 3)])).rejects.toThrow('broken');
  expect(said).toEqual(['b1', 'b2']);
});
