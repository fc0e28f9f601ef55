import {describe, expect, test} from 'vitest';
import {colourNames} from '../../src/terminal/colour.ts';
import {packedStyle, sgr} from '../../src/terminal/style.ts';
import {makeTheme, type Role, type ThemeName, themes} from '../../src/ui/theme.ts';

/** xterm's defaults (its XTerm-col resources), and those of the Linux console's VGA text mode lifted as Tango has them. */
const palettes: Readonly<Record<string, readonly string[]>> = {
  xterm:
    '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff'.split(
      ' ',
    ),
  tango:
    '2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec'.split(
      ' ',
    ),
};

const grounds: Readonly<Record<string, {readonly rgb: string; readonly text: string}>> = {
  black: {rgb: '000000', text: 'e5e5e5'},
  white: {rgb: 'ffffff', text: '000000'},
  'solarized dark': {rgb: '002b36', text: '93a1a1'},
  'solarized light': {rgb: 'fdf6e3', text: '586e75'},
};

/** Where each theme is meant to be read. The terminal's own colours are the user's choice on any other background. */
const meantFor: Readonly<Record<ThemeName, readonly string[]>> = {
  terminal: ['black'],
  light: ['white', 'solarized light'],
  dark: ['black', 'solarized dark'],
  contrast: Object.keys(grounds),
};

/** Its SGR 2 is as faint as a terminal likes; it is for what is said elsewhere too. */
const faint: readonly Role[] = ['dim', 'padding'];

describe('contrast, by WCAG 2.2 §1.4.3: 4.5 to 1', () => {
  for (const [name, backgrounds] of Object.entries(meantFor) as [ThemeName, readonly string[]][]) {
    for (const background of backgrounds) {
      for (const [palette, colours] of Object.entries(palettes)) {
        test(`${name} on ${background}, ${palette} palette`, () => {
          for (const role of Object.keys(themes[name]) as Role[]) {
            if (name === 'terminal' && faint.includes(role)) continue;
            const {fg, text, ground} = {
              ...grounds[background]!,
              fg: themes[name][role].fg,
              ground: grounds[background]!.rgb,
            };
            const ink = fg === undefined ? text : rgbOf(fg, colours);
            expect(contrast(ink, ground), `${role} ${ink}`).toBeGreaterThanOrEqual(4.5);
          }
        });
      }
    }
  }
});

test('no theme but the terminal’s own dims a text: its colour is already the faintest that can be read', () => {
  for (const name of ['light', 'dark', 'contrast'] as const)
    for (const style of Object.values(themes[name])) expect(style.dim ?? false).toBe(false);
});

test('without colours the cursor, the marked and the emphasised still look different from the rest, in every theme', () => {
  for (const name of Object.keys(themes) as ThemeName[]) {
    const {roles} = makeTheme(name);
    const looks = (['plain', 'strong', 'cursor', 'mark'] as const).map(role => sgr(roles[role], 0));
    expect(new Set(looks).size, name).toBe(4);
    for (const role of ['accent', 'key', 'warn', 'bad', 'title'] as const)
      expect(packedStyle(roles[role]).bits, `${name} ${role}`).not.toBe(0);
  }
});

test('a theme has plain ASCII glyphs when it is told to, one for each', () => {
  const {glyphs} = makeTheme('terminal', true);
  expect(Object.values(glyphs).flat().join('')).toMatch(/^[\x20-\x7e]+$/);
  expect(Object.keys(glyphs)).toEqual(Object.keys(makeTheme('terminal').glyphs));
  expect(makeTheme('terminal').roles).toEqual(makeTheme('terminal', true).roles);
});

function rgbOf(colour: string | number, palette: readonly string[]): string {
  if (typeof colour === 'string' && colour.startsWith('#')) return colour.slice(1);
  const index = typeof colour === 'number' ? colour : (colourNames as readonly string[]).indexOf(colour);
  expect(index).toBeGreaterThanOrEqual(0);
  return palette[index]!;
}

function contrast(left: string, right: string): number {
  const [dark, bright] = [luminance(left), luminance(right)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
}

function luminance(rgb: string): number {
  const [red, green, blue] = [0, 2, 4].map(at => {
    const part = Number.parseInt(rgb.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
