import {isWideCodePoint} from './width-table.ts';

/** One glyph as the user sees it: the text that makes it and the cells it takes (0, 1 or 2, rarely more). */
export interface Cluster {
  readonly text: string;
  readonly width: number;
}

/** What a control character becomes: one cell that says "a byte was here" and does nothing to the terminal. */
export const controlMark = '·';

/**
 * A character that alone fills exactly one cell: printable ASCII, and the letters, dashes, arrows, box lines, blocks and
 * braille of which a screen is mostly made. What is neither plain nor plainly wide goes through `Intl.Segmenter`.
 */
export function isPlain(code: number): boolean {
  if (code < 0x7f) return code >= 0x20;
  if (code < 0x300) return code >= 0xa0 && code !== 0xad;
  if (code < 0x2190) return (code >= 0x370 && code <= 0x482) || (code >= 0x2010 && code <= 0x2027);
  return code <= 0x21ff || (code >= 0x2500 && code <= 0x25fc) || (code >= 0x2800 && code <= 0x28ff);
}

/** The same for two cells: kana, the common ideographs, Korean syllables. */
export function isPlainWide(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3041 && code <= 0x3096);
}

/** 1 or 2 if the character at `index` is plain and nothing after it joins it (a combining mark, a variation selector); 0. */
export function plainWidth(text: string, index: number): 0 | 1 | 2 {
  const code = text.charCodeAt(index);
  const width = isPlain(code) ? 1 : isPlainWide(code) ? 2 : 0;
  if (width === 0 || index + 1 >= text.length) return width;
  const next = text.charCodeAt(index + 1);
  return next < 0x300 || isPlain(next) || isPlainWide(next) ? width : 0;
}

/** Where the stretch that needs segmenting ends: before the next character that surely starts a cluster of its own. */
export function slowStretchEnd(text: string, index: number): number {
  let end = index + 1;
  while (end < text.length && !(text.charCodeAt(end) < 0x7f && plainWidth(text, end) > 0)) end++;
  return end;
}

/**
 * Splits text into the clusters the grid can hold (UAX #29). Controls become `controlMark`; clusters of no width
 * (bidi marks, zero-width spaces, lone combining marks) are dropped; a lone surrogate becomes U+FFFD.
 */
export function clusters(text: string): Cluster[] {
  const found: Cluster[] = [];
  for (let index = 0; index < text.length; ) {
    const width = plainWidth(text, index);
    if (width > 0) found.push({text: text[index++]!, width});
    else {
      const end = slowStretchEnd(text, index);
      found.push(...segmented(text.slice(index, end)));
      index = end;
    }
  }
  return found;
}

/** The same for a stretch of which nothing is known: always segmented. */
export function segmented(stretch: string): Cluster[] {
  const found: Cluster[] = [];
  segmenter ??= new Intl.Segmenter();
  for (const {segment} of segmenter.segment(stretch)) {
    for (const cluster of cleaned(segment)) if (cluster.width > 0) found.push(cluster);
  }
  return found;
}

let segmenter: Intl.Segmenter | undefined;

/** More code points than any real glyph has; a longer pile of marks is cut, so that one cell stays one cell. */
const longestCluster = 32;
const known = new Map<string, readonly Cluster[]>();
const mostKnown = 4096;

function cleaned(segment: string): readonly Cluster[] {
  const before = known.get(segment);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const made = clean(segment);
  if (segment.length <= longestCluster) known.set(segment, made);
  return made;
}

function clean(segment: string): readonly Cluster[] {
  // CR LF is one cluster, and two control characters.
  if (/[\p{Control}\u2028\u2029]/u.test(segment)) return marks([...segment].length);
  // What draws nothing of its own at the front would join the cell before it.
  const start = segment.search(visibleCharacter);
  if (start === -1) return /^\p{Surrogate}$/u.test(segment) ? [{text: '\ufffd', width: 1}] : [];
  const whole = segment.slice(start).toWellFormed();
  const text = whole.length > longestCluster ? [...whole].slice(0, longestCluster / 2).join('') : whole;
  const width = clusterWidth(text);
  return joinsBackwards(text) ? marks(width) : [{text, width}];
}

function marks(count: number): readonly Cluster[] {
  return Array.from({length: count}, () => ({text: controlMark, width: 1}));
}

/** A spacing mark or a Korean vowel without a base: many terminals would add it to the cell before. */
function joinsBackwards(text: string): boolean {
  const code = text.codePointAt(0)!;
  return /^\p{Mark}/u.test(text) || isVowel(code) || isTrailing(code);
}

const visibleCharacter =
  /[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]/u;
let rgiEmoji: RegExp | undefined;

/** Cells of one cluster, by the rules string-width 8 uses, because Ink lays out by them. */
export function clusterWidth(cluster: string): number {
  const start = cluster.search(visibleCharacter);
  if (start === -1) return 0;
  const code = cluster.codePointAt(start)!;
  if (start === 0 && cluster.length === (code > 0xffff ? 2 : 1)) return isWideCodePoint(code) ? 2 : 1;
  if (isEmojiSequence(cluster)) return 2;
  const visible = cluster.slice(start);
  return hangulWidth(visible) ?? (isWideCodePoint(code) ? 2 : 1) + trailingWidth(visible);
}

function isEmojiSequence(cluster: string): boolean {
  rgiEmoji ??= /^\p{RGI_Emoji}$/v;
  if (rgiEmoji.test(cluster) || /^[\d#*]\u20e3$/.test(cluster)) return true;
  return cluster.includes('\u200d') && (cluster.match(/\p{Extended_Pictographic}/gu)?.length ?? 0) > 1;
}

const isLeading = (code: number) => (code >= 0x1100 && code <= 0x115f) || (code >= 0xa960 && code <= 0xa97c);
const isVowel = (code: number) => (code >= 0x1160 && code <= 0x11a7) || (code >= 0xd7b0 && code <= 0xd7c6);
const isTrailing = (code: number) => (code >= 0x11a8 && code <= 0x11ff) || (code >= 0xd7cb && code <= 0xd7fb);

/** Decomposed Korean: a leading and a vowel (and a trailing) letter make one syllable of two cells; others add up. */
function hangulWidth(visible: string): number | undefined {
  const codes = [...visible].filter(character => visibleCharacter.test(character)).map(c => c.codePointAt(0)!);
  const first = codes[0]!;
  if (!isLeading(first) && !isVowel(first) && !isTrailing(first)) return undefined;
  let width = 0;
  for (let index = 0; index < codes.length; index++) {
    const next = codes[index + 1];
    if (isLeading(codes[index]!) && next !== undefined && isVowel(next)) {
      const third = codes[index + 2];
      index += third !== undefined && isTrailing(third) ? 2 : 1;
      width += 2;
    } else width += isWideCodePoint(codes[index]!) ? 2 : 1;
  }
  return width;
}

/** Spacing marks and halfwidth sound marks join the cluster of their base but take a cell of their own. */
function trailingWidth(visible: string): number {
  let width = 0;
  for (const character of [...visible].slice(1)) {
    if (/\p{Spacing_Mark}/u.test(character) || (character >= '\uff00' && character <= '\uffef'))
      width += isWideCodePoint(character.codePointAt(0)!) ? 2 : 1;
  }
  return width;
}
