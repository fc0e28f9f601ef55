import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {zlibExperiment} from '../../../src/chapters/data/zlib.ts';
import type {ZlibState} from '../../../src/chapters/data/zlib-state.ts';
import {zlibView} from '../../../src/ui/panes/zlib.ts';
import {hostile} from '../parts/painting.ts';
import {type Showing, showing, sizes} from './showing.ts';

type Shown = Showing<ZlibState>;

const shown = (ask: object, work: (shown: Shown) => Promise<void> | void, options: object = {}) =>
  showing<ZlibState>(zlibExperiment, zlibView, ask, work, options);

const act = async (pane: Shown, action: string, args = {}) => {
  expect(await pane.run.act({action, args})).toBeUndefined();
  pane.lines();
};

test.each([
  [0, ['d.decompress', 'ended by itself at 14']],
  [1, ["b'Pytho'", "unused_data b'.x'", 'Compressed: 28 bytes', 'Output: 6 bytes']],
  [2, ['Ratio: it grew to 233 %', 'ADLER32', 'unused_data', '[Python]']],
  [3, ['checksum of the output (RFC 1950', 'd = zlib.decompressobj()']],
] as const)('size %i shows what fits', (index, texts) =>
  shown(
    {},
    async pane => {
      await act(pane, 'next');
      await act(pane, 'next');
      for (const text of texts) expect(pane.text()).toContain(text);
    },
    {size: sizes[index]!},
  ),
);

test('o begins anew at the cursor; behind an ended stream, where the next one begins', () =>
  shown({}, async pane => {
    await act(pane, 'all');
    pane.focus('tape', 3);
    await pane.press('o');
    expect(pane.model.state.from).toBe(15);
    await act(pane, 'all');
    expect(pane.text()).toContain("b'zlib'");
    pane.focus('tape', 27);
    await pane.press('o');
    expect(pane.model.state.from).toBe(28 - 1);
  }));

test('o goes to the second member of a gzip file, which follows at once', () => {
  const first = gzipSync('one');
  const data = Buffer.concat([first, gzipSync('two')]).toString('hex');
  return shown({data, dataAs: 'hex', format: 'gzip', piece: 100}, async pane => {
    await act(pane, 'all');
    pane.focus('tape', 3);
    await pane.press('o');
    expect(pane.model.state.from).toBe(first.length);
    await act(pane, 'all');
    expect(pane.text()).toMatch(/Output: 3 bytes[^\n]*\ntwo/);
  });
});

test('without bytes nothing is promised', () =>
  shown({data: '/nowhere/at/all', dataAs: 'file'}, async pane => {
    await expect.poll(() => pane.model.state.refused?.says).toMatch(/does not exist/);
    expect(pane.text()).toMatch(/no bytes to work on[\s\S]*Calls[\s\S]*No object yet/);
    expect(pane.text()).not.toContain('n gives the first piece');
  }));

test('fields and bytes follow each other', () =>
  shown({}, async pane => {
    await act(pane, 'all');
    const fields = pane.part('fields');
    const names = pane.text();
    expect(names).toContain('FDICT');
    pane.focus('fields', 6);
    expect(pane.pane.cursors['tape']).toBe(10);
    expect(fields.part.explain!(pane.part('fields').model)).toMatchObject({title: 'ADLER32'});
    pane.focus('tape', 5);
    expect(pane.part('fields').part.explain!(pane.part('fields').model)).toMatchObject({title: 'deflate data'});
  }));

test('a call lights the bytes it was given', () =>
  shown({}, async pane => {
    await act(pane, 'all');
    pane.focus('calls', 1);
    expect(pane.pane.cursors['tape']).toBe(8);
    expect(pane.has('03 00 08', 'underline')).toBe(true);
    expect(pane.has('78 9c', 'underline')).toBe(false);
  }));

test('a stopped bomb and Python’s errors say so in the list and in the explanation', async () => {
  await shown({sample: 'bomb', limit: 70_000, piece: 100_000}, async pane => {
    await act(pane, 'all');
    expect(pane.text()).toContain('more than the limit of 70000 bytes');
  });
  await shown({sample: 'text'}, async pane => {
    await act(pane, 'all');
    expect(pane.text()).toContain('Error -3 while decompressing data: incorrect header check');
    const {part, model} = pane.part('calls');
    expect(part.explain!(model)?.says).toContain('incorrect header check');
  });
});

test('compressing shows bytes in hex and the ratio', () =>
  shown({op: 'deflate', sample: 'zeros', piece: 50_000}, async pane => {
    await act(pane, 'all');
    expect(pane.text()).toMatch(/Ratio: \d+\.\d to 1/);
    expect(pane.text()).toContain('c.flush()');
    expect(pane.text()).toContain('78 9c');
  }));

test('hostile output is shown, not obeyed; ASCII stays ASCII', async () => {
  await shown({data: hostile, piece: 1000}, async pane => {
    await act(pane, 'all');
    expect(pane.text()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(pane.text()).toContain('\\x1b[31m');
  });
  await shown(
    {},
    async pane => {
      await act(pane, 'all');
      expect(pane.text()).toMatch(/^[\n\x20-\x7e]*$/);
    },
    {ascii: true},
  );
});

test('what cannot be read says why, and the last stays', () =>
  shown({}, async pane => {
    await act(pane, 'next');
    pane.run.reask({...pane.run.ask, data: 'f', dataAs: 'hex'});
    await new Promise(done => setImmediate(done));
    expect(pane.text()).toContain('Half a byte');
    expect(pane.text()).toContain("b'Pytho'");
  }));
