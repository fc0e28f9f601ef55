import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {traceExperiment} from '../../../src/chapters/names/trace.ts';
import {traceFields} from '../../../src/chapters/names/trace-fields.ts';
import type {TraceState} from '../../../src/chapters/names/trace-state.ts';
import {traceRows} from '../../../src/ui/panes/trace/rows.ts';
import {traceView} from '../../../src/ui/panes/trace.ts';
import {eventually} from '../../world/support/tools.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';
import {type Showing, showing, sizes} from './showing.ts';

const ask = defaultsOf(traceFields);
const nasty = '\x1b[31m\u202e<b>';

/** A trace with every kind of event, and text from outside that must not get through. */
function story() {
  let seq = 0;
  const at = (kind: string, fields: object) => eventAt(seq++, kind, fields);
  const server = (name: string, source = 'glue') => ({name, addresses: ['192.0.2.1'], source});
  const zone = (number: number, name: string, parent: number, more: object = {}) =>
    at('zone', {number, zone: name, parent, by: `what ${nasty} says`, servers: [server(nasty)], records: [], ...more});
  const asked = (number: number, outcome: string, more: object = {}) =>
    at('asked', {
      zone: number,
      server: `ns.${nasty}`,
      address: '192.0.2.1:53',
      name: nasty,
      type: 'A',
      why: 'trace',
      outcome,
      says: nasty,
      seconds: 0.001,
      records: [nasty],
      ...more,
    });
  return [
    zone(0, '.', -1, {servers: [server('a.root.', 'hint')]}),
    asked(0, 'referral', {rcode: 'NOERROR', says: 'to test.'}),
    zone(1, 'test.', 0, {signed: true}),
    asked(1, 'silent'),
    asked(1, 'lame', {rcode: 'REFUSED'}),
    asked(1, 'unreachable'),
    asked(1, 'failure', {rcode: 'SERVFAIL'}),
    asked(1, 'answer', {rcode: 'NOERROR', aa: true, size: 100, transport: 'udp'}),
    zone(2, 'looked.up.', 0, {signed: false, servers: []}),
    asked(2, 'no data', {why: 'look-up'}),
    at('finding', {zone: 1, code: 'lame', severity: 'wrong', says: `ns.${nasty} is lame`}),
    at('finding', {zone: 1, code: 'ns-differ', severity: 'odd', says: nasty}),
    at('alias', {from: nasty, to: 'b.test.', by: 'CNAME'}),
    at('answer', {
      zone: 1,
      outcome: 'answer',
      rcode: 'NOERROR',
      says: '1 record',
      records: [`x 1 IN TXT ${nasty}`],
      denial: [],
    }),
    at('link', {
      zone: '.',
      what: 'DNSKEY',
      verdict: 'secure',
      reason: nasty,
      keyTag: 1,
      algorithm: 'ED25519',
      inception: '2026-01-01',
      expiration: '2027-01-01',
    }),
    at('link', {zone: 'test.', what: nasty, verdict: 'bogus', reason: 'it does not fit'}),
    at('verdict', {verdict: 'bogus', reason: 'it does not fit', extendedError: 'DNSSEC Bogus'}),
    at('ended', {says: 'It is through', queries: 7, seconds: 1}),
  ];
}

describe('painted', () => {
  const model = modelAfter<TraceState>(traceExperiment, ask, story());

  test.each(paneSizes)('at $width×$height nothing gets through, and everything fits', size => {
    for (const plain of [false, true]) {
      const {text} = paintView(traceView, model, size, {plain});
      expect(text).toContain('bogus');
      expect(text).not.toMatch(/undefined|NaN/);
    }
  });

  test('before anything happened it says what is being done', () => {
    const {text} = paintView(traceView, modelAfter<TraceState>(traceExperiment, ask, []), paneSizes[1]);
    expect(text).toContain('Nobody was asked');
  });

  test('the tree has each zone below the one that refers to it, then its servers and what is wrong', () => {
    const rows = traceRows(model.state).map(row => {
      if (row.kind === 'zone') return `${row.depth} ${row.zone.zone}`;
      return row.kind === 'asked' ? `${row.depth} - ${row.asked.outcome}` : `${row.depth} ! ${row.finding.code}`;
    });
    expect(rows).toEqual([
      '0 .',
      '0 - referral',
      '1 test.',
      '1 - silent',
      '1 - lame',
      '1 - unreachable',
      '1 - failure',
      '1 - answer',
      '1 ! lame',
      '1 ! ns-differ',
      '1 looked.up.',
      '1 - no data',
    ]);
  });
});

