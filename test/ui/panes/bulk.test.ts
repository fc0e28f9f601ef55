import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {bulkExperiment} from '../../../src/chapters/names/bulk.ts';
import type {BulkState} from '../../../src/chapters/names/bulk-state.ts';
import {findPart, newPaneState, partModel} from '../../../src/ui/pane.ts';
import {bulkView} from '../../../src/ui/panes/bulk.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(bulkExperiment.fields);
let seq = 0;

const answer = (number: number, change: object = {}) =>
  eventAt(seq++, 'answer', {
    number,
    name: `n${number}.example.test.`,
    type: 'A',
    outcome: 'NOERROR',
    seconds: number / 1000,
    tries: 1,
    size: 60,
    transport: 'udp',
    flags: 'qr rd ra',
    count: 1,
    answers: ['A 192.0.2.1'],
    ...change,
  });

const figures = {
  read: 100,
  done: 60,
  answered: 57,
  timeouts: 3,
  failed: 0,
  bad: 1,
  sent: 70,
  retries: 6,
  ignored: 2,
  truncated: 1,
  codes: [
    {code: 'NOERROR', count: 50},
    {code: 'NXDOMAIN', count: 7},
  ],
};

const progress = (rate: number, change: object = {}) =>
  eventAt(seq++, 'progress', {
    ...figures,
    inFlight: 40,
    waiting: 10,
    rate,
    p50: 0.002,
    p99: 0.04,
    histogram: [
      {from: 0.001024, to: 0.001217748, count: 30},
      {from: 0.001217748, to: 0.001448155, count: 27},
    ],
    ...change,
  });

const started = (change: object = {}) =>
  eventAt(seq++, 'started', {
    server: '127.0.0.1:5300',
    transport: 'udp',
    source: 'names.txt',
    concurrency: 64,
    rate: 0,
    every: 0.1,
    ...change,
  });

const summary = (change: object = {}) =>
  eventAt(seq++, 'summary', {
    ...figures,
    cancelled: 0,
    seconds: 2,
    rate: 30,
    min: 0.001,
    mean: 0.002,
    p50: 0.002,
    p90: 0.01,
    p99: 0.04,
    max: 0.05,
    ...change,
  });

function story() {
  seq = 0;
  return [
    started({total: 101}),
    eventAt(seq++, 'bad', {line: 3, text: 'a..b', says: 'Two dots with nothing between them'}),
    ...Array.from({length: 20}, (_, k) => answer(k + 1)),
    answer(30, {outcome: 'timeout', seconds: 6, tries: 3, size: 0, answers: [], flags: ''}),
    answer(31, {outcome: 'NXDOMAIN', name: 'evil\x1b[31m\u202e.test.'}),
    answer(32, {outcome: 'SERVFAIL'}),
    progress(900),
    progress(1200),
  ];
}

const model = (events = story(), more = {}) => modelAfter<BulkState>(bulkExperiment, ask, events, more);
const size = {width: 118, height: 33};

function standing(id: string, cursor: number, of = model()) {
  const pane = newPaneState(bulkView);
  pane.focus = id;
  pane.cursors[id] = cursor;
  paintView(bulkView, of, size, {pane});
  const part = findPart(bulkView, id)!;
  const box = pane.placed.find(placed => placed.part === id)!;
  return {part, model: partModel({view: bulkView, model: of, pane, active: true}, part, box)};
}

describe.each(paneSizes)('$width x $height', size => {
  test.each([false, true])('all of it, in ASCII: %s', plain => {
    for (const events of [[], [started()], story(), [...story(), summary()]]) {
      const {text} = paintView(bulkView, model(events), size, {plain});
      expect(text).not.toMatch(/undefined|NaN|Infinity/);
    }
    expect(paintView(bulkView, model(), size, {plain}).text).toMatch(/60 of 100/);
  });
});

