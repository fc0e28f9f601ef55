import {defaultColour, type PackedColour, rgbFlag} from './colour.ts';
import {attributeBits, internStyle, type PackedStyle, packedStyle, type StyleId} from './style.ts';

/** Applies the parameters of an SGR sequence (ECMA-48 §8.3.117), `1;38;5;12` for example, to a style. */
export function applySgr(before: StyleId, parameters: string): StyleId {
  const codes = withoutColons(parameters).split(';').map(Number);
  let {fg, bg, bits}: PackedStyle = packedStyle(before);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index]!;
    if (code === 0) {
      fg = bg = defaultColour;
      bits = 0;
    } else if (code === 38 || code === 48) {
      const [colour, used] = extendedColour(codes, index + 1);
      index += used;
      if (colour !== undefined && code === 38) fg = colour;
      else if (colour !== undefined) bg = colour;
    } else if (code >= 30 && code <= 39) fg = code === 39 ? defaultColour : code - 30;
    else if (code >= 40 && code <= 49) bg = code === 49 ? defaultColour : code - 40;
    else if (code >= 90 && code <= 97) fg = code - 82;
    else if (code >= 100 && code <= 107) bg = code - 92;
    else bits = (bits | (setting[code] ?? 0)) & ~(clearing[code] ?? 0);
  }
  return internStyle({fg, bg, bits});
}

/** `38:2::r:g:b` and `38:5:n` become the form with semicolons; of an underline's kind (`4:3`) only on and off are kept. */
function withoutColons(parameters: string): string {
  if (!parameters.includes(':')) return parameters;
  return parameters
    .replace(/\b4:0\b/g, '24')
    .replace(/\b4:\d+/g, '4')
    .replace(/\b([34]8):2:\d*:(\d+):(\d+):(\d+)/g, '$1;2;$2;$3;$4')
    .replaceAll(':', ';');
}

const {bold, dim, italic, underline, inverse, strike} = attributeBits;
const setting: Record<number, number> = {
  1: bold,
  2: dim,
  3: italic,
  4: underline,
  7: inverse,
  9: strike,
  21: underline,
};
const clearing: Record<number, number> = {22: bold | dim, 23: italic, 24: underline, 27: inverse, 29: strike};

/** `5;n` or `2;r;g;b` after 38 or 48 (ISO 8613-6); says how many numbers it used. */
function extendedColour(codes: readonly number[], at: number): [PackedColour | undefined, number] {
  if (codes[at] === 5) return [byte(codes[at + 1]), 2];
  if (codes[at] !== 2) return [undefined, 1];
  const red = byte(codes[at + 1]);
  const green = byte(codes[at + 2]);
  const blue = byte(codes[at + 3]);
  if (red === undefined || green === undefined || blue === undefined) return [undefined, 4];
  return [rgbFlag | (red << 16) | (green << 8) | blue, 4];
}

function byte(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value < 256 ? value : undefined;
}
