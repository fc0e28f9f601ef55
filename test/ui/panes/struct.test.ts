import {describe, expect, test} from 'vitest';
import {type StructState, structExperiment} from '../../../src/chapters/data/struct.ts';
import {structView} from '../../../src/ui/panes/struct.ts';
import {type Showing, showing, sizes} from './showing.ts';

const show = (
  ask: object,
  work: (shown: Showing<StructState>) => Promise<void> | void,
  options?: {size?: (typeof sizes)[number]; ascii?: boolean},
) => showing(structExperiment, structView, ask, work, options);

describe('every size', () => {
  for (const size of sizes)
    test(`${size.width}×${size.height}`, async () => {
      for (const ask of [
        {},
        {format: '@bhq2x?', values: '1, 2, 3, True'},
        {op: 'iter_unpack', format: '<hb', values: '010203040506'},
        {op: 'calcsize', format: '1000000000000000000d'},
        {format: '<iz'},
        {format: '\x1b[31m漢', values: '1'},
        {format: '10s', values: "b'\\x1b[2J\\xff'"},
        {op: 'unpack', format: '100h', values: '00'.repeat(200)},
      ])
        await show(
          ask,
          shown => {
            expect(shown.text()).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
            expect(shown.text()).toContain(shown.model.state.answer === undefined ? 'Python says' : 'Fields');
          },
          {size},
        );
    });

  test('at 38×9 there are the fields and the bytes', () =>
    show(
      {},
      shown => {
        expect(shown.text()).toContain('Fields');
        expect(shown.text()).toContain('9d 10 00 00');
      },
      {size: sizes[0]!},
    ));
});

test('what is on screen', () =>
  show(
    {},
    shown => {
      const text = shown.text();
      expect(text).toContain('9 bytes, 3 values  < little-endian, standard sizes, not aligned');
      expect(text).toMatch(/H +4-5 +80 +unsigned short/);
      expect(text).toContain('< little-endian  9d 10 00 00  50 00  61 62 63');
      expect(text).toContain('> big-endian     00 00 10 9d  00 50  61 62 63');
      expect(text).toContain("a reader with > gets (-1659895808, 20480, b'abc')");
      expect(text).toContain("data = struct.pack('<iH3s', 4253, 80, b'abc')");
    },
    {size: sizes[3]!},
  ));

test('padding is drawn as padding, in the table and among the bytes', () =>
  show({format: 'bh', values: '1, 2'}, shown => {
    expect(shown.text()).toMatch(/padding +1 /);
    expect(shown.text()).toContain('01 ·· 02 00');
  }));

describe('fields and bytes light each other', () => {
  test('a field moved to lights its bytes, here and in both orders', () =>
    show({}, shown => {
      shown.focus('fields', 1);
      expect(shown.pane.cursors['bytes']).toBe(4);
      expect(shown.has('50 00 61', 'underline')).toBe(true);
      expect(shown.has('50 00  61', 'underline')).toBe(true);
      expect(shown.has('00 50  61', 'underline')).toBe(true);
    }));

  test('a byte moved to marks its field', () =>
    show({}, shown => {
      shown.focus('bytes', 7);
      expect(shown.pane.cursors['fields']).toBe(2);
      expect(shown.lines().find(line => line.includes('3s'))).toMatch(/▸ 3s/);
    }));

  test('a click on a byte finds it', () =>
    show({}, shown => {
      const {x, y} = shown.find('50 00 61');
      expect(shown.itemAt('bytes', x, y)).toBe(4);
    }));

  test('padding has a row of its own to light', () =>
    show({format: 'bh', values: '1, 2'}, shown => {
      shown.focus('bytes', 1);
      expect(shown.pane.cursors['fields']).toBe(1);
    }));
});

test('digits typed over a byte change the value', () =>
  show({}, async shown => {
    shown.focus('bytes', 1);
    for (const key of ['enter', 'f', 'f', 'enter']) await shown.press(key);
    expect(shown.text()).toMatch(/i +0-3 +65437/);
    expect(shown.model.state.typed.values).toBe("65437, 80, b'abc'");
  }));

test('an edit that pack would not make is said', () =>
  show({format: 'b3x', values: '1'}, async shown => {
    shown.focus('bytes', 2);
    for (const key of ['enter', '0', '9']) await shown.press(key);
    expect(shown.text()).toContain('pack() of these values gives other bytes: 01000000');
  }));

describe('a mistake', () => {
  test('Python’s words, a caret under the place, the next step, and the last answer dimmed', () =>
    show({}, shown => {
      expect(shown.has('3s  ', 'dim')).toBe(false);
      shown.run.reask({...shown.run.ask, format: '<iz3s'});
      const lines = shown.lines();
      const at = lines.findIndex(line => line.includes('struct.error: bad char in struct format'));
      expect(at).toBeGreaterThan(0);
      expect(lines[at + 1]!.indexOf('z')).toBe(lines[at + 2]!.indexOf('^'));
      expect(lines[at + 3]).toContain('Use x c b B');
      expect(shown.text()).toContain('Fields (before the mistake)');
      expect(shown.has('3s  ', 'dim')).toBe(true);
    }));

  test('the caret stands right under a place behind what had to be made visible', () =>
    show({format: '<i\x07', values: '1'}, shown => {
      const lines = shown.lines();
      const at = lines.findIndex(line => line.includes('bad char'));
      expect(lines[at + 1]).toContain('<i\\x07');
      expect(lines[at + 2]!.indexOf('^')).toBe(lines[at + 1]!.indexOf('\\x07'));
    }));

  test('of a format longer than the pane the part around it is shown', () =>
    show(
      {format: `<${'i'.repeat(200)}z`, values: '1'},
      shown => {
        const lines = shown.lines();
        const at = lines.findIndex(line => line.includes('bad char'));
        expect(lines[at + 1]!.indexOf('z')).toBe(lines[at + 2]!.indexOf('^'));
      },
      {size: sizes[1]!},
    ));
});

test('every field explains itself', () =>
  show({format: 'bhlqefd?c2s3pxnNP0q', values: "1,2,3,4,5,6,7,1,b'a',b'bb',b'cc',8,9,10"}, shown => {
    shown.focus('fields');
    const {part} = shown.part('fields');
    const fields = shown.model.state.answer!.fields;
    for (let cursor = 0; cursor < fields.length; cursor++) {
      const said = part.explain?.({...shown.part('fields').model, cursor});
      expect(said?.says.length).toBeGreaterThan(40);
    }
  }));

test('without Unicode nothing but ASCII is drawn', () =>
  show({format: 'bh', values: '1, 2'}, shown => expect(shown.text()).toMatch(/^[\x20-\x7e\n]*$/), {ascii: true}));
