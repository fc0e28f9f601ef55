import {describe, expect, test} from 'vitest';
import {width} from '../../../src/terminal/width.ts';
import {Dots, dotForms} from '../../../src/ui/parts/dots.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {plotPart} from '../../../src/ui/parts/plot.ts';
import type {PlotData} from '../../../src/ui/parts/plot-frame.ts';
import {makeScale, percentiles} from '../../../src/ui/parts/plot-scale.ts';
import {ascii, type PaintOptions, paintPart, paneModel, unicode} from './painting.ts';

const part = plotPart<PlotData>({id: 'plot', title: () => 'Round trip', data: model => model.state});

/** A triangle wave with one spike at sample 350. */
const values = Array.from({length: 300}, (_, n) => (n === 250 ? 0.05 : 0.002 + 0.0002 * Math.abs((n % 20) - 10)));
const data: PlotData = {series: [{label: 'rtt', values}], unit: 's', first: 100, every: 0.1};
const two: PlotData = {...data, series: [...data.series, {label: 'srtt', values: values.map(value => value / 2)}]};

function paint(options: PaintOptions, state = data, theme = unicode) {
  return paintPart(part, paneModel(state, {theme}), options);
}

describe('the picture', () => {
  test('at 78 columns one spike flattens the rest', () => {
    expect(paint({width: 78, height: 9}).picture).toMatchInlineSnapshot(`
      "|39.9 s  rtt 3.8 ms  auto                                                      |
      |    50 ms┤                                           ⣷                       │|
      |         │                                           ⣿                       │|
      |         │                                           ⣿                       │|
      |    26 ms┤                                           ⣿                       │|
      |         │                                           ⣿                       │|
      |         │                                           ⣿                       │|
      |     2 ms┤⠤⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⣀⣀⢿⣀⡠⠤⠤⠤⠤⠤⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⣀⣀⣀⣀⡠⠤⠤|
      |          26.4 s                                                          40 s|"
    `);
  });

  test('clipped, with percentiles: the spike says how high it is', () => {
    expect(paint({width: 78, height: 9, kept: {scale: 3, percentiles: 1}}).picture).toMatchInlineSnapshot(`
      "|39.9 s  rtt 3.8 ms  clipped  p50 3 ms  p95 4 ms  p99 4 ms                     |
      |     4 ms┤· · · ·⡰⠑⡄· · · ·⡰⠑⡄· · · ·⡰⠑⡄· · · ·⡰⠑⡄· ·▲50 ms⡄· · · ·⡰⠑⡄· · · ·⡰|
      |         │⢢    ⢀⠎  ⠈⢢    ⢀⠎  ⠈⢢    ⢀⠎  ⠈⢢    ⢀⠎  ⠈⢢  ⣿ ⢀⠎  ⠈⢢    ⢀⠎  ⠈⢢    ⢀⠎│|
      |         │·⠑⡄ ⡰⠁· · ·⠑⡄ ⡰⠁· · ·⠑⡄ ⡰⠁· · ·⠑⡄ ⡰⠁· · ·⠑⡄⣿⡰⠁· · ·⠑⡄ ⡰⠁· · ·⠑⡄ ⡰⠁·│|
      |     2 ms┤  ⠈⠞        ⠈⠞        ⠈⠞        ⠈⠞        ⠈⠈        ⠈⠞        ⠈⠞   │|
      |         │                                                                   │|
      |         │                                                                   │|
      |      0 s┤                                                                   │|
      |          26.4 s                                                          40 s|"
    `);
  });

  test('at 38 columns in blocks, two curves that end in their letters, the cross-hair in the past', () => {
    expect(paint({width: 38, height: 9, cursor: 150, kept: {form: 1, scale: 2}}, two).picture).toMatchInlineSnapshot(`
      "|15 s  rtt 2 ms srtt 1 ms  log         |
      |   4 ms┤ ▗▀▚   │   ▗▀▚       ▗▀▚      |
      |       │▞▘  ▀▄ │ ▗▞▘  ▀▄   ▗▞▘  ▀▄   ▗|
      |       │      ▚│▗▘      ▚ ▗▘      ▚ ▗r|
      |   2 ms┤ ▗▄▄   ▚▘  ▗▄▄   ▚▘  ▗▄▄   ▚▘ |
      |       │▄▘  ▚▖ │  ▄▘  ▚▖    ▄▘  ▚▖    |
      |       │     ▝▄│▗▞     ▝▄ ▗▞     ▝▄ ▗s|
      |   1 ms┤       ▚▘        ▚▘        ▚▘ |
      |        13.5 s                  19.5 s|"
    `);
  });

  test('at 118 columns in ASCII, from 0, two samples a column', () => {
    expect(paint({width: 118, height: 7, kept: {scale: 1, zoom: 1}}, two, ascii).picture).toMatchInlineSnapshot(`
      "|39.9 s  rtt 3.8 ms srtt 1.9 ms  from 0                                                                                |
      |    50 ms|                                                                                   :                       ||
      |         |                                                                                   :                       ||
      |         |                                                                                   :                       ||
      |         |                                                                                   :                       ||
      |      0 s|::...:::::::...:::::::...:::::::...:::::::...:::::::...:::::::...:::::::...:::::::.:.:::::::...:::::::...::s|
      |          18.4 s                                                                                                  40 s|"
    `);
  });

  test('without samples there is a sentence', () => {
    expect(paint({width: 38, height: 5}, {...data, series: [{label: 'rtt', values: []}]}).lines[0]).toBe(
      ' No samples yet.',
    );
  });

  test.each([
    [1, 1],
    [9, 3],
    [14, 2],
    [38, 4],
    [60, 40],
  ])('at %i × %i nothing breaks', (cells, height) => {
    for (const state of [data, two, {...data, series: [{label: 'x', values: [Number.NaN, 1, Number.NaN]}]}])
      for (const line of paint({width: cells, height}, state).lines) expect(width(line)).toBeLessThanOrEqual(cells);
  });

  test('a gap in the samples is a gap in the curve', () => {
    const gap = {
      ...data,
      series: [{label: 'x', values: [1, 1, 1, 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 1, 1]}],
    };
    const {lines} = paint({width: 38, height: 3, focused: false}, gap);
    expect(lines[1]).toMatch(/┤⠤⠤ {2}⠤$/);
  });
});

