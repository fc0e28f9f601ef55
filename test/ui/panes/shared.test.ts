import {describe, expect, test} from 'vitest';
import {sharedExperiment} from '../../../src/chapters/tcp/shared.ts';
import type {SharedState} from '../../../src/chapters/tcp/shared-state.ts';
import {compile} from '../../../src/journal/filter.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {paintPane} from '../../../src/ui/pane.ts';
import {sharedView} from '../../../src/ui/panes/shared.ts';
import {replayed} from './replayed.ts';
import {Showing, sizes} from './showing.ts';

const run = replayed(sharedExperiment, 'tcp-shared.wirebook');
const shown = (size = sizes[2]!, ascii = false) => new Showing<SharedState>(run, sharedView, size, ascii);

describe('the pane of the shared socket', () => {
  test.each(sizes)('at $width×$height it fits and says who acts', size => {
    for (const ascii of [false, true]) {
      const text = shown(size, ascii).text();
      expect(text).toContain('The parent acts; 2 holders');
      expect(text).toContain('FIN_WAIT2');
      expect(text).toContain('CLOSE_WAIT');
      expect(text).toMatch(/send\("after SHUT_R/);
      if (ascii) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  test('who holds the socket stands there whole, where both ends have half of 120 columns', () => {
    const holders = ['parent', 'child'].map(by => ({by, pid: 32_768, fd: 28}));
    const showing = shown();
    const model = {...showing.model, state: {...showing.model.state, holders}};
    const grid = new Grid(98, 33);
    paintPane(grid.surface(), {view: sharedView, model, pane: showing.pane, active: true});
    expect(grid.toLines().join('\n')).toContain('held by parent 32768 as 28, child 32768 as 28 ');
  });

  test('what was found, for each way of ending', () => {
    const text = shown().text();
    expect(text).toMatch(/close\(\) +no FIN +parent: send\("after close"\) = 11 +it goes on/);
    expect(text).toMatch(/SHUT_RD +no FIN +parent: recv\(\) = 0 +it ended for both/);
    expect(text).toMatch(/SHUT_WR +FIN +parent: send\("after SHUT_WR"\) = -1 EPIPE +it ended for both/);
    expect(text).toMatch(/SHUT_RDWR +FIN +parent: send\("after SHUT_RDWR"\) = -1 EPIPE +it ended for both/);
  });

  test('each process has its column, and the wire its own', () => {
    const showing = shown(sizes[3]!);
    const x = (text: string) => showing.find(text).x;
    expect(x('shutdown(SHUT_RDWR)')).toBeGreaterThan(x('EPIPE send("after SHUT_RDWR") = -1'));
    expect(x('recv() = 0  end of file')).toBeGreaterThan(x('shutdown(SHUT_RDWR)'));
    expect(showing.lines().find(line => line.includes('shutdown(SHUT_RDWR)'))).toMatch(/─ FIN ─+▶/);
  });

  test('a click finds its row, and the row is explained', () => {
    const showing = shown();
    const {x, y} = showing.find('shutdown(SHUT_RDWR)');
    const item = showing.itemAt('ladder', x, y)!;
    expect(run.journal.get(item)).toMatchObject({name: 'shutdown', by: 'child'});
    showing.pane.following.clear();
    showing.focus('ladder', item);
    const {part, model} = showing.part('ladder');
    expect(part.explain!(model)!.says).toContain('every process that has a descriptor');
    expect(part.copies!(model)[0]!.text).toContain('child shutdown(SHUT_RDWR) = 0');
  });

  test('the filter is obeyed', () => {
    const showing = shown();
    showing.lines();
    const {part, model} = showing.part('ladder');
    const compiled = compile('EPIPE');
    if (!compiled.ok) throw new Error('EPIPE is a filter');
    const order = part.order!({...model, filter: compiled.test as never})!;
    expect(order.length).toBe(2);
  });
});
