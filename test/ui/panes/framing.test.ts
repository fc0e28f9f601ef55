import {describe, expect, test} from 'vitest';
import {framingExperiment} from '../../../src/chapters/data/framing.ts';
import type {FramingState} from '../../../src/chapters/data/framing-state.ts';
import {framingView} from '../../../src/ui/panes/framing.ts';
import {hostile} from '../parts/painting.ts';
import {type Showing, showing, sizes} from './showing.ts';

type Shown = Showing<FramingState>;

const shown = (ask: object, work: (shown: Shown) => Promise<void> | void, options: object = {}) =>
  showing<FramingState>(framingExperiment, framingView, ask, work, options);

const act = async (pane: Shown, action: string, args = {}) => {
  expect(await pane.run.act({action, args})).toBeUndefined();
  pane.lines();
};

test.each([
  [0, ['blocks', 'recv() again']],
  [1, ['until-eof', 'Stream: 38 of 109', 'Frames of blocks: 1', '@34']],
  [2, ['The block of 33 bytes', '[Python]', 'length 30 (a block of 30 bytes follows)', 'To go on it needs 33 bytes']],
  [3, ['frame under way 34-37', 'def receive_exactly']],
] as const)('size %i shows what fits', (index, texts) =>
  shown(
    {},
    async pane => {
      for (let chunk = 0; chunk < 3; chunk++) await act(pane, 'next');
      for (const text of texts) expect(pane.text()).toContain(text);
    },
    {size: sizes[index]!},
  ),
);

test('bars stand where chunks end, also without box characters and colours', async () => {
  const chunked = (ascii: boolean) =>
    shown(
      {data: 'ab\\ncd\\n', chunks: '2,3', decoders: 'delimiter'},
      async pane => {
        await act(pane, 'next');
        await act(pane, 'next');
        expect(pane.text()).toContain(ascii ? '61 62|0a 63 64|0a' : '61 62│0a 63 64│0a');
      },
      {ascii},
    );
  await chunked(false);
  await chunked(true);
});

describe('decoders', () => {
  test('the chosen one colours the tape and fills the table; d goes to the next', () =>
    shown({sample: 'streamer'}, async pane => {
      await act(pane, 'all');
      expect(pane.text()).toContain('Frames of blocks: 0');
      expect(pane.text()).toContain('1 113 940 341 bytes');
      await act(pane, 'decoder');
      expect(pane.text()).toContain('Frames of delimiter: 3');
      expect(pane.pane.cursors['decoders']).toBe(1);
      pane.focus('decoders');
      await pane.press('down');
      expect([pane.model.state.chosen, pane.text().includes('Frames of length-prefix')]).toEqual([2, true]);
      await pane.press('up');
      await pane.press('k');
      await pane.press('k');
      expect(pane.model.state.chosen).toBe(0);
    }));

  test('the byte that is wrong is explained', () =>
    shown({data: '5:hello;', decoders: 'netstring'}, async pane => {
      await act(pane, 'all');
      pane.focus('tape', 7);
      const {part, model} = pane.part('tape');
      expect(part.explain!(model)).toMatchObject({
        title: 'malformed from here',
        says: expect.stringMatching(/comma|,/),
      });
      expect(pane.text()).toContain('The first byte that is wrong is at offset 7.');
    }));
});

describe('what is selected', () => {
  test('a frame lights its bytes, a byte its frame', () =>
    shown({decoders: 'blocks'}, async pane => {
      await act(pane, 'all');
      pane.focus('frames', 1);
      expect(pane.pane.cursors['tape']).toBe(34);
      pane.focus('tape', 80);
      expect(pane.pane.cursors['frames']).toBe(2);
      const {part, model} = pane.part('frames');
      expect(part.explain!(model)).toMatchObject({title: 'Frame 3, bytes 71-104'});
    }));

  test('c cuts at the cursor of the tape, and a click chooses a byte', () =>
    shown({chunks: 'whole', decoders: 'blocks'}, async pane => {
      pane.focus('tape', 7);
      expect(pane.part('tape').part.grabs!('c', pane.part('tape').model)).toBe(true);
      await pane.press('c');
      expect(pane.model.state.edges).toEqual([7, 109]);
      const {x, y} = pane.find('42 65 61');
      expect(pane.itemAt('tape', x, y)).toBe(4);
    }));
});

test('hostile payloads are shown, not obeyed', () =>
  shown({data: hostile.replaceAll('\\', '\\\\'), decoders: 'until-eof'}, async pane => {
    await act(pane, 'all');
    expect(pane.text()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(pane.text()).toContain('\\x1b[31m');
  }));

test('what cannot be read says why, and the last stream stays', () =>
  shown({decoders: 'blocks'}, async pane => {
    pane.run.reask({...pane.run.ask, option: 'wdith=3'});
    await new Promise(done => setImmediate(done));
    expect(pane.text()).toContain('blocks has no option “wdith”');
    expect(pane.text()).toContain('Stream: 0 of 109');
  }));

test('a replay shows the same screen and offers no keys that would act', () =>
  shown({}, async pane => {
    await act(pane, 'next');
    const before = pane.text();
    await pane.run.stop();
    pane.lines();
    expect(pane.text().split('\n').slice(1)).toEqual(before.split('\n').slice(1));
    const {part, model} = pane.part('decoders');
    expect(part.grabs!('down', model)).toBe(false);
  }));
