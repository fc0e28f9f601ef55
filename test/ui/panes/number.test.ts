import {describe, expect, test} from 'vitest';
import {type NumberState, numberExperiment} from '../../../src/chapters/data/number.ts';
import {numberView} from '../../../src/ui/panes/number.ts';
import {type Showing, showing, sizes} from './showing.ts';

const show = (
  ask: object,
  work: (shown: Showing<NumberState>) => Promise<void> | void,
  options?: {size?: (typeof sizes)[number]; ascii?: boolean},
) => showing(numberExperiment, numberView, ask, work, options);

describe('every size', () => {
  for (const size of sizes)
    test(`${size.width}×${size.height}`, async () => {
      for (const value of ['4253', '-1', '1.5', 'nan', '123456789012345678901234567890', '\x1b[31m漢', '1e400'])
        await show(
          {value},
          shown => {
            expect(shown.text()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
            expect(shown.text()).toContain(shown.model.state.number === undefined ? 'Not a number' : 'bits');
          },
          {size},
        );
      await show({value: '00ff 109d', as: 'bytes'}, shown => expect(shown.text()).toContain('32 bits'), {size});
    });
});

test('what is on screen', () =>
  show(
    {value: '4253'},
    shown => {
      const text = shown.text();
      expect(text).toMatch(/hex\(\) +0x109d/);
      expect(text).toContain('15 0001 0000  1001 1101');
      expect(text).toMatch(/16 +h H +4253 +9d 10 +10 9d/);
      expect(text).toMatch(/8 +none +does not fit/);
      expect(text).toContain('A half holds 4252 instead');
      expect(text).toContain('print(hex(n), oct(n), bin(n))');
    },
    {size: sizes[3]!},
  ));

test('a float: its parts and its exact value', () =>
  show(
    {value: '0.1'},
    shown => {
      expect(shown.text()).toContain('0.1000000000000000055511151231257827021181583404541015625');
      expect(shown.text()).toMatch(/exponent +01111111011 +1019 - 1023 = -4: times 2\^-4/);
    },
    {size: sizes[3]!},
  ));

describe('bits', () => {
  test('Enter turns the bit under the cursor over, 0 and 1 set it and go on', () =>
    show({value: '4253'}, async shown => {
      shown.focus('bits', 0);
      await shown.press('enter');
      expect(shown.model.state.number?.value).toBe('37021');
      await shown.press('0');
      await shown.press('1');
      expect(shown.model.state.number?.bits.startsWith('01')).toBe(true);
      expect(shown.pane.cursors['bits']).toBe(2);
      expect(shown.text()).toContain('bit 13 is');
    }));

  test('a click finds a bit, at every size', async () => {
    for (const size of sizes)
      await show(
        {value: '4253'},
        shown => {
          const {x, y} = shown.find('0001 0000  1001 1101');
          expect([0, 3, 5, 11, 19].map(by => shown.itemAt('bits', x + by, y))).toEqual([0, 3, 4, 8, 15]);
          expect(shown.itemAt('bits', x + 4, y)).toBeUndefined();
        },
        {size},
      );
  });

  test('the part of the number a bit belongs to is marked, and the other way', () =>
    show({value: '1.5'}, shown => {
      shown.focus('bits', 5);
      expect(shown.pane.cursors['spans']).toBe(1);
      shown.focus('spans', 2);
      expect(shown.pane.cursors['bits']).toBe(12);
    }));
});

test('a mistake: what is wrong, where, and the number before it dimmed', () =>
  show({value: '4253'}, shown => {
    shown.run.reask({...shown.run.ask, value: '42z'});
    const lines = shown.lines();
    const at = lines.findIndex(line => line.includes('cannot follow a number'));
    expect(lines[at + 1]!.indexOf('z')).toBe(lines[at + 2]!.indexOf('^'));
    expect(shown.text()).toContain('In every base (before the mistake)');
    expect(shown.has('0x109d', 'dim')).toBe(true);
  }));

test('the tables explain their rows', () =>
  show(
    {value: '-2'},
    shown => {
      for (const id of ['words', 'floats']) {
        const {part, model} = shown.part(id);
        expect(part.explain?.(model)?.says.length).toBeGreaterThan(60);
      }
    },
    {size: sizes[3]!},
  ));

test('without Unicode nothing but ASCII is drawn', () =>
  show({value: '-4253'}, shown => expect(shown.text()).toMatch(/^[\x20-\x7e\n]*$/), {ascii: true}));