const ended = (shown: Showing<TraceState>) => eventually(() => shown.run.status !== 'running', Boolean);
const shows = (more: object, work: (shown: Showing<TraceState>) => void, size = sizes[2]!, ascii = false) =>
  showing(
    traceExperiment,
    traceView,
    {wait: 0.5, retries: 0, ...more},
    async shown => {
      await ended(shown);
      shown.lines();
      work(shown);
    },
    {size, ascii},
  );

describe('on the lab', () => {
  test.each(sizes)('at $width×$height the verdict and the tree are there', async size => {
    for (const ascii of [false, true])
      await shows(
        {name: 'lame.test'},
        shown => {
          expect(shown.text()).toMatch(/lame\.test A +secure/);
          expect(shown.text()).toContain('Zones: 3');
        },
        size,
        ascii,
      );
  });

  test('each row is explained, and copied', async () => {
    await shows({name: 'lame.test'}, shown => {
      for (const {seq} of traceRows(shown.run.state as TraceState)) {
        shown.focus('tree', seq);
        const {part, model} = shown.part('tree');
        const {says, source} = part.explain?.(model) ?? {says: '', source: ''};
        expect(says).toMatch(/\.$/);
        expect(says).not.toMatch(/undefined|\.\.$/);
        expect(source).toMatch(/^RFC \d+/);
        expect(part.copies?.(model).map(({label}) => label)).toContain('the tree');
      }
    });
  });

  test('the response of the server that is selected is shown, as text and as bytes', async () => {
    await shows(
      {name: 'lame.test'},
      shown => {
        const state = shown.run.state as TraceState;
        const refused = state.asked.find(({rcode, why}) => rcode === 'REFUSED' && why === 'trace')!;
        shown.focus('tree', refused.seq);
        expect(shown.text()).toMatch(/status: REFUSED/);
        const zone = state.zones.find(one => one.zone === 'test.')!;
        shown.focus('tree', zone.seq);
        expect(shown.text()).toMatch(/a\.root-servers\.test\. on lame\.test\. A/);
        expect(shown.text()).toMatch(/test\.\s+\d+\s+IN\s+DS/);
        const gone = state.asked.find(({outcome, why}) => outcome === 'unreachable' && why === 'trace')!;
        shown.focus('tree', gone.seq);
        expect(shown.text()).toContain('Nothing listens at 127.4.4.9');
      },
      sizes[3],
    );
  });

  test('the chain of trust says each step, its key and until when', async () => {
    await shows(
      {name: 'expired.test'},
      shown => {
        expect(shown.text()).toMatch(/bogus .*expired on \d{4}-\d\d-\d\d/);
        expect(shown.text()).toContain('(Signature Expired)');
        shown.focus('trust', 0);
        const {part, model} = shown.part('trust');
        expect(part.explain?.(model)).toMatchObject({
          title: 'DNSKEY: secure',
          says: expect.stringMatching(/ECDSAP256SHA256.*valid from 20/),
          source: 'RFC 4035 §4.3 and §5',
        });
        expect(part.copies?.(model)[1]?.text.split('\n').length).toBeGreaterThan(3);
      },
      sizes[3],
    );
  });

  test('a filter leaves the rows that pass', async () => {
    await shows({name: 'lame.test'}, shown => {
      const {part, model} = shown.part('tree');
      const order = part.order?.({...model, filter: (_: unknown, text: string) => text.includes('REFUSED')});
      expect(order?.length).toBe(2);
    });
  });

  test('what ends badly says so where the answer would be', async () => {
    await shows({name: 'loop.example.test'}, shown => expect(shown.text()).toMatch(/alias in a circle/));
    await shows({name: 'www.example.test', dnssec: false}, shown =>
      expect(shown.text()).toContain('DNSSEC is switched off'),
    );
  });
});
