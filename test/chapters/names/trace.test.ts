import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {traceExperiment} from '../../../src/chapters/names/trace.ts';
import {readAnchors} from '../../../src/chapters/names/trace-anchors.ts';
import {ianaAnchors, ianaRoots} from '../../../src/chapters/names/trace-roots.ts';
import type {TraceState} from '../../../src/chapters/names/trace-state.ts';
import {Running, type Started, told} from '../tcp/running.ts';

let running: Running;

beforeEach(() => {
  running = new Running();
});

afterEach(() => running.close());

async function traced(name: string, ask: object = {}): Promise<Started & {state: TraceState}> {
  const quick = {...defaultsOf(traceExperiment.fields), wait: 0.5, retries: 0};
  const started = running.start(traceExperiment, {...quick, name, ...ask});
  await started.run.ended;
  // Where no server is of use the command fails, and the state says the same.
  expect(started.run.problem?.code ?? 'dns.no-answer').toBe('dns.no-answer');
  return {...started, state: started.run.state as TraceState};
}

const textOf = ({run, events}: Started) =>
  events
    .map(event => traceExperiment.line(event as never, run.journal.bytesOf(event), run.ask as never))
    .map(line => (typeof line === 'object' && 'shown' in line ? line.shown : typeof line === 'string' ? line : ''))
    .join('\n');

describe('on the lab', () => {
  test('goes from the root down, asks every server, and checks every signature', async () => {
    const {state, events} = await traced('www.example.test');
    expect(state.zones.map(({zone}) => zone)).toEqual(['.', 'test.', 'example.test.']);
    expect(state.zones.map(({parent}) => parent)).toEqual([-1, 0, 1]);
    expect(state.zones.map(({signed}) => signed)).toEqual([undefined, true, true]);
    const traces = state.asked.filter(({why}) => why === 'trace');
    expect(traces.map(({zone, outcome}) => `${zone} ${outcome}`).sort()).toEqual([
      '0 referral',
      '0 referral',
      '1 referral',
      '1 referral',
      '2 answer',
      '2 answer',
    ]);
    expect(state.findings).toEqual([]);
    expect(state.answer?.records[0]).toMatch(/^www\.example\.test\.\s+3600\s+IN\s+A\s+127\.4\.3\.80$/);
    expect(state.links.map(({verdict}) => verdict)).toEqual(state.links.map(() => 'secure'));
    expect(state.links.map(({zone, what}) => `${zone} ${what}`)).toEqual([
      '. DNSKEY',
      '. DS of test.',
      'test. DNSKEY',
      'test. DS of example.test.',
      'example.test. DNSKEY',
      'example.test. www.example.test. A',
    ]);
    expect(state.verdict?.verdict).toBe('secure');
    const asked = told({events} as Started, 'asked');
    expect(asked.every(event => event['outcome'] === 'unreachable' || event.bytes !== undefined)).toBe(true);
  });

  test('says which servers are lame and which are gone, and goes on with the one that is right', async () => {
    const {state} = await traced('lame.test');
    expect(state.findings.map(({code, severity}) => `${code} ${severity}`).sort()).toEqual([
      'lame wrong',
      'unreachable wrong',
    ]);
    expect(state.findings.find(({code}) => code === 'lame')?.says).toMatch(
      /lame\.hoster\.test\. \(127\.4\.4\.8\).*REFUSED/,
    );
    expect(state.verdict?.verdict).toBe('secure');
  });

  test.each([
    ['bogus.test', 'bogus', /does not fit/, 'DNSSEC Bogus'],
    ['expired.test', 'bogus', /expired on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/, 'Signature Expired'],
    ['early.test', 'bogus', /valid only from \d{4}-/, 'Signature Not Yet Valid'],
    ['wrong-ds.test', 'bogus', /none of its keys fits the DS/, 'DNSKEY Missing'],
    ['stripped.test', 'bogus', /no signature came/, 'RRSIGs Missing'],
    ['unsigned.test', 'insecure', /is not signed.*NSEC/, ''],
    ['island.test', 'insecure', /is not signed/, ''],
    ['www.second.nsec3.example', 'insecure', /opt-out/, ''],
    ['nothing.example.test', 'secure', /no such name.*proved/, ''],
    ['nothing.example', 'secure', /no such name.*proved.*hash/, ''],
    ['anything.wild.example.test', 'secure', /wildcard/, ''],
  ])('%s is %s', async (name, verdict, reason, error) => {
    const {state} = await traced(name);
    expect(state.verdict).toMatchObject({verdict, reason: expect.stringMatching(reason), extendedError: error});
  });

  test('aliases lead over zones to another tree, and each step is checked', async () => {
    const {state} = await traced('alias.example');
    expect(state.aliases).toMatchObject([{from: 'alias.example.', to: 'www.example.test.', by: 'CNAME'}]);
    expect(state.zones.map(({zone}) => zone)).toEqual(['.', 'example.', 'test.', 'example.test.']);
    expect(state.verdict).toMatchObject({verdict: 'secure', reason: expect.stringContaining('www.example.test. A')});
    expect((await traced('host.old.example.test')).state.aliases[0]?.by).toBe('DNAME');
  });

  test('a circle of aliases ends with a sentence', async () => {
    const {state} = await traced('loop.example.test');
    expect(state.findings.map(({code}) => code)).toEqual(['loop']);
    expect(state.ended?.says).toMatch(/alias in a circle/);
    expect(state.verdict?.verdict).toBe('indeterminate');
  });

  test('a server that says nothing ends it with a sentence', async () => {
    const {state, run} = await traced('silent.test', {wait: 0.2});
    expect(run.problem?.code).toBe('dns.no-answer');
    expect(state.findings.map(({code}) => code)).toEqual(['silent']);
    expect(state.ended?.says).toBe('No server of silent.test. is of use');
  });

  test('an address is asked for its name', async () => {
    const {state} = await traced('127.4.3.80');
    expect(state.answer?.records.join()).toMatch(/PTR\s+www\.example\.test\./);
    expect(state.verdict?.verdict).toBe('secure');
  });

  test('with one server of each zone only, the answer is the same', async () => {
    const {state} = await traced('www.example.test', {allServers: false, transport: 'tcp'});
    expect(state.asked.filter(({why}) => why === 'trace')).toHaveLength(3);
    expect(state.verdict?.verdict).toBe('secure');
  });

  test('the text shows tree, findings, answer and verdict', async () => {
    const text = textOf(await traced('lame.test'));
    expect(text).toMatch(/^test\. {2}the referral of \., 2 servers, DS: signed$/m);
    expect(text).toMatch(/^ {4}!! lame\.hoster\.test\. \(127\.4\.4\.8\) is lame/m);
    expect(text).toMatch(/^lame\.test\. +600 +IN +A +127\.4\.3\.80$/m);
    expect(text).toMatch(/^secure: /m);
    expect(text).not.toMatch(/undefined|NaN/);
  });

  test('queries have a limit, and it is said', async () => {
    const started = running.start(traceExperiment, {
      ...defaultsOf(traceExperiment.fields),
      queries: 3,
    });
    await started.run.ended;
    expect(started.run.problem).toMatchObject({code: 'dns.queries', next: expect.stringContaining('--queries')});
    expect(told(started, 'ended')[0]).toMatchObject({queries: 3, says: expect.stringContaining('its 3 queries')});
  });
});

