import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {createWorld} from '../../src/world/world.ts';
import {noLibc, run} from './support/tools.ts';

const source = join(import.meta.dirname, '../../src/world/world.ts');

describe('a world', () => {
  test('says what can be had here, and ends although nothing was begun', async () => {
    const world = createWorld();
    const {libc, netlink, proc} = await world.capabilities();
    expect(libc.available).toBe(!noLibc);
    expect(proc.available).toBe(existsSync('/proc/net/tcp'));
    if (!netlink.available) expect(netlink.why).toMatch(/\.$/);
    expect(world.clock.now()).toBeGreaterThan(0);
    await world.close();
    world.kill();
  });

  test.skipIf(noLibc || !existsSync('/proc/self/maps'))(
    'is cheap to make: koffi is loaded at the first question',
    () => {
      const script = `
      const {readFileSync} = await import('node:fs');
      const loaded = () => readFileSync('/proc/self/maps', 'utf8').includes('koffi');
      const {createWorld} = await import(${JSON.stringify(source)});
      const world = createWorld();
      const before = loaded();
      await world.capabilities();
      console.log(JSON.stringify([before, loaded()]));`;
      expect(JSON.parse(run(process.execPath, ['--input-type=module', '-e', script]))).toEqual([false, true]);
    },
  );
});
