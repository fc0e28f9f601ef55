import {closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {hexExperiment} from '../../src/chapters/data/hex.ts';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {openRun} from '../../src/ui/control.ts';
import {openToys} from './toys/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-wants-'));
afterAll(() => rmSync(folder, {recursive: true}));

test('a part gets what it lacks after the frame that found it missing, and asks once', async () => {
  const path = join(folder, 'big.bin');
  const descriptor = openSync(path, 'w');
  ftruncateSync(descriptor, 100_000_000);
  writeSync(descriptor, 'the end', 100_000_000 - 7);
  closeSync(descriptor);
  const bench = openToys();
  const {bench: runs} = bench.store;
  try {
    const run = runs.start(hexExperiment, {...defaultsOf(hexExperiment.fields), file: path});
    const act = vi.spyOn(run, 'act');
    openRun(bench.store, run);
    await vi.waitFor(() => expect(bench.screen().join('\n')).toContain('100000000 bytes'));
    bench.press('end');
    expect(bench.screen().join('\n')).toContain('Reading …');
    await vi.waitFor(() => expect(bench.screen().join('\n')).toContain('the end'));
    bench.screen();
    await new Promise(done => setImmediate(done));
    const asked = act.mock.calls.length;
    for (let frame = 0; frame < 5; frame++) bench.screen();
    await new Promise(done => setImmediate(done));
    expect(act.mock.calls.length).toBe(asked);
    expect(asked).toBeLessThan(6);
  } finally {
    await runs.close();
  }
});
