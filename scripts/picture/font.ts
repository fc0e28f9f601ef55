import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';

const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/** The font of the pictures, and one for what it lacks; both are given to the renderer, so none of the system's is needed. */
export const fontFamily = 'DejaVu Sans Mono';
export const otherFamily = 'DejaVu Sans';
export const fontFiles: string[] = [
  'DejaVuSansMono.ttf',
  'DejaVuSansMono-Bold.ttf',
  'DejaVuSansMono-Oblique.ttf',
  'DejaVuSansMono-BoldOblique.ttf',
  'DejaVuSans.ttf',
  'DejaVuSans-Bold.ttf',
].map(name => join(folder, name));

/** Width of every glyph of the monospaced font, as a share of its size. */
export const glyphWidth = 1233 / 2048;

/** The family that can draw a character (its first code point decides), or undefined when neither can. */
export function familyFor(character: string): string | undefined {
  const code = character.codePointAt(0)!;
  if (covers('DejaVuSansMono.ttf', code)) return fontFamily;
  return covers('DejaVuSans.ttf', code) ? otherFamily : undefined;
}

const coverage = new Map<string, Set<number>>();

function covers(file: string, code: number): boolean {
  let codes = coverage.get(file);
  if (codes === undefined) {
    codes = codePoints(readFileSync(join(folder, file)));
    coverage.set(file, codes);
  }
  return codes.has(code);
}

/** The code points that a TrueType font has glyphs for, from its `cmap` table (OpenType specification, cmap, format 12). */
function codePoints(font: Buffer): Set<number> {
  const tables = Array.from({length: font.readUInt16BE(4)}, (_, k) => 12 + 16 * k);
  const entry = tables.find(at => font.toString('latin1', at, at + 4) === 'cmap');
  if (entry === undefined) throw new Error('the font has no cmap table');
  const cmap = font.readUInt32BE(entry + 8);
  const subtables = Array.from(
    {length: font.readUInt16BE(cmap + 2)},
    (_, k) => cmap + font.readUInt32BE(cmap + 4 + 8 * k + 4),
  );
  const full = subtables.find(at => font.readUInt16BE(at) === 12);
  if (full === undefined) throw new Error('the font has no cmap subtable of format 12');
  const codes = new Set<number>();
  for (let group = 0; group < font.readUInt32BE(full + 12); group++) {
    const at = full + 16 + 12 * group;
    for (let code = font.readUInt32BE(at); code <= font.readUInt32BE(at + 4); code++) codes.add(code);
  }
  return codes;
}
