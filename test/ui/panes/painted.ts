import {expect} from 'vitest';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import type {WireEvent} from '../../../src/journal/event.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {newPaneState, type PaneState, paintPane} from '../../../src/ui/pane.ts';
import type {PaneModel, View} from '../../../src/ui/view.ts';
import {ascii, paneModel, unicode} from '../parts/painting.ts';

/** The insides of terminals of 40×12, 80×24, 120×36 and 200×60. */
export const paneSizes = [
  {width: 38, height: 9},
  {width: 78, height: 21},
  {width: 118, height: 33},
  {width: 198, height: 57},
] as const;

export interface PaintedView {
  readonly lines: readonly string[];
  readonly text: string;
  readonly pane: PaneState;
}

/** An event as a journal would give it. */
export function eventAt(seq: number, kind: string, fields: object, bytes?: number): WireEvent {
  return {kind, t: seq / 10, seq, run: 1, ...fields, ...(bytes !== undefined && {bytes: {at: 0, length: bytes}})};
}

/** Reduces events as a run would, and gives the model of a pane over them. */
export function modelAfter<State>(
  experiment: AnyExperiment,
  ask: object,
  events: readonly WireEvent[],
  more: Partial<PaneModel<State>> = {},
): PaneModel<State> {
  const state = events.reduce(
    (state, event) => experiment.reduce(state as never, event as never),
    experiment.start(ask as never),
  ) as State;
  const equivalents = experiment.equivalents(ask as never);
  return paneModel<State>(state, {events, ask: ask as Record<string, unknown>, equivalents, ...more});
}

/** Paints a whole view, and checks what holds for every view: printable, nothing coloured that is not also said. */
export function paintView<State>(
  view: View<State>,
  model: PaneModel<State>,
  size: {width: number; height: number},
  {pane = newPaneState(view), plain = false}: {pane?: PaneState; plain?: boolean} = {},
): PaintedView {
  const grid = new Grid(size.width, size.height);
  paintPane(grid.surface(), {view, model: {...model, theme: plain ? ascii : unicode}, pane, active: true});
  const lines = grid.toLines();
  const text = lines.join('\n');
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  if (plain) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  for (const box of pane.placed) {
    expect(box.x + box.width).toBeLessThanOrEqual(size.width);
    expect(box.y + box.height).toBeLessThanOrEqual(size.height);
  }
  return {lines, text, pane};
}
