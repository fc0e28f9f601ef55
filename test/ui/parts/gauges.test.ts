import {describe, expect, test} from 'vitest';
import {Grid} from '../../../src/terminal/grid.ts';
import {width} from '../../../src/terminal/width.ts';
import {barText, type Gauge, gaugeRows, gaugesPart, paintGauges} from '../../../src/ui/parts/gauges.ts';
import {ascii, hostile, paintPart, paneModel, unicode} from './painting.ts';

const gauges: readonly Gauge[] = [
  {label: 'Send-Q client', value: 2560, max: 4 * 1024 ** 2, unit: 'B'},
  {label: 'Recv-Q server', value: 131_072, max: 131_072, unit: 'B'},
  {label: 'accept queue', value: 3, max: 2},
  {label: hostile, value: 40, max: 100, unit: '%', note: 'frozen', role: 'bad'},
  {label: 'cwnd', value: 10, unit: 'segments'},
];

const part = gaugesPart<object>('gauges', 'Queues', () => gauges);

describe('bars', () => {
  test('at 78 columns', () => {
    expect(paintPart(part, paneModel({}), {width: 78, height: 5}).picture).toMatchInlineSnapshot(`
      "|Send-Q client       ▕▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▏ 2.5 KiB of 4 MiB         |
      |Recv-Q server       ▕██████████████████████████████▏ 128 KiB of 128 KiB  full |
      |accept queue        ▕██████████████████████████████▏ 3 of 2  over             |
      |漢字👩‍👩‍👧é\\x1b[31m\\u{… ▕████████████░░░░░░░░░░░░░░░░░░▏ 40 % of 100 %  frozen    |
      |cwnd                                                 10 segments              |"
    `);
  });

  test('at 118 columns, in ASCII', () => {
    expect(paintPart(part, paneModel({}, {theme: ascii}), {width: 118, height: 5}).picture).toMatchInlineSnapshot(`
      "|Send-Q client            [:.....................................] 2.5 KiB of 4 MiB                                    |
      |Recv-Q server            [######################################] 128 KiB of 128 KiB  full                            |
      |accept queue             [######################################] 3 of 2  over                                        |
      |漢字👩‍👩‍👧é\\x1b[31m\\u{202e}~ [###############.......................] 40 % of 100 %  frozen                               |
      |cwnd                                                              10 segments                                         |"
    `);
  });

  test('at 38 columns each takes two rows', () => {
    expect(paintPart(part, paneModel({}), {width: 38, height: 10}).picture).toMatchInlineSnapshot(`
      "|Send-Q client         2.5 KiB of 4 MiB|
      |▕▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▏|
      |Recv-Q server 128 KiB of 128 KiB  full|
      |▕████████████████████████████████████▏|
      |accept queue              3 of 2  over|
      |▕████████████████████████████████████▏|
      |漢字👩‍👩‍👧é\\x1b[31m… 40 % of 100 %  frozen|
      |▕██████████████░░░░░░░░░░░░░░░░░░░░░░▏|
      |cwnd                       10 segments|
      |                                      |"
    `);
    expect(gaugeRows(gauges, 38)).toBe(10);
    expect(gaugeRows(gauges, 78)).toBe(5);
    expect(paintGauges(new Grid(38, 3).surface(), gauges, unicode)).toBe(10);
  });

  test('what is full or over says so in a word, and is coloured', () => {
    const {style, find} = paintPart(part, paneModel({}), {width: 78, height: 5});
    expect(style(find('full').x, 1)).toBe(unicode.roles.warn);
    expect(style(find('over').x, 2)).toBe(unicode.roles.warn);
    expect(style(find('frozen').x, 3)).toBe(unicode.roles.warn);
    expect(style(find('▕██').x + 1, 1)).toBe(unicode.roles.warn);
  });
});

test('a bar has exactly its cells, never shows something as nothing, nor nearly full as full', () => {
  for (const theme of [unicode, ascii])
    for (const cells of [2, 3, 4, 10, 41])
      for (const value of [0, 1, 5, 500, 999, 1000, 2000])
        for (const max of [1000, 0, undefined]) expect(width(barText(value, max, cells, theme))).toBe(cells);
  expect(barText(0, 1000, 8, unicode)).toBe('▕░░░░░░▏');
  expect(barText(1, 1000, 8, unicode)).toBe('▕▏░░░░░▏');
  expect(barText(999, 1000, 8, unicode)).toBe('▕█████░▏');
  expect(barText(1000, 1000, 8, unicode)).toBe('▕██████▏');
  expect(barText(500, 1000, 8, ascii)).toBe('[###...]');
  expect(barText(1, 1000, 8, ascii)).toBe('[:.....]');
  expect(barText(7, undefined, 8, ascii)).toBe('        ');
});
