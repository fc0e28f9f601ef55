/** The sixteen colours of the terminal's own theme, in SGR order. */
export const colourNames = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;
export type ColourName = (typeof colourNames)[number];

/** A theme colour by name, one of the 256 by number, or `#rrggbb`. */
export type Colour = ColourName | number | `#${string}`;

/** 0 none, 1 the 16 of the theme, 2 the 256, 3 true colour. */
export type ColourLevel = 0 | 1 | 2 | 3;

/** A colour in one number: -1 the default, 0 to 255 the palette, 0x1000000 + rrggbb true colour. */
export type PackedColour = number;
export const defaultColour: PackedColour = -1;
export const rgbFlag = 0x100_0000;

/** Throws a RangeError for what is no colour: themes are checked when they are parsed, not here. */
export function packColour(colour: Colour | undefined): PackedColour {
  if (colour === undefined) return defaultColour;
  if (typeof colour === 'number' && Number.isInteger(colour) && colour >= 0 && colour < 256) return colour;
  const index = (colourNames as readonly unknown[]).indexOf(colour);
  if (index >= 0) return index;
  if (typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour))
    return rgbFlag | Number.parseInt(colour.slice(1), 16);
  throw new RangeError(`Not a colour: ${colour}. Use a name, a number from 0 to 255, or #rrggbb.`);
}

/** SGR parameters (ECMA-48 §8.3.117, and ISO 8613-6 for 38 and 48) that set this colour at this level; '' for none. */
export function colourParameters(colour: PackedColour, level: ColourLevel, background: boolean): string {
  if (colour === defaultColour || level === 0) return '';
  const reduced = reduce(colour, level);
  const extended = background ? 48 : 38;
  if (reduced >= rgbFlag) return `${extended};2;${(reduced >> 16) & 255};${(reduced >> 8) & 255};${reduced & 255}`;
  if (reduced >= 16) return `${extended};5;${reduced}`;
  return String((reduced < 8 ? 30 + reduced : 82 + reduced) + (background ? 10 : 0));
}

function reduce(colour: PackedColour, level: ColourLevel): PackedColour {
  if (level === 3 || colour < 16) return colour;
  if (level === 2) return colour < 256 ? colour : nearest256(colour & 0xff_ffff);
  return nearest16(colour < 256 ? paletteRgb(colour) : colour & 0xff_ffff);
}

const cubeSteps = [0, 95, 135, 175, 215, 255];

/** What xterm shows for 16 to 255: a 6×6×6 cube, then 24 greys. */
function paletteRgb(index: number): number {
  if (index >= 232) return (8 + 10 * (index - 232)) * 0x01_01_01;
  const cube = index - 16;
  return (cubeSteps[Math.floor(cube / 36)]! << 16) | (cubeSteps[Math.floor(cube / 6) % 6]! << 8) | cubeSteps[cube % 6]!;
}

function nearest256(rgb: number): number {
  let best = 16;
  for (let index = 17; index < 256; index++) {
    if (distance(paletteRgb(index), rgb) < distance(paletteRgb(best), rgb)) best = index;
  }
  return best;
}

/** xterm's own sixteen: the best guess at what a theme's colours look like. */
const sixteen = [
  0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd, 0xe5_e5_e5, 0x7f_7f_7f,
  0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff, 0xff_ff_ff,
];

function nearest16(rgb: number): number {
  let best = 0;
  for (let index = 1; index < 16; index++) {
    if (distance(sixteen[index]!, rgb) < distance(sixteen[best]!, rgb)) best = index;
  }
  return best;
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}
