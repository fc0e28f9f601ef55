import {describe, expect, test} from 'vitest';
import {familyFor} from '../../../scripts/picture/font.ts';
import {paletteColour} from '../../../scripts/picture/palette.ts';
import {png} from '../../../scripts/picture/png.ts';
import {onWhite, type Snapshot, textRows, withCommand} from '../../../scripts/picture/snapshot.ts';
import {pictureText} from '../../../scripts/picture/stale.ts';
import {svg} from '../../../scripts/picture/svg.ts';
import type {Cell} from '../../support/cell.ts';
import {cells} from './draw.ts';

const screen = (...rows: Cell[][]): Snapshot => ({
  columns: Math.max(...rows.map(row => row.length)),
  rows,
  cursor: undefined,
});

describe('a screen as SVG', () => {
  test('text stands in its column, and says what it is', () => {
    const picture = svg(screen(cells('  a<b & c')), 'A <title>');
    expect(picture).toContain('<title>A &lt;title&gt;</title>');
    expect(picture).toMatch(/<text x="20" y="15.5" textLength="70" fill="#d7dae0">a&lt;b &amp; c<\/text>/);
    expect(pictureText(picture)).toBe('  a<b & c');
  });

  test('each look is a run of its own', () => {
    const row = [
      ...cells('ab', {bold: true, fg: 1}),
      ...cells('cd', {dim: true}),
      ...cells('ef', {italic: true, fg: '#123456'}),
    ];
    const picture = svg(screen(row), 'looks');
    expect(picture).toContain(`textLength="20" fill="${paletteColour(1)}" font-weight="bold">ab</text>`);
    expect(picture).toContain('opacity="0.6">cd</text>');
    expect(picture).toContain('fill="#123456" font-style="italic">ef</text>');
  });

  test('backgrounds, also inverse, and the cursor', () => {
    const row = [...cells('ab', {bg: 21}), ...cells('cd', {inverse: true}), ...cells('e')];
    const picture = svg({...screen(row), cursor: {x: 4, y: 0}}, 'grounds');
    expect(picture).toContain('<rect x="0" y="0" width="20" height="20" fill="#0000ff"');
    expect(picture).toContain('<rect x="20" y="0" width="30" height="20" fill="#d7dae0"');
    expect(picture).toMatch(/fill="#14171c">cde<\/text>/);
  });

  test('on white: the terminal’s own two colours change, others stay', () => {
    const picture = svg(onWhite(screen([...cells('ab'), ...cells('cd', {fg: '#123456'})])), 'white');
    expect(picture).toContain('height="100%" rx="8" fill="#fbfbf9"/>');
    expect(picture).toMatch(/fill="#23272e">ab</);
    expect(picture).toMatch(/fill="#123456">cd</);
  });

  test('the command stands above what it printed, quoted for a shell', () => {
    const printed = screen(cells('ok'.padEnd(60)));
    const {rows} = withCommand(printed, ['data', 'struct', 'pack', '<i', "b'a'"]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toHaveLength(60);
    expect(textRows({...printed, rows})).toEqual([`$ wirebook data struct pack '<i' "b'a'"`, 'ok']);
  });

  test('lines, blocks, braille and underlines are shapes and not glyphs', () => {
    const picture = svg(screen([...cells('┌─█⣿'), ...cells('u', {underline: true})]), 'shapes');
    expect(picture.match(/<text/g)).toHaveLength(1);
    expect(picture).toContain('>u</text>');
    expect(picture).toMatch(/<path fill="#d7dae0" d="M/);
  });

  test('what the font lacks comes from the other one, and what both lack is a box', () => {
    const wide: Cell = {...cells('漢')[0]!, width: 2};
    const rest: Cell = {...cells(' ')[0]!, char: '', width: 0};
    const picture = svg(screen([...cells('😀'), wide, rest, ...cells('x')]), 'fallback');
    expect(familyFor('😀')).toBe('DejaVu Sans');
    expect(familyFor('漢')).toBeUndefined();
    expect(picture).toMatch(/textLength="10"[^>]*font-family="DejaVu Sans"[^>]*>😀</);
    expect(picture).toContain('fill="none" stroke="#d7dae0" stroke-width="1"');
    expect(picture).toMatch(/<text x="30"[^>]*>x</);
    expect(picture).not.toContain('>漢');
  });
});

test('the palette is the cube and the greys of xterm', () => {
  expect([16, 21, 196, 208, 231, 232, 255].map(paletteColour)).toEqual([
    '#000000',
    '#0000ff',
    '#ff0000',
    '#ff8700',
    '#ffffff',
    '#080808',
    '#eeeeee',
  ]);
});

test('the PNG has the size of the cells and is not empty', () => {
  const picture = svg(screen(cells('hello'), cells('there')), 'two rows');
  const bytes = Buffer.from(png(picture));
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([5 * 10 + 24, 2 * 20 + 24]);
  const blank = png(svg(screen(cells('     '), cells('     ')), 'two rows'));
  expect(bytes.length).toBeGreaterThan(blank.length + 100);
});
