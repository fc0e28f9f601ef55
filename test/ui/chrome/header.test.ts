import {beforeEach, expect, test, vi} from 'vitest';
import {type HitLine, headerLine, hintsLine} from '../../../src/ui/chrome/header.ts';
import {openExperiment} from '../../../src/ui/control.ts';
import {lineText, lineWidth} from '../../../src/ui/parts/line.ts';
import {bell} from '../toys/experiments.ts';
import {type Bench, openToys, turn} from '../toys/open.ts';

vi.mock('../../../src/chapters/registry.ts', async () => (await import('../toys/experiments.ts')).toyRegistry());
vi.mock('../../../src/ui/view-registry.ts', async () => (await import('../toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

/** What stands where a click does something. */
const clickable = <What>({line, hits}: HitLine<What>) => hits.map(({from, to}) => lineText(line).slice(from, to));

test('each chapter is clicked where it stands, however much of the header is left out', () => {
  for (const cells of [20, 40, 80, 200]) {
    const header = headerLine(toys.store, cells);
    expect(clickable(header)[0]).toBe('[3 TCP]');
    expect(clickable(header)[1]).toMatch(/^5/);
    expect(header.hits.map(({what}) => what)).toEqual(['tcp', 'data']);
    if (cells >= 40) expect(lineWidth(header.line)).toBe(cells);
  }
});

test('hints are cut whole, the most important first, and help is always among them', async () => {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
  const wide = clickable(hintsLine(toys.store, 200));
  expect(wide[0]).toBe('s ring');
  for (let cells = 16; cells <= 200; cells++) {
    const hints = hintsLine(toys.store, cells);
    expect(lineWidth(hints.line), `${cells} columns`).toBeLessThanOrEqual(cells);
    expect(wide).toEqual(expect.arrayContaining(clickable(hints)));
    expect(
      clickable(hints).some(hint => /keys|help/i.test(hint)),
      `${cells} columns`,
    ).toBe(true);
  }
});

test('an address that would move the cursor is shown, not obeyed', () => {
  const open = {...bell, listensOn: () => '0.0.0.0\x1b[2J'};
  const run = toys.store.bench.start(open, {tone: 'c', times: 0, mood: 'calm'});
  expect(toys.screen()[0]).toContain('open on 0.0.0.0\\x1b[2J!');
  void run.stop();
});

test('the lab is said to be on for as long as it is', () => {
  expect(toys.screen()[0]).not.toContain('lab on');
  toys.store.bench.lab = {} as never;
  expect(toys.screen()[0]).toContain(' lab on ');
  // Where there is no room for all, what runs is said before it.
  const run = toys.store.bench.start(bell, {tone: 'c', times: 0, mood: 'calm'});
  for (const cells of [24, 30, 34, 40, 80]) {
    const {line} = headerLine(toys.store, cells);
    expect(lineText(line), `${cells} columns`).toContain(' 1 running ');
    if (cells >= 30) expect(lineWidth(line), `${cells} columns`).toBeLessThanOrEqual(cells);
  }
  expect(lineText(headerLine(toys.store, 34).line)).not.toContain('lab on');
  void run.stop();
});
