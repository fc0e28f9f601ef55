import {expect, test} from 'vitest';
import {jsonExperiment} from '../../../src/chapters/data/json.ts';
import type {JsonState} from '../../../src/chapters/data/json-shape.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {newPaneState, type PaneState, paintPane, partModel} from '../../../src/ui/pane.ts';
import {jsonView as view} from '../../../src/ui/panes/json.ts';
import {makeTheme, type Theme} from '../../../src/ui/theme.ts';
import type {PaneModel, PartModel} from '../../../src/ui/view.ts';
import {running} from '../../chapters/data/running.ts';

const unicode = makeTheme('terminal');

function modelOf(run: Run, theme: Theme = unicode): PaneModel<JsonState> {
  return {
    state: run.state as JsonState,
    ask: run.ask,
    journal: {
      first: run.journal.first,
      end: run.journal.next,
      get: seq => run.journal.get(seq),
      bytesOf: event => run.journal.bytesOf(event),
    },
    status: run.status,
    problem: run.problem,
    now: 0,
    theme,
    equivalents: jsonExperiment.equivalents(run.ask as never),
    filter: undefined,
  };
}

function paint(run: Run, width: number, height: number, pane: PaneState = newPaneState(view), theme?: Theme): string[] {
  const grid = new Grid(width, height);
  paintPane(grid.surface(), {view, model: modelOf(run, theme), pane, active: true});
  return grid.toLines();
}

function partOf(run: Run, pane: PaneState, id: string): PartModel<JsonState> {
  const box = pane.placed.find(({part}) => part === id)!;
  return partModel({view, model: modelOf(run), pane, active: true}, view.parts.find(part => part.id === id)!, box);
}

test.each([
  [38, 9, ['encoding', 'JSON in JS', '2 differ']],
  [78, 21, ['MessagePack', 'frames itself', 'needs a frame', 'What came back', '7b 22 6e 61']],
  [118, 33, ['struct', 'not written', "the key 7 becomes '7'", 'import pickle', '{"name":']],
  [198, 57, ['equal', 'not read', 'A name in a JSON object is always a text (RFC 8259 §4).', 'fixed size']],
] as const)('%i × %i shows what fits, in as many rows as there are', (width, height, texts) =>
  running(jsonExperiment, {}, run => {
    const lines = paint(run, width, height);
    expect(lines).toHaveLength(height);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    for (const text of texts) expect(lines.join('\n')).toContain(text);
    expect(paint(run, width, height, newPaneState(view), makeTheme('terminal', true)).join('')).not.toMatch(/[─▸│]/);
  }),
);

test('the bytes and the differences are those of the selected encoding', () =>
  running(jsonExperiment, {value: "(1, 'x')"}, run => {
    const pane = newPaneState(view);
    paint(run, 118, 33, pane);
    expect(pane.focus).toBe('encodings');
    const seen = [0, 1, 2, 3, 4].map(item => {
      pane.cursors['encodings'] = item;
      const text = paint(run, 118, 33, pane).join('\n');
      return [
        /Bytes of ([\w ]+\w)/.exec(text)![1],
        /0000 (.*?) {2}/.exec(text)![1],
        /(back|gives) (\S+ \S+)/.exec(text)![2],
      ];
    });
    expect(seen).toEqual([
      ['JSON', '5b 31 2c 20 22 78 22 5d', "[1, 'x']"],
      ['JSON in JS', '5b 31 2c 20 22 78 22 5d', '[1, "x"]'],
      ['pickle', '80 04 95 09 00 00 00 00', "(1, 'x')"],
      ['MessagePack', '92 01 a1 78', "[1, 'x']"],
      ['struct', '00 00 00 01 78', "(1, b'x')"],
    ]);
  }));

test('rows are explained, whole', () =>
  running(jsonExperiment, {value: '{(1, 2): 3}'}, run => {
    const pane = newPaneState(view);
    pane.cursors['encodings'] = 0;
    paint(run, 78, 21, pane);
    expect(view.parts[0]!.explain!(partOf(run, pane, 'encodings'))).toMatchObject({
      title: 'JSON',
      says: expect.stringContaining('TypeError: keys must be str, int, float, bool or None, not tuple'),
    });
    pane.focus = 'differences';
    expect(view.parts[1]!.explain!(partOf(run, pane, 'differences'))).toMatchObject({title: 'TypeError'});
    expect(paint(run, 78, 21, pane).join('\n')).toContain('It cannot be written in this encoding.');
  }));

test('nothing hostile is painted raw', () =>
  running(jsonExperiment, {value: "['\\x1b[31m\\u202e', b'\\x1b']"}, run => {
    for (const item of [0, 2, 3]) {
      const pane = newPaneState(view);
      pane.cursors['encodings'] = item;
      expect(paint(run, 118, 33, pane).join('')).not.toMatch(/[\x00-\x1f\u202e]/);
    }
  }));

test('a mistake is said above what was there', () =>
  running(jsonExperiment, {}, run => {
    run.reask({value: '[1,, 2]', protocol: '4'});
    const lines = paint(run, 118, 20);
    expect(lines[0]).toMatch(/^"," cannot stand here \(at 4\)\. Write a Python value/);
    expect(lines[1]).toContain('before the mistake');
    expect(lines.join('\n')).toContain('MessagePack');
  }));

test('a click stands on its row', () =>
  running(jsonExperiment, {}, run => {
    const pane = newPaneState(view);
    const y = paint(run, 118, 33, pane).findIndex(line => line.includes('MessagePack'));
    const box = pane.placed.find(({part}) => part === 'encodings')!;
    expect(view.parts[0]!.at!(4, y - box.y - 1, partOf(run, pane, 'encodings'))).toBe(3);
  }));
