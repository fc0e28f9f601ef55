import type {WireEvent} from '../../../src/journal/event.ts';
import {glyphText} from '../../../src/terminal/glyphs.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import type {StyleId} from '../../../src/terminal/style.ts';
import {newPaneState, type PaneState, partModel} from '../../../src/ui/pane.ts';
import {makeTheme} from '../../../src/ui/theme.ts';
import type {PaneModel, Part, PartModel} from '../../../src/ui/view.ts';

export const unicode = makeTheme('terminal');
export const ascii = makeTheme('terminal', true);

/** Text that has every trap: wide glyphs, an emoji with joiners, a combining mark, an escape, a bidi override, a NUL. */
export const hostile = '漢字👩‍👩‍👧e\u0301\x1b[31m\u202eevil\0';

/** A pane over this state, with nothing in its journal unless `events` are given. */
export function paneModel<State>(
  state: State,
  more: Partial<PaneModel<State>> & {events?: readonly WireEvent[]} = {},
): PaneModel<State> {
  const {events = [], ...rest} = more;
  const bySeq = new Map(events.map(event => [event.seq, event]));
  return {
    state,
    ask: {},
    journal: {
      first: events[0]?.seq ?? 0,
      end: (events.at(-1)?.seq ?? -1) + 1,
      get: seq => bySeq.get(seq),
      bytesOf: () => undefined,
    },
    status: 'running',
    problem: undefined,
    now: 0,
    theme: unicode,
    equivalents: [],
    filter: undefined,
    ...rest,
  };
}

export interface Painted<State> {
  readonly grid: Grid;
  readonly lines: string[];
  /** All lines as one text, between bars where the surface begins and ends. */
  readonly picture: string;
  readonly model: PartModel<State>;
  readonly pane: PaneState;
  /** The style of a cell. */
  style(x: number, y: number): StyleId;
  /** Where a text stands: column and row. Throws when it does not. */
  find(text: string): {x: number; y: number};
}

export interface PaintOptions {
  readonly width: number;
  readonly height: number;
  readonly cursor?: number;
  readonly cursors?: Record<string, number>;
  readonly kept?: Record<string, number>;
  readonly focused?: boolean;
  readonly pane?: PaneState;
}

/** Settles the part as a pane would and paints it alone, without its title. */
export function paintPart<State>(part: Part<State>, model: PaneModel<State>, options: PaintOptions): Painted<State> {
  const view = {parts: [part], layout: () => []};
  const pane = options.pane ?? newPaneState(view);
  Object.assign(pane.cursors, options.cursors);
  if (options.cursor !== undefined) {
    pane.cursors[part.id] = options.cursor;
    pane.following.delete(part.id);
  }
  if (options.kept !== undefined) pane.kept[part.id] = options.kept;
  pane.focus = part.id;
  const {width, height} = options;
  const frame = {view, model, pane, active: options.focused ?? true};
  const settled = partModel(frame, part, {part: part.id, x: 0, y: 0, width, height: height + 1});
  // A column on each side that must stay as it was: nothing is painted outside.
  const grid = new Grid(width + 2, height);
  grid.fill(0, 0, width + 2, height, '?');
  grid.fill(1, 0, width, height);
  part.paint(grid.surface(1, 0, width, height), settled);
  const lines = grid.toLines();
  for (const line of lines)
    if (!line.startsWith('?') || !line.endsWith('?')) throw new Error(`Painted outside: ${line}`);
  return {
    grid,
    lines: lines.map(line => line.slice(1, -1).trimEnd()),
    picture: lines.map(line => `|${line.slice(1, -1)}|`).join('\n'),
    model: settled,
    pane,
    style: (x, y) => grid.styles[y * grid.width + x + 1]!,
    find(text) {
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) if (textFrom(grid, x + 1, y, text.length).startsWith(text)) return {x, y};
      throw new Error(`“${text}” is not in\n${lines.join('\n')}`);
    },
  };
}

function textFrom(grid: Grid, x: number, y: number, length: number): string {
  let text = '';
  for (let cell = x; cell < grid.width && text.length < length; cell++)
    text += glyphText(grid.ids[y * grid.width + cell]!);
  return text;
}