describe('trust anchors', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirebook-anchor-'));
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  test('are read as DS, as DNSKEY, and as BIND writes them, to the same DS', () => {
    // The root's key of 2017, RFC 9718 §A.
    const key =
      'AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=';
    const ds = readAnchors(ianaAnchors[0]!);
    expect(ds[0]?.data.length).toBe(36);
    for (const text of [
      `. 172800 IN DNSKEY 257 3 8 ${key}`,
      `trust-anchors {\n  "." initial-key 257 3 8 "${key}";\n};`,
      'trust-anchors { "." static-ds 20326 8 2 "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"; };',
    ])
      expect(readAnchors(text).map(({data}) => Buffer.from(data).toString('hex'))).toEqual([
        Buffer.from(ds[0]!.data).toString('hex'),
      ]);
  });

  test('of the wrong key make the answer bogus; a file without any is refused', async () => {
    const wrong = join(folder, 'wrong');
    writeFileSync(wrong, `${ianaAnchors.join('\n')}\n`);
    const {state} = await traced('www.example.test', {anchor: wrong});
    expect(state.verdict).toMatchObject({verdict: 'bogus', reason: expect.stringContaining('none of its keys fits')});
    const empty = join(folder, 'empty');
    writeFileSync(empty, 'nothing\n');
    for (const [anchor, says] of [
      [empty, 'no trust anchor'],
      [join(folder, 'missing'), 'cannot be read'],
    ] as const) {
      const started = running.start(traceExperiment, {...defaultsOf(traceExperiment.fields), anchor});
      await started.run.ended;
      expect(started.run.problem?.says).toContain(says);
    }
  });
});

test('the root servers are thirteen, with two addresses each', () => {
  expect(ianaRoots).toHaveLength(13);
  expect(new Set(ianaRoots.flatMap(({addresses}) => addresses)).size).toBe(26);
});

test.each([
  ['name', 'a..b'],
  ['type', 'AXFR'],
  ['type', 'A,MX'],
  ['root', 'nowhere'],
] as const)('%s does not take %j', (field, typed) => {
  expect(traceExperiment.fields[field].read(typed)).toMatchObject({ok: false, says: expect.stringMatching(/./)});
});
