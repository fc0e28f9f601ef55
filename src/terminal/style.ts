import {
  type Colour,
  type ColourLevel,
  colourParameters,
  defaultColour,
  type PackedColour,
  packColour,
} from './colour.ts';

/** How a cell looks. Colours are dropped at colour level 0; the rest remains, so it must carry the meaning too. */
export interface Style {
  readonly fg?: Colour | undefined;
  readonly bg?: Colour | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
  readonly inverse?: boolean | undefined;
  readonly strike?: boolean | undefined;
}

/** The number of an interned style; 0 is the terminal's default. Cheaper to paint with than a `Style`. */
export type StyleId = number;

export const attributeBits = {bold: 1, dim: 2, italic: 4, underline: 8, inverse: 16, strike: 32} as const;
type Attribute = keyof typeof attributeBits;
const attributes = Object.keys(attributeBits) as readonly Attribute[];
const attributeParameters: Record<Attribute, number> = {
  bold: 1,
  dim: 2,
  italic: 3,
  underline: 4,
  inverse: 7,
  strike: 9,
};

/** A style in numbers, as the grid keeps it. */
export interface PackedStyle {
  readonly fg: PackedColour;
  readonly bg: PackedColour;
  readonly bits: number;
}

const table: PackedStyle[] = [{fg: defaultColour, bg: defaultColour, bits: 0}];
const numbers = new Map<string, StyleId>([[keyOf(table[0]!), 0]]);
const resolved = new WeakMap<Style, StyleId>();
const mostStyles = 0xffff;

/** Interns a style. Objects are remembered by identity and must not change afterwards. */
export function styleId(style: Style | StyleId | undefined): StyleId {
  if (style === undefined) return 0;
  if (typeof style === 'number') return style;
  let id = resolved.get(style);
  if (id === undefined) {
    id = internStyle({fg: packColour(style.fg), bg: packColour(style.bg), bits: bitsOf(style)});
    resolved.set(style, id);
  }
  return id;
}

/** Interns packed parts. When 65 535 styles exist a new one loses its colours: it stays readable, and memory bounded. */
export function internStyle(parts: PackedStyle): StyleId {
  const key = keyOf(parts);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  if (table.length > mostStyles - 64 && (parts.fg !== defaultColour || parts.bg !== defaultColour))
    return internStyle({fg: defaultColour, bg: defaultColour, bits: parts.bits});
  const id = table.push(parts) - 1;
  numbers.set(key, id);
  return id;
}

export function packedStyle(id: StyleId): PackedStyle {
  return table[id] ?? table[0]!;
}

/** The style `id` with what `patch` names changed, for selections and dimmed backdrops. */
export function patchedStyle(id: StyleId, patch: Style): StyleId {
  const before = packedStyle(id);
  let bits = before.bits;
  for (const name of attributes) {
    if (patch[name] === true) bits |= attributeBits[name];
    else if (patch[name] === false) bits &= ~attributeBits[name];
  }
  const fg = patch.fg === undefined ? before.fg : packColour(patch.fg);
  const bg = patch.bg === undefined ? before.bg : packColour(patch.bg);
  return internStyle({fg, bg, bits});
}

const sequences: string[][] = [[], [], [], []];

/** The escape sequence that sets exactly this style, whatever was set before. */
export function sgr(id: StyleId, level: ColourLevel): string {
  const cache = sequences[level]!;
  const known = cache[id];
  if (known !== undefined) return known;
  cache[id] = makeSequence(packedStyle(id), level);
  return cache[id]!;
}

function makeSequence({fg, bg, bits}: PackedStyle, level: ColourLevel): string {
  const parameters: (string | number)[] = [];
  for (const name of attributes) if (bits & attributeBits[name]) parameters.push(attributeParameters[name]);
  for (const colour of [colourParameters(fg, level, false), colourParameters(bg, level, true)])
    if (colour !== '') parameters.push(colour);
  return parameters.length === 0 ? '\x1b[m' : `\x1b[0;${parameters.join(';')}m`;
}

function bitsOf(style: Style): number {
  let bits = 0;
  for (const name of attributes) if (style[name]) bits |= attributeBits[name];
  return bits;
}

function keyOf({fg, bg, bits}: PackedStyle): string {
  return `${fg},${bg},${bits}`;
}
