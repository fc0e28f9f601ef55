import {describe, expect, test} from 'vitest';
import {hexExperiment} from '../../../src/chapters/data/hex.ts';
import type {HexState} from '../../../src/chapters/data/hex-state.ts';
import {hexView} from '../../../src/ui/panes/hex.ts';
import {eventAt, modelAfter, paintView} from './painted.ts';
import {type Showing, showing, sizes} from './showing.ts';

type Shown = Showing<HexState>;

const shown = (ask: object, work: (shown: Shown) => Promise<void> | void, options: object = {}) =>
  showing<HexState>(hexExperiment, hexView, ask, work, options);

const act = async (pane: Shown, action: string, args = {}) => {
  expect(await pane.run.act({action, args})).toBeUndefined();
  pane.lines();
};

test.each([
  [0, ['every byte', '@0 0x0']],
  [1, ['40 41 42 43', 'Numbers here', 'u16']],
  [2, ['e0 e1 e2', 'f64', 'little-endian']],
  [3, ['·ABCDEFGHIJKLMNO'.slice(1), 'i64', 'range(256)']],
] as const)('size %i shows what fits', (index, texts) =>
  shown(
    {},
    async pane => {
      if (index === 1) await act(pane, 'goto', {to: '64'});
      for (const text of texts) expect(pane.text()).toContain(text);
    },
    {size: sizes[index]!},
  ),
);

describe('what is read', () => {
  test('is asked for when it comes in sight, and said to be missing until then', () => {
    const opened = eventAt(0, 'opened', {name: 'some', of: 'file', size: 100_000});
    const model = modelAfter<HexState>(
      hexExperiment,
      {file: '', bytes: '', offset: 0, length: 256, find: '', findAs: 'text'},
      [opened],
    );
    expect(paintView(hexView, model, sizes[1]!).text).toContain('Reading …');
    expect(paintView(hexView, {...model, status: 'done'}, sizes[1]!).text).toContain('never read');
  });

  test('the part wants the page under the cursor, and only what is missing', () =>
    shown({bytes: '00 '.repeat(40_000)}, async pane => {
      const wants = () => {
        const {part, model} = pane.part('bytes');
        return part.wants!(model);
      };
      expect(wants()).toEqual({action: 'look', args: {offset: 0, page: -1}});
      pane.focus('bytes', 39_999);
      expect(wants()?.args).toMatchObject({offset: 39_999, page: expect.any(Number)});
      for (let round = 0; round < 3 && wants()?.args['page'] !== -1; round++)
        await act(pane, 'look', {...wants()!.args});
      expect(wants()).toEqual({action: 'look', args: {offset: 39_999, page: -1}});
      expect(pane.text()).not.toContain('Reading');
    }));
});

test('a search moves the cursor wherever it was, once', () =>
  shown({bytes: Buffer.from('a needle in a haystack').toString('hex')}, async pane => {
    pane.focus('numbers');
    await act(pane, 'find', {pattern: 'hay', as: 'text'});
    expect(pane.pane.cursors['bytes']).toBe(14);
    expect(pane.text()).toContain('Found at 14, 0xe');
    pane.focus('bytes', 3);
    expect(pane.pane.cursors['bytes']).toBe(3);
  }));

test('digits change bytes on a copy; changed ones are marked and counted', () =>
  shown({bytes: '00 11 22 33'}, async pane => {
    pane.focus('bytes', 1);
    await pane.press('enter');
    await pane.press('a');
    await pane.press('b');
    expect(pane.model.state.edits).toEqual([{offset: 1, value: 0xab, was: 0x11}]);
    expect(pane.text()).toContain('00 ab 22 33');
    expect(pane.text()).toContain('1 byte changed on a copy');
    await pane.press('escape');
    pane.focus('bytes', 1);
    expect(pane.text()).toContain('changed, was 11');
    await act(pane, 'undo');
    expect(pane.text()).toContain('00 11 22 33');
  }));

test('numbers are those under the cursor, in both orders', () =>
  shown({bytes: '9d 10 00 00 ff'}, pane => {
    pane.focus('bytes', 0);
    expect(pane.text()).toMatch(/u32 +4253 +2635071488/);
    expect(pane.text()).toMatch(/u64 +the file ends before/);
    pane.focus('bytes', 4);
    expect(pane.text()).toMatch(/i8 +-1/);
  }));

test('ASCII stays ASCII, and an unreadable file says so', async () => {
  await shown({}, pane => expect(pane.text()).toMatch(/^[\n\x20-\x7e]*$/), {ascii: true});
  await shown({file: '/nowhere/at/all\u202e'}, async pane => {
    await new Promise(done => setTimeout(done, 20));
    expect(pane.text()).toContain('does not exist');
    expect(pane.text()).toMatch(/─ ▸ No file ─/);
    expect(pane.text()).not.toContain('\u202e');
  });
});