describe('the cross-hair', () => {
  test('the head says the exact value under it; it follows the newest and moves by samples', () => {
    const newest = paint({width: 78, height: 9});
    expect(newest.model.cursor).toBe(399);
    expect(newest.lines[0]).toBe('39.9 s  rtt 3.8 ms  auto');
    const spike = moved(part, newest.model, {items: -49});
    expect(paint({width: 78, height: 9, cursor: spike}).lines[0]).toBe('35 s  rtt 50 ms  auto');
    expect(moved(part, newest.model, {rows: -1})).toBe(389);
  });

  test('a click on the picture finds the sample drawn there', () => {
    const {model, lines} = paint({width: 78, height: 9, cursor: 399});
    const x =
      lines[1]!.indexOf('⢸') === -1
        ? [...lines[1]!].findIndex(mark => /[\u2801-\u28ff]/.test(mark))
        : lines[1]!.indexOf('⢸');
    expect(Math.abs(part.at!(x, 2, model)! - 350)).toBeLessThanOrEqual(1);
    expect(part.at!(3, 2, model)).toBeUndefined();
  });

  test('it is drawn only where the keys go, and stays in the picture wherever it stands', () => {
    const crossed = (options: Partial<PaintOptions>) =>
      paint({width: 78, height: 9, ...options})
        .lines.slice(1, 8)
        .filter(line => line.slice(10).includes('│')).length;
    for (const cursor of [100, 180, 260, 263, 264, 330, 399])
      expect(crossed({cursor}), `${cursor}`).toBeGreaterThanOrEqual(5);
    expect(crossed({cursor: 399, focused: false})).toBe(0);
  });

  test('keys choose the scale, the percentiles, the zoom and the dots', () => {
    const {model} = paint({width: 78, height: 9});
    const press = (key: string, kept = {}) => part.press!(key, {...model, kept})?.keep;
    expect(press('v')).toEqual({scale: 1});
    expect(press('v', {scale: 3})).toEqual({scale: 0});
    expect(press('p', {percentiles: 1})).toEqual({percentiles: 0});
    expect(press('-')).toEqual({zoom: 1});
    expect(press('+')).toEqual({zoom: 0});
    expect(press('o')).toEqual({form: 1});
    expect(press('x')).toBeUndefined();
  });

  test('copying gives every sample as CSV', () => {
    const {model} = paint(
      {width: 78, height: 9},
      {...two, series: two.series.map(({label}) => ({label, values: [0.5, Number.NaN]}))},
    );
    expect(part.copies!(model)[0]!.text).toBe('sample,seconds,rtt,srtt\n100,10,0.5,0.5\n101,10.1,,');
  });
});

