import {expect, test} from 'vitest';
import {pickleExperiment} from '../../../src/chapters/data/pickle.ts';
import type {PickleState} from '../../../src/chapters/data/pickle-shape.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {newPaneState, type PaneState, paintPane, partModel} from '../../../src/ui/pane.ts';
import {pickleView as view} from '../../../src/ui/panes/pickle.ts';
import {makeTheme, type Theme} from '../../../src/ui/theme.ts';
import type {PaneModel, PartModel} from '../../../src/ui/view.ts';
import {running} from '../../chapters/data/running.ts';

const unicode = makeTheme('terminal');

function modelOf(run: Run, theme: Theme = unicode): PaneModel<PickleState> {
  return {
    state: run.state as PickleState,
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
    equivalents: pickleExperiment.equivalents(run.ask as never),
    filter: undefined,
  };
}

function paint(run: Run, width: number, height: number, pane: PaneState = newPaneState(view), theme?: Theme): string[] {
  const grid = new Grid(width, height);
  paintPane(grid.surface(), {view, model: modelOf(run, theme), pane, active: true});
  return grid.toLines();
}

/** The model of one part, after a painting has settled where it lies. */
function partOf(run: Run, pane: PaneState, id: string): PartModel<PickleState> {
  const box = pane.placed.find(({part}) => part === id)!;
  return partModel({view, model: modelOf(run), pane, active: true}, view.parts.find(part => part.id === id)!, box);
}

const evil = Buffer.from("cos\x1b[2J\u202e\nsystem\n(S'id'\ntR.", 'utf8').toString('hex');

test.each([
  [38, 9, ['Opcodes: 10', 'EMPTY_LIST']],
  [78, 21, ['Opcodes: 10', 'Bytes: 22', 'value [5, 6, 7]', '22 bytes consumed, 0 left over']],
  [118, 33, ['Opcodes: 10', 'Bytes: 22', 'no imports found', 'Stack and memo', 'pickle.dumps([5, 6, 7], protocol=4)']],
  [198, 57, ['Opcodes: 10', 'meaning', 'Pushes a new empty list.', 'no imports found', 'the stack is empty']],
] as const)('%i × %i shows what fits, in as many rows as there are', (width, height, texts) =>
  running(pickleExperiment, {}, run => {
    const lines = paint(run, width, height);
    expect(lines).toHaveLength(height);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    for (const text of texts) expect(lines.join('\n')).toContain(text);
    expect(paint(run, width, height, newPaneState(view), makeTheme('terminal', true)).join('')).toMatch(
      /^[\x20-\x7e·…]*$/,
    );
  }),
);

test('the opcode, its bytes and the stack follow each other', () =>
  running(pickleExperiment, {protocol: '3'}, run => {
    const pane = newPaneState(view);
    paint(run, 118, 33, pane);
    expect(pane.focus).toBe('opcodes');
    pane.cursors['opcodes'] = 5;
    const lines = paint(run, 118, 33, pane);
    expect(pane.cursors['bytes'], 'BININT1 6 is at 8').toBe(8);
    expect(lines.join('\n')).toMatch(/3 6\s.*memo 0 \[\]/);
    pane.focus = 'bytes';
    pane.cursors['bytes'] = 12;
    paint(run, 118, 33, pane);
    expect(pane.cursors['opcodes'], 'APPENDS').toBe(7);
    expect(view.parts[0]!.explain!(partOf(run, pane, 'opcodes'))).toMatchObject({title: 'APPENDS, code e'});
    expect(view.parts[1]!.explain!(partOf(run, pane, 'bytes'))).toMatchObject({title: 'APPENDS, code e'});
  }));

test('a finding lights up its opcode and its bytes, and nothing hostile is painted raw', () =>
  running(pickleExperiment, {op: 'inspect', hex: evil}, run => {
    const pane = newPaneState(view);
    pane.focus = 'report';
    const found = paint(run, 118, 33, pane).join('\n');
    expect(found).toMatch(/runs code when loaded: os\\x1b\[2J/);
    expect(found).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(found).not.toMatch(/\bsafe\b/);
    const rows = view.parts.find(({id}) => id === 'report')!.range!(modelOf(run)).end;
    const titles = Array.from({length: rows}, (_, row) => {
      pane.cursors['report'] = row;
      paint(run, 118, 33, pane);
      const explained = view.parts.find(({id}) => id === 'report')!.explain!(partOf(run, pane, 'report'))!;
      return `${explained.title} → ${pane.cursors['opcodes']} ${pane.cursors['bytes']}`;
    });
    expect(titles).toEqual([
      'runs code when loaded → 0 0',
      'Refused → 0 0',
      expect.stringMatching(/^Pickle is self-framing → 5 /),
      'imports at offset 0 → 0 0',
      'pickletools at offset 0 → 0 0',
      expect.stringMatching(/^calls at offset \d+ → 4 /),
    ]);
  }));

test.each([
  ['80035d', /no STOP: a reader of a stream would wait/],
  ['80035d71', /no STOP: a reader of a stream would wait/],
  ['ff5d2e', /invalid load key(?![\s\S]*no STOP: )/],
  ['5d2e5d2e', /2 bytes consumed, 2 left over[\s\S]*2 pickles follow each other/],
])('%s: whether a reader would wait for more', (hex, expected) =>
  running(pickleExperiment, {op: 'dis', hex}, run => {
    expect(paint(run, 118, 33).join('\n')).toMatch(expected);
  }),
);

test('a click on an opcode stands on it', () =>
  running(pickleExperiment, {}, run => {
    const pane = newPaneState(view);
    const lines = paint(run, 118, 33, pane);
    const y = lines.findIndex(line => line.includes('EMPTY_LIST'));
    const box = pane.placed.find(({part}) => part === 'opcodes')!;
    expect(view.parts[0]!.at!(4, y - box.y - 1, partOf(run, pane, 'opcodes'))).toBe(2);
  }));

test('what cannot be read is said above what was there', () =>
  running(pickleExperiment, {}, async run => {
    run.reask({op: 'dumps', source: '[5', protocol: '4', hex: ''});
    await new Promise(done => setTimeout(done, 5));
    const [heading] = paint(run, 118, 20);
    expect(heading).toMatch(/[a-z] \(at 3\)\. [A-Z]/);
    expect(paint(run, 118, 20).join('\n')).toMatch(/Opcodes: 10 \(before the mistake\)[\s\S]*BININT1/);
  }));

test('digits typed in the bytes ask for the change', () =>
  running(pickleExperiment, {}, run => {
    const pane = newPaneState(view);
    pane.focus = 'bytes';
    pane.kept['bytes'] = {editing: 1};
    paint(run, 118, 33, pane);
    const reply = view.parts[1]!.press!('f', partOf(run, pane, 'bytes'));
    expect(reply).toMatchObject({action: 'edit', args: {offset: 0, value: 0xf0}});
  }));