describe('what is said', () => {
  const heading = (events: ReturnType<typeof story>, more = {}) =>
    bulkView.heading!(model(events, more))
      .map(span => (typeof span === 'string' ? span : span[0]))
      .join('');

  test('in the heading: opening, going, paused, done, stopped', () => {
    expect(heading([])).toBe('opening the names');
    expect(heading([], {status: 'failed'})).toBe('did not begin');
    expect(heading(story())).toBe('1200 a second, 64 in flight, 127.0.0.1:5300 over UDP, names.txt');
    const paused = eventAt(seq++, 'pace', {concurrency: 64, rate: 0, paused: true});
    expect(heading([...story(), paused])).toBe('paused, 127.0.0.1:5300 over UDP, names.txt');
    expect(heading([...story(), summary()])).toBe('30 a second in 2 s, 127.0.0.1:5300 over UDP, names.txt');
    expect(heading(story(), {status: 'stopped'})).toMatch(/^stopped, /);
  });

  test('how many are done, with a bar only where somebody knows how many there are', () => {
    expect(paintView(bulkView, model(), size).text).toMatch(/Done +▕█+░+▏ 60 of 100/);
    expect(paintView(bulkView, model([started(), progress(5)]), size).text).toMatch(/Done +60 /);
    const cancelled = [...story(), summary({cancelled: 9})];
    expect(paintView(bulkView, model(cancelled), size).text).toMatch(/60 of 100 {2}9 cancelled/);
  });

  test('response codes, lines that were left out, and the times', () => {
    const {text} = paintView(bulkView, model(), {width: 198, height: 57});
    expect(text).toMatch(/NOERROR +▕█+░+▏ 50 of 60/);
    expect(text).toMatch(/timeout +▕█+░*▏ 3 of 60/);
    expect(text).toContain('line 3  Two dots with nothing between them: a..b');
    expect(text).toContain('Time to the answer, of 57');
  });

  test('the slowest and the wrong ones, the longest first', () => {
    const {lines} = paintView(bulkView, model(), {width: 198, height: 57});
    const names = lines.flatMap(
      line => /(n\d+\.example\.test\.|evil\S*) +A +(\w+)/.exec(line)?.slice(1, 3).join(' ') ?? [],
    );
    expect(names.slice(0, 4)).toEqual([
      'n30.example.test. timeout',
      'n32.example.test. SERVFAIL',
      expect.stringContaining('NXDOMAIN'),
      'n20.example.test. NOERROR',
    ]);
  });

  test('only what passes the filter', () => {
    const filtered = model(story(), {filter: (event: {outcome?: unknown}) => event.outcome === 'timeout'});
    const {text} = paintView(bulkView, filtered, {width: 198, height: 57});
    expect(text).toContain('n30.example.test.');
    expect(text).not.toContain('n20.example.test.');
    const none = paintView(bulkView, model(story(), {filter: () => false}), {width: 198, height: 57});
    expect(none.text).toContain('Nothing passes the filter.');
  });
});

describe('e explains', () => {
  test('an outcome: the code, how often it was sent, the section', () => {
    const {part, model: at} = standing('outcomes', 30);
    expect(part.explain!(at)).toMatchObject({
      title: 'n30.example.test. A: timeout',
      says: expect.stringContaining('It was sent 3 times; it took 6 s'),
      source: 'RFC 1035 §4.2.1',
      equivalents: [{language: 'shell', code: 'dig n30.example.test. A @127.0.0.1 -p 5300\n'}],
    });
    expect(part.copies!(at)[0]!.text).toContain('n30.example.test.  A  timeout  6 s');
  });

  test('a line that was left out, and the times', () => {
    const bad = standing('bad', 0);
    expect(bad.part.explain!(bad.model)).toMatchObject({title: 'Line 3', source: 'RFC 1035 §2.3.4, §5.1'});
    const latency = standing('latency', 40);
    expect(latency.part.explain!(latency.model)?.says).toContain('quarter of a doubling');
  });
});

describe('what is kept is bounded', () => {
  test('rows, lines and samples; what came besides is counted', () => {
    seq = 0;
    const events = [
      started(),
      ...Array.from({length: 1000}, (_, k) => answer(k + 1)),
      ...Array.from({length: 700}, (_, k) => answer(2000 + k, {outcome: 'REFUSED'})),
      ...Array.from({length: 300}, (_, k) => eventAt(seq++, 'bad', {line: k + 1, text: 'x..y', says: 'no'})),
      ...Array.from({length: 1500}, (_, k) => progress(k, {bad: 300})),
    ];
    const {state} = model(events);
    expect(state.slow.map(({number}) => number)).toEqual(Array.from({length: 100}, (_, k) => 1000 - k));
    expect(state).toMatchObject({moreWrong: 300, samples: {dropped: 300}});
    expect([state.wrong.length, state.badLines.length, state.samples.rate.length]).toEqual([400, 100, 1200]);
    const {text} = paintView(bulkView, model(events), {width: 198, height: 57});
    expect(text).toContain('Not NOERROR: 400 and 300 more; the slowest 100');
    expect(text).toContain('Lines left out: 300, the first 100');
  });
});
