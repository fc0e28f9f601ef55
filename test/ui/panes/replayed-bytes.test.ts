import {expect, test} from 'vitest';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {framingExperiment} from '../../../src/chapters/data/framing.ts';
import {hexExperiment} from '../../../src/chapters/data/hex.ts';
import {zlibExperiment} from '../../../src/chapters/data/zlib.ts';
import {framingView} from '../../../src/ui/panes/framing.ts';
import {hexView} from '../../../src/ui/panes/hex.ts';
import {zlibView} from '../../../src/ui/panes/zlib.ts';
import type {View} from '../../../src/ui/view.ts';
import {replay} from '../../support/replay.ts';
import {Showing, showing} from './showing.ts';

const cases: readonly (readonly [AnyExperiment, View<never>, readonly (readonly [string, object])[]])[] = [
  [
    framingExperiment,
    framingView,
    [
      ['next', {}],
      ['next', {}],
      ['cut', {offset: 3}],
      ['decoder', {}],
      ['all', {}],
      ['back', {}],
    ],
  ],
  [
    zlibExperiment,
    zlibView,
    [
      ['all', {}],
      ['object', {offset: 15}],
      ['next', {}],
    ],
  ],
  [
    hexExperiment,
    hexView,
    [
      ['goto', {to: '100'}],
      ['set', {offset: 3, value: 7}],
      ['find', {pattern: 'xyz', as: 'text'}],
    ],
  ],
];

test.each(cases.map(([experiment, view, steps]) => [experiment.id, experiment, view, steps] as const))(
  '%s: a saved journal replays to the same screen',
  (_id, experiment, view, steps) =>
    showing(experiment, view as View<unknown>, {}, async shown => {
      for (const [action, args] of steps) {
        expect(await shown.run.act({action, args: args as Record<string, unknown>})).toBeUndefined();
        shown.lines();
      }
      const again = new Showing(replay(experiment, shown.run.saved()), view as View<unknown>);
      // The focus is where the reader was, which a journal does not know; an ended run offers no change of bytes either.
      again.pane.focus = shown.pane.focus;
      await shown.run.stop();
      expect(again.lines()).toEqual(shown.lines());
    }),
);
