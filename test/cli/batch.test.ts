import {Writable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {runBatch} from '../../src/cli/batch.ts';
import {Outlet} from '../../src/cli/outlet.ts';

/** Runs a batch over these chunks, and gives the lines it wrote. */
async function answers(
  answer: (request: unknown) => unknown,
  chunks: readonly string[],
  {longest, limit}: {longest?: number; limit?: number} = {},
) {
  const written: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk);
      setImmediate(done);
    },
  });
  const input = async function* () {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  };
  const code = await runBatch(answer, input(), new Outlet(stream, limit), longest);
  expect(code).toBe(0);
  const lines = Buffer.concat(written).toString().split('\n');
  expect(lines.pop()).toBe('');
  return lines;
}

const echo = (request: unknown) => ({result: request});

describe('a batch', () => {
  test('answers each line in order, however the lines are cut into chunks', async () => {
    expect(await answers(echo, ['1\n2', '3\n\n', '"a', 'b"'])).toEqual([
      '{"result":1}',
      '{"result":23}',
      '{"error":"ValueError","message":"line 3 is not JSON: Unexpected end of JSON input"}',
      '{"result":"ab"}',
    ]);
  });

  test('writes an answer whole that is longer than what may wait for a reader', async () => {
    const long = 'x\u{1f600}'.repeat(70_000);
    const lines = await answers(() => long, ['1\n2\n'], {limit: 2 ** 20});
    expect(lines.map(line => JSON.parse(line) === long)).toEqual([true, true]);
  });

  test('refuses a line that is too long, without losing the next', async () => {
    const tooLong = 'x'.repeat(8);
    const chunks = ['1', '0\n', `"${tooLong}`, tooLong, tooLong, '"\n7\n', tooLong, tooLong];
    expect(await answers(echo, chunks, {longest: 10})).toEqual([
      '{"result":10}',
      '{"error":"ValueError","message":"line 2 is longer than 10 characters"}',
      '{"result":7}',
      '{"error":"ValueError","message":"line 4 is longer than 10 characters"}',
    ]);
  });

  test('answers a request whose answer is too long to be a text, and goes on', async () => {
    const answer = (request: unknown) => (request === 1 ? 'x'.repeat(2 ** 30) : request);
    const lines = await answers(answer, ['1\n2\n']);
    expect(lines[0]).toMatch(
      /^\{"error":"ValueError","message":"line 1 asks for an answer that is too long or too deep: /,
    );
    expect(lines[1]).toBe('2');
  });
});
