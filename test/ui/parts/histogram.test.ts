import {describe, expect, test} from 'vitest';
import {type HistogramData, histogramPart} from '../../../src/ui/parts/histogram.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {ascii, type PaintOptions, paintPart, paneModel, unicode} from './painting.ts';

const scale = {base: 1e-6, perOctave: 4};
const part = histogramPart<HistogramData>({
  id: 'times',
  title: () => 'Times',
  scale,
  data: model => model.state,
  empty: () => 'No times yet.',
});

const at = (number: number) => Math.round(1e3 * 2 ** (number / 4)) / 1e9;
const bucket = (number: number, count: number) => ({from: at(number), to: at(number + 1), count});

/** From 1 ms on, with a gap, and one far out. */
const data: HistogramData = {
  buckets: [bucket(40, 5), bucket(41, 60), bucket(42, 100), bucket(43, 20), bucket(46, 1)],
  unit: 's',
  marks: [{label: 'p50', value: at(42.4)}],
};

function paint(options: PaintOptions, state = data, theme = unicode) {
  return paintPart(part, paneModel(state, {theme}), options);
}

describe('bars', () => {
  test('one for each range, the gap as well; the fewest are never drawn as nothing', () => {
    expect(paint({width: 40, height: 7, focused: false}).picture).toMatchInlineSnapshot(`
      "|p50 1.55 ms                             |
      |  100┤        ███                       |
      |     │        ███                       |
      |     │    ███ ███                       |
      |     │    ███ ███                       |
      |    0┤▂▂▂ ███ ███ ███         ▁▁▁       |
      |      1.02 ms  p50         3.44 ms      |"
    `);
  });

  test('as factors, in ASCII', () => {
    expect(paint({width: 38, height: 6, kept: {scale: 1}, cursor: 46}, data, ascii).picture).toMatchInlineSnapshot(`
      "|2.9 ms to 3.44 ms 1 of 186, 0.54 %; 1~|
      |  100|    === ###                     |
      |     |    ### ### ===                 |
      |     |--- ### ### ###                 |
      |    0|### ### ### ###         ===     |
      |      1.02 ms  p50         3.44 ms    |"
    `);
  });

  test('nothing yet', () => {
    expect(paint({width: 40, height: 3}, {buckets: []}).lines[0]).toMatch(/^ No times yet\. *$/);
    expect(part.range!(paneModel({buckets: []}))).toEqual({first: 0, end: 0});
  });

  test('with more ranges than cells the last are left out, and nothing is painted outside', () => {
    const many = {...data, buckets: Array.from({length: 100}, (_, k) => bucket(10 + k, k + 1))};
    for (const width of [8, 20, 38, 60, 200])
      for (const height of [1, 2, 3, 9]) expect(paint({width, height}, many).lines.length).toBe(height);
  });
});

describe('the cross-hair', () => {
  test('stands on ranges that keep their numbers when others come before', () => {
    expect(part.range!(paneModel(data))).toEqual({first: 40, end: 47});
    const more = {...data, buckets: [bucket(33, 1), ...data.buckets]};
    expect(part.range!(paneModel(more))).toEqual({first: 33, end: 47});
  });

  test('reads a bar out exactly', () => {
    const {lines} = paint({width: 100, height: 6, cursor: 42});
    expect(lines[0]).toMatch(/^1\.45 ms to 1\.72 ms 100 of 186, 53\.8 %; 88\.7 % within 1\.72 ms +p50 1\.55 ms/);
    expect(paint({width: 100, height: 6, cursor: 45}).lines[0]).toMatch(/^2\.44 ms to 2\.9 ms 0 of 186, 0 %; 99\.5 %/);
  });

  test('moves, and follows a click', () => {
    const {model} = paint({width: 40, height: 7, cursor: 42});
    expect(moved(part, model, {items: 1})).toBe(43);
    expect(moved(part, model, 'last')).toBe(46);
    expect(part.at!(6, 3, model)).toBe(40);
    expect(part.at!(6 + 3 * 4, 3, model)).toBe(43);
    expect(part.at!(0, 3, model)).toBeUndefined();
    expect(part.at!(39, 3, model)).toBeUndefined();
  });
});

test('v changes the scale, and the buckets are copied as CSV', () => {
  const {model} = paint({width: 40, height: 7});
  expect(part.press!('v', model)).toEqual({keep: {scale: 1}});
  expect(part.press!('v', {...model, kept: {scale: 1}})).toEqual({keep: {scale: 0}});
  expect(part.press!('x', model)).toBeUndefined();
  expect(part.copies!(model)[0]!.text.split('\n').slice(0, 2)).toEqual(['from,to,count', '0.001024,0.001217748,5']);
});
