import {isPlain, isPlainWide} from './clusters.ts';

/** What a cell holds: a code point, or (from `firstInterned`) the number of a cluster of several, or `continuation`. */
export type GlyphId = number;

/** The right half of a wide glyph. */
export const continuation: GlyphId = 0;
/** A cell of which the screen's contents are unknown: it differs from everything. */
export const unknown: GlyphId = 0xffff_ffff;
export const blank: GlyphId = 0x20;

const firstInterned = 0x11_0000;
const mostInterned = 65_536;
const texts: string[] = [];
const ids = new Map<string, GlyphId>();

/**
 * The number of a cluster. At most 65 536 clusters of several code points are kept for the life of the process; after
 * that a new one is shown as a replacement of the same width (U+FFFD, or the geta mark U+3013 for two cells).
 */
export function glyphId(text: string, width: number): GlyphId {
  const code = text.codePointAt(0)!;
  if (text.length === (code > 0xffff ? 2 : 1)) return code;
  const known = ids.get(text);
  if (known !== undefined) return known;
  if (texts.length >= mostInterned) return width > 1 ? 0x3013 : 0xfffd;
  const id = firstInterned + texts.push(text) - 1;
  ids.set(text, id);
  return id;
}

export function glyphText(id: GlyphId): string {
  return id < firstInterned ? String.fromCodePoint(id) : texts[id - firstInterned]!;
}

const risks = new Map<GlyphId, boolean>();

/**
 * Whether terminals disagree about this glyph's width: sequences, pictographs, and what is beyond the basic plane except
 * ideographs. The diff never relies on where the cursor is after such a glyph.
 */
export function isRisky(id: GlyphId): boolean {
  if (id < 0x300 || isPlain(id) || isPlainWide(id) || (id >= 0x3000 && id <= 0xdfff)) return false;
  if (id >= firstInterned) return true;
  let risky = risks.get(id);
  if (risky === undefined) {
    risky =
      (id > 0xffff && !(id >= 0x2_0000 && id <= 0x3_fffd)) ||
      /[\p{Extended_Pictographic}\p{Co}\p{Cn}\p{M}]/u.test(glyphText(id));
    if (risks.size > 4096) risks.clear();
    risks.set(id, risky);
  }
  return risky;
}

/** The most cells a terminal that knows nothing of sequences might spend on this glyph: two for each code point. */
export function worstWidth(id: GlyphId): number {
  return id < firstInterned ? 2 : 2 * [...glyphText(id)].length;
}
