import type {Cell, CellColour} from '../../test/support/cell.ts';

/** The colours of the pictured terminal: its own two, and the sixteen that every terminal chooses for itself. */
export const theme = {
  background: '#14171c',
  foreground: '#d7dae0',
  ansi: [
    '#1d2128',
    '#e5616b',
    '#8fc26a',
    '#e3b965',
    '#62a8ea',
    '#c883dc',
    '#58b8c4',
    '#c5c9d1',
    '#6b7280',
    '#ff7f88',
    '#a9dc85',
    '#f3cf83',
    '#82c0ff',
    '#dea0f0',
    '#7bd2dd',
    '#f5f7fa',
  ],
} as const;

/** Colour 16 to 231 is a cube of six steps, 232 to 255 a ramp of greys, as in xterm. */
export function paletteColour(index: number): string {
  if (index < 16) return theme.ansi[index]!;
  if (index >= 232) return hex([8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)]);
  const step = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  const cube = index - 16;
  return hex([step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]);
}

/** What a cell is painted with; the background is undefined where it is the terminal's own. */
export function paint(cell: Cell): {ink: string; ground: string | undefined} {
  const ink = resolve(cell.fg, theme.foreground);
  const ground = cell.bg === 'default' ? undefined : resolve(cell.bg, theme.background);
  return cell.inverse ? {ink: ground ?? theme.background, ground: ink} : {ink, ground};
}

function resolve(colour: CellColour, fallback: string): string {
  if (colour === 'default') return fallback;
  return typeof colour === 'number' ? paletteColour(colour) : colour;
}

function hex(channels: readonly number[]): string {
  return '#' + channels.map(channel => channel.toString(16).padStart(2, '0')).join('');
}
