import {Writable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {Outlet} from '../../src/cli/outlet.ts';

/** A reader that takes a chunk only when it is told to. */
function slowReader() {
  const taken: string[] = [];
  const pending: (() => void)[] = [];
  const stream = new Writable({
    highWaterMark: 10,
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      pending.push(() => {
        taken.push(typeof chunk === 'string' ? chunk : `<${chunk.length}>`);
        done();
      });
    },
  });
  const take = async () => {
    pending.shift()?.();
    await new Promise(done => setImmediate(done));
  };
  return {stream, taken, take, pending};
}

const turn = () => new Promise(done => setImmediate(done));

describe('an outlet', () => {
  test('writes what is given in one turn in one piece, in order, bytes between text', async () => {
    const {stream, taken, take} = slowReader();
    const outlet = new Outlet(stream);
    outlet.write('a');
    outlet.write('b');
    outlet.write(new Uint8Array(3));
    outlet.write('c');
    for (let round = 0; round < 4; round++) await take().then(turn);
    expect(taken).toEqual(['ab', '<3>', 'c']);
  });

  test('waits for a slow reader and holds no more than its limit; what is refused is said', async () => {
    const {stream, taken, take, pending} = slowReader();
    const outlet = new Outlet(stream, 100);
    const given = Array.from({length: 20}, (_, index) => `${index}`.padStart(10));
    const written: string[] = [];
    for (const piece of given) {
      if (outlet.write(piece)) written.push(piece);
      await turn();
    }
    expect(pending.length).toBe(1);
    expect(written.length).toBe(11);
    for (let round = 0; round < 30; round++) await take();
    await outlet.drained();
    expect(taken.join('')).toBe(written.join(''));
  });

  test('says when the reader is far behind, and when it has caught up', async () => {
    const {stream, take} = slowReader();
    const outlet = new Outlet(stream);
    await outlet.caughtUp();
    for (let index = 0; index < 40; index++) outlet.write('x'.repeat(64 * 1024));
    let caughtUp = false;
    const waiting = outlet.caughtUp().then(() => {
      caughtUp = true;
    });
    await turn();
    expect(caughtUp).toBe(false);
    for (let round = 0; round < 80; round++) await take();
    await waiting;
    expect(caughtUp).toBe(true);
  });

  test('a reader that leaves ends it quietly; a full disk is kept as a failure', async () => {
    for (const code of ['EPIPE', 'ENOSPC']) {
      const stream = new Writable({write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), {code}))});
      const outlet = new Outlet(stream);
      outlet.write('x');
      await outlet.gone;
      await outlet.drained();
      expect(outlet.write('more')).toBe(false);
      expect(outlet.ended).toBe(true);
      expect((outlet.failure as NodeJS.ErrnoException | undefined)?.code).toBe(code === 'EPIPE' ? undefined : code);
    }
  });
});
