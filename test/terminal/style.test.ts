import {describe, expect, test} from 'vitest';
import {colourNames} from '../../src/terminal/colour.ts';
import {applySgr} from '../../src/terminal/sgr.ts';
import {internStyle, packedStyle, patchedStyle, type Style, sgr, styleId} from '../../src/terminal/style.ts';

describe('styles', () => {
  test.each<[Style, string, string, string, string]>([
    [{}, '', '', '', ''],
    [
      {bold: true, dim: true, italic: true, underline: true, inverse: true, strike: true},
      '1;2;3;4;7;9',
      '1;2;3;4;7;9',
      '1;2;3;4;7;9',
      '1;2;3;4;7;9',
    ],
    [{fg: 'red'}, '', '31', '31', '31'],
    [{bg: 'brightBlue', bold: true}, '1', '1;104', '1;104', '1;104'],
    [{fg: 208}, '', '33', '38;5;208', '38;5;208'],
    [{fg: 7}, '', '37', '37', '37'],
    [{fg: '#ff0000', bg: '#000000'}, '', '91;40', '38;5;196;48;5;16', '38;2;255;0;0;48;2;0;0;0'],
    [{fg: '#8a8a8a'}, '', '90', '38;5;245', '38;2;138;138;138'],
    [{bg: 244}, '', '100', '48;5;244', '48;5;244'],
  ])('%j at each colour level', (style, ...levels) => {
    const id = styleId(style);
    levels.forEach((parameters, level) => {
      expect([level, sgr(id, level as 0 | 1 | 2 | 3)]).toEqual([
        level,
        parameters === '' ? '\x1b[m' : `\x1b[0;${parameters}m`,
      ]);
    });
  });

  test('equal styles are one, also when they come from SGR', () => {
    const id = styleId({fg: 'green', bold: true});
    expect(styleId({bold: true, fg: 'green'})).toBe(id);
    expect(applySgr(0, '1;32')).toBe(id);
    expect(styleId(id)).toBe(id);
    expect(styleId(undefined)).toBe(0);
  });

  test('every named colour comes back from its SGR number', () => {
    colourNames.forEach((name, index) => {
      const code = index < 8 ? 30 + index : 82 + index;
      expect(applySgr(0, String(code))).toBe(styleId({fg: name}));
      expect(applySgr(0, String(code + 10))).toBe(styleId({bg: name}));
    });
  });

  test.each([
    ['0', {fg: -1, bg: -1, bits: 0}],
    ['', {fg: -1, bg: -1, bits: 0}],
    ['39;49;22;24', {fg: -1, bg: -1, bits: 0}],
    ['38;5', {fg: 1, bg: 2, bits: 9}],
    ['38;5;999;7', {fg: 1, bg: 2, bits: 25}],
    ['38;2;1;2;300;7', {fg: 1, bg: 2, bits: 25}],
    ['38:5:9', {fg: 9, bg: 2, bits: 9}],
    ['38:2::1:2:3', {fg: 0x1010203, bg: 2, bits: 9}],
    ['48:2:1:2:3', {fg: 1, bg: 0x1010203, bits: 9}],
    ['4:0;1', {fg: 1, bg: 2, bits: 1}],
    ['53;1000', {fg: 1, bg: 2, bits: 9}],
  ])('SGR %j after bold underlined red on green', (parameters, wanted) => {
    const before = styleId({fg: 'red', bg: 'green', bold: true, underline: true});
    expect(packedStyle(applySgr(before, parameters))).toEqual(wanted);
  });

  test('a patch changes what it names', () => {
    const before = styleId({fg: 'red', bold: true});
    expect(patchedStyle(before, {})).toBe(before);
    expect(packedStyle(patchedStyle(before, {inverse: true, bold: false, bg: 'blue'}))).toEqual({
      fg: 1,
      bg: 4,
      bits: 16,
    });
  });

  test.each(['reddish', 256, -1, 1.5, '#12345'])('%j is no colour', colour => {
    expect(() => styleId({fg: colour as 'red'})).toThrow(/Not a colour/);
  });

  test('when too many styles exist a new one loses its colours and no more', () => {
    let last = 0;
    for (let red = 0; red < 256; red++)
      for (let green = 0; green < 256; green++)
        last = internStyle({fg: 0x100_0000 | (red << 16) | (green << 8) | 7, bg: -1, bits: 1});
    expect(packedStyle(last)).toEqual({fg: -1, bg: -1, bits: 1});
    expect(last).toBeLessThan(0x1_0000);
    expect(packedStyle(styleId({underline: true, strike: true}))).toEqual({fg: -1, bg: -1, bits: 40});
  });
});
