import {beforeEach, describe, expect, test, vi} from 'vitest';
import {explainPage} from '../../../src/ui/chrome/explain.ts';
import {overlayTitle} from '../../../src/ui/chrome/overlay.ts';
import {confirmRows, overlayBox} from '../../../src/ui/chrome/overlay-size.ts';
import {openExperiment} from '../../../src/ui/control.ts';
import {edit} from '../../../src/ui/edit.ts';
import {newForm} from '../../../src/ui/form.ts';
import {clickOverlay} from '../../../src/ui/overlays/click.ts';
import {lineText} from '../../../src/ui/parts/line.ts';
import type {ListOverlay, Overlay} from '../../../src/ui/store.ts';
import {bell} from '../toys/experiments.ts';
import {type Bench, openToys, turn} from '../toys/open.ts';

vi.mock('../../../src/chapters/registry.ts', async () => (await import('../toys/experiments.ts')).toyRegistry());
vi.mock('../../../src/ui/view-registry.ts', async () => (await import('../toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(async () => {
  toys = openToys();
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
});

const list = (kind: ListOverlay['kind'], query = ''): ListOverlay => ({kind, query: edit(query), index: 0, top: 0});

const overlays: readonly Overlay[] = [
  ...(['palette', 'help', 'running', 'errors', 'copy'] as const).map(kind => list(kind)),
  {kind: 'explain', top: 0, language: 0},
  {kind: 'prompt', action: 'tune', form: newForm(bell.actions.tune.fields!)},
  {kind: 'confirm', title: 'Sure?', question: bell.actions.melt.danger!, yes: false, agreed: () => undefined},
];

describe.each(overlays.map(overlay => [overlay.kind, overlay] as const))('%s', (_kind, overlay) => {
  test('lies within the screen at every size, with room inside its frame, and has a title', () => {
    for (const [width, height] of [
      [40, 12],
      [80, 24],
      [400, 120],
    ] as const) {
      const box = overlayBox(toys.store, overlay, {width, height});
      expect([box.x >= 0, box.y >= 0, box.x + box.width <= width, box.y + box.height <= height]).not.toContain(false);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(3);
    }
    expect(overlayTitle(toys.store, overlay)).not.toBe('');
  });

  test('a click on its frame changes nothing', () => {
    toys.store.overlay = overlay;
    const box = overlayBox(toys.store, overlay, toys.store.size);
    for (const at of [
      {x: -1, y: 0},
      {x: 0, y: -1},
      {x: box.width - 2, y: 0},
      {x: 0, y: box.height - 2},
    ])
      clickOverlay(toys, overlay, at, box);
    expect([toys.store.overlay === overlay, toys.asked]).toEqual([true, []]);
  });
});

test('the frame of a list does not jump while one types', () => {
  const box = (query: string) => overlayBox(toys.store, list('palette', query), {width: 80, height: 24});
  expect(box('no such thing')).toEqual(box(''));
});

test('an empty list says why, and what to do', () => {
  toys.store.overlay = list('palette', 'zzzz');
  expect(toys.screen().join('\n')).toContain('Nothing is called that. Backspace widens the search.');
  toys.store.overlay = list('errors');
  expect(toys.screen().join('\n')).toContain('No messages: nothing has gone wrong so far.');
});

test('the buttons of a question are clicked where they stand; only Yes agrees', () => {
  let agreed = 0;
  const question: Overlay = {kind: 'confirm', title: 'Sure?', question: 'Melt it?', yes: true, agreed: () => agreed++};
  const box = overlayBox(toys.store, question, toys.store.size);
  const {rows, hits} = confirmRows('Melt it?', true, box.width - 2);
  expect(hits.map(({from, to}) => lineText(rows.at(-1)!).slice(from, to))).toEqual([' No ', '[Yes]']);
  const clicked = (x: number) => {
    toys.store.overlay = question;
    clickOverlay(toys, question, {x, y: rows.length - 1}, box);
    return [toys.store.overlay, agreed];
  };
  expect(clicked(hits[0]!.to)).toEqual([question, 0]);
  expect(clicked(hits[0]!.from)).toEqual([undefined, 0]);
  expect(clicked(hits[1]!.from)).toEqual([undefined, 1]);
});

describe('an explanation', () => {
  test('its languages are clicked where they stand, and turn both ways round', () => {
    const page = explainPage(toys.store, 0, 60);
    expect(page.tabs.hits.map(({from, to}) => lineText(page.rows[page.tabs.row]!).slice(from, to))).toEqual([
      '[Python]',
      ' Node ',
    ]);
    expect([-1, 1, 3].map(language => explainPage(toys.store, language, 60).code)).toEqual(
      Array(3).fill("ring('c');\nmore();"),
    );
  });

  test('its prose is wrapped, then comes the source, then the code', () => {
    const rows = explainPage(toys.store, 0, 30).rows.map(lineText);
    const source = rows.indexOf('RFC 1 §2');
    expect(source).toBeGreaterThan(1);
    for (const row of rows.slice(0, source)) expect(row.length).toBeLessThanOrEqual(30);
    expect(rows.at(-1)).toBe('  ring("c")');
  });

  test('before anything is open', () => {
    const {rows, code} = explainPage(openToys().store, 0, 60);
    expect([rows.map(lineText), code]).toEqual([['Open an experiment first.'], undefined]);
  });
});
