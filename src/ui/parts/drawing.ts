import type {Theme} from '../theme.ts';

/** What the parts draw with besides the glyphs of the theme. Each piece takes one cell in both forms. */
export interface Drawing {
  readonly ascii: boolean;
  readonly ellipsis: string;
  /** Ends of a gauge. */
  readonly open: string;
  readonly shut: string;
  /** The least a gauge can show that is not nothing. */
  readonly sliver: string;
  /** A stretch of wire on which something got lost. */
  readonly lost: string;
  readonly up: string;
  readonly down: string;
  readonly cross: string;
  readonly corners: readonly [topLeft: string, topRight: string, bottomLeft: string, bottomRight: string];
  /** Where a line meets the frame of a plot. */
  readonly tee: string;
  readonly heavyHorizontal: string;
  readonly heavyVertical: string;
}

const unicode: Drawing = {
  ascii: false,
  ellipsis: '…',
  open: '▕',
  shut: '▏',
  sliver: '▏',
  lost: '╳',
  up: '▲',
  down: '▼',
  cross: '┼',
  corners: ['┌', '┐', '└', '┘'],
  tee: '┤',
  heavyHorizontal: '━',
  heavyVertical: '┃',
};

const ascii: Drawing = {
  ascii: true,
  ellipsis: '~',
  open: '[',
  shut: ']',
  sliver: ':',
  lost: 'X',
  up: '^',
  down: 'v',
  cross: '+',
  corners: ['+', '+', '+', '+'],
  tee: '|',
  heavyHorizontal: '=',
  heavyVertical: '!',
};

/** The form that goes with the theme's own glyphs. */
export function drawingOf(theme: Theme): Drawing {
  return theme.glyphs.horizontal === '-' ? ascii : unicode;
}
