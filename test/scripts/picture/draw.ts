import type {Cell} from '../../support/cell.ts';

const plain: Cell = {
  char: ' ',
  width: 1,
  fg: 'default',
  bg: 'default',
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strikethrough: false,
};

/** A row of cells with one look. */
export function cells(text: string, look: Partial<Cell> = {}): Cell[] {
  return Array.from(text, char => ({...plain, ...look, char}));
}
