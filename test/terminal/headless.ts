import headless from '@xterm/headless';
import {isWideCodePoint} from '../../src/terminal/width-table.ts';

/** What one cell of a terminal shows, in comparable form. `text` is '' for the right half of a wide glyph. */
export interface ShownCell {
  readonly text: string;
  readonly look: string;
}

/**
 * A terminal without a window. `graphemes` makes it join emoji sequences as current terminals do; without it the widths are
 * those of Unicode 6 and an emoji takes one cell for each code point, as in old ones.
 */
export function terminal(columns: number, rows: number, graphemes = true): headless.Terminal {
  const made = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
  if (graphemes) {
    made.unicode.register(joining);
    made.unicode.activeVersion = joining.version;
  }
  return made;
}

export async function feed(into: headless.Terminal, text: string): Promise<void> {
  await new Promise<void>(done => into.write(text, done));
}

export function cells(of: headless.Terminal): ShownCell[][] {
  return Array.from({length: of.rows}, (_, y) => {
    const line = of.buffer.active.getLine(y)!;
    return Array.from({length: of.cols}, (_, x) => {
      const cell = line.getCell(x)!;
      const look = [
        cell.getFgColorMode(),
        cell.getFgColor(),
        cell.getBgColorMode(),
        cell.getBgColor(),
        cell.isBold(),
        cell.isDim(),
        cell.isItalic(),
        cell.isUnderline(),
        cell.isInverse(),
        cell.isStrikethrough(),
      ].join();
      return {text: cell.getWidth() === 0 ? '' : cell.getChars() || ' ', look};
    });
  });
}

export function lines(of: headless.Terminal): string[] {
  return cells(of).map(row =>
    row
      .map(cell => cell.text)
      .join('')
      .trimEnd(),
  );
}

const extending = /\p{Mark}|\u200d|\ufe0f|[\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]/u;
const afterJoiner = 1;
const afterIndicator = 2;

/** Grapheme joining for the clusters the tests use: marks, variation selectors, ZWJ sequences, flags. */
const joining: headless.IUnicodeVersionProvider = {
  version: 'joining',
  wcwidth: code => (code < 32 || (code >= 0x7f && code < 0xa0) ? 0 : isWideCodePoint(code) ? 2 : 1),
  charProperties(code, preceding) {
    // The number xterm keeps: three bytes of state, two bits of width, one bit "joins what is before".
    const state = preceding >> 3;
    const before = (preceding >> 1) & 3;
    const text = String.fromCodePoint(code);
    const indicator = code >= 0x1f1e6 && code <= 0x1f1ff;
    const joins =
      preceding !== 0 &&
      (extending.test(text) || (state & afterJoiner) !== 0 || (indicator && (state & afterIndicator) !== 0));
    const own = Math.max(joining.wcwidth(code), 0);
    const widened = code === 0xfe0f || code === 0x20e3 || indicator || extending.test(text) === false;
    const width = joins ? (widened ? 2 : Math.max(before, /\p{Spacing_Mark}/u.test(text) ? before + 1 : before)) : own;
    const next = (code === 0x200d ? afterJoiner : 0) | (indicator && !joins ? afterIndicator : 0);
    return (next << 3) | (Math.min(width, 2) << 1) | (joins ? 1 : 0);
  },
};
