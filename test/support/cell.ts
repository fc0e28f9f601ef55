import type {IBufferCell} from '@xterm/headless';

/** `default`, a palette number 0 to 255, or `#rrggbb`. */
export type CellColour = 'default' | number | `#${string}`;

export interface Cell {
  /** What stands there: a space when nothing does, '' in the right half of a wide character. */
  readonly char: string;
  readonly width: number;
  readonly fg: CellColour;
  readonly bg: CellColour;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strikethrough: boolean;
}

export function readCell(cell: IBufferCell): Cell {
  return {
    char: cell.getWidth() === 0 ? '' : cell.getChars() || ' ',
    width: cell.getWidth(),
    fg: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    bg: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    strikethrough: cell.isStrikethrough() !== 0,
  };
}

function colour(isDefault: boolean, isRgb: boolean, value: number): CellColour {
  if (isDefault) return 'default';
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}