describe('scales', () => {
  test.each([
    ['auto', 2, 10, 4, 0.25],
    ['from 0', 0, 10, 5, 0.5],
    ['log', 2, 10, Math.sqrt(20), 0.5],
  ] as const)('%s goes from %d to %d, and %d lies at %d', (name, low, high, value, share) => {
    const scale = makeScale([2, 10, 4, Number.NaN], name);
    expect([scale.low, scale.high]).toEqual([low, high]);
    expect(scale.share(value)).toBeCloseTo(share);
    expect(scale.value(share)).toBeCloseTo(value);
  });

  test('fixed ends win, equal values lie in the middle, none at all go from 0 to 1', () => {
    expect(makeScale([5], 'log', {min: 0, max: 50}).share(5)).toBe(0.1);
    expect(makeScale([5, 5], 'auto').share(5)).toBe(0.5);
    expect(makeScale([5, 5], 'log').share(5)).toBe(0.5);
    expect(makeScale([-1, 0], 'log').share(-1)).toBe(0);
    expect(makeScale([], 'clipped').high).toBe(1);
  });

  test('clipped leaves out the highest hundredth', () => {
    const scale = makeScale([...Array.from({length: 99}, (_, n) => n + 1), 1000], 'clipped');
    expect([scale.low, scale.high]).toEqual([0, 99]);
    expect(scale.share(1000)).toBeGreaterThan(1);
  });

  test('percentiles by nearest rank', () => {
    const hundred = Array.from({length: 100}, (_, n) => 100 - n);
    expect(percentiles(hundred, [50, 95, 99, 100])).toEqual([50, 95, 99, 100]);
    expect(percentiles([7], [1])).toEqual([7]);
    expect(percentiles([Number.NaN], [50])).toEqual([Number.NaN]);
  });
});

test.each([
  ['braille', '⠁⠂⠄⡀⠈⠐⠠⢀⣿'],
  ['block', '▘▖▝▗█'],
  ['ascii', "'.:"],
] as const)('%s: every dot of a cell, column by column, and all of them', (name, marks) => {
  const form = dotForms[name];
  const shown = (dots: Dots) => {
    const found: [number, number, string, number][] = [];
    dots.runs((...run) => found.push(run));
    return found;
  };
  const single = Array.from({length: form.across * form.down}, (_, dot) => {
    const dots = new Dots(3, 2, form);
    dots.column(
      form.across + Math.floor(dot / form.down),
      form.down + (dot % form.down),
      form.down + (dot % form.down),
      3,
    );
    const [run, ...others] = shown(dots);
    expect(run).toEqual([1, 1, expect.any(String), 3]);
    expect(others).toEqual([]);
    return run![2];
  });
  const full = new Dots(1, 1, form);
  for (let x = -1; x <= form.across; x++) full.column(x, -5, 50, 0);
  expect([...single, shown(full)[0]![2]].join('')).toBe(marks);
  expect(shown(new Dots(2, 2, form))).toEqual([]);
});
