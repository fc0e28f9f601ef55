import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {lookupExperiment} from '../../../src/chapters/names/lookup.ts';
import {lookupFields} from '../../../src/chapters/names/lookup-fields.ts';
import type {LookupState} from '../../../src/chapters/names/lookup-state.ts';
import {findPart, newPaneState, type PaneState, partModel} from '../../../src/ui/pane.ts';
import {lookupView} from '../../../src/ui/panes/lookup.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(lookupFields);
const row = (number: number, type: string, typeNumber: number, more: object = {}) => ({
  number,
  family: 'AF_INET',
  familyNumber: 2,
  type,
  typeNumber,
  proto: 'IPPROTO_TCP',
  protoNumber: 6,
  canonname: '',
  sockaddr: ['127.0.0.1', 80],
  flags: 0,
  length: 16,
  raw: '020000507f0000010000000000000000',
  ...more,
});

let seq = 0;
const event = (kind: string, fields: object) => eventAt(seq++, kind, fields);

function story(more: readonly [string, object][] = []) {
  seq = 0;
  return [
    event('asked', {node: 'localhost', service: 'www', call: 'getaddrinfo("localhost", "www", {0}, ...)'}),
    event('switch', {
      file: '/etc/nsswitch.conf',
      line: 12,
      text: 'hosts: files [NOTFOUND=return] dns',
      sources: [
        {name: 'files', actions: ['NOTFOUND=return'], says: 'the file /etc/hosts'},
        {name: 'dns', actions: []},
      ],
    }),
    event('resolver', {
      file: '/etc/resolv.conf',
      servers: ['192.0.2.53'],
      search: ['a.test'],
      ndots: 1,
      timeout: 5,
      attempts: 2,
      options: [],
      tried: ['localhost.a.test.', 'localhost.'],
    }),
    event('hosts', {file: '/etc/hosts', line: 1, text: '127.0.0.1 localhost'}),
    event('call', {purpose: 'look-up', text: 'getaddrinfo("localhost")', result: 0, seconds: 0.001}),
    event('row', row(1, 'SOCK_STREAM', 1, {canonname: 'localhost'})),
    event('row', row(2, 'SOCK_DGRAM', 2, {proto: 'IPPROTO_UDP', protoNumber: 17})),
    event('answer', {rows: 2, seconds: 0.001}),
    event('source', {name: 'files', addresses: ['127.0.0.1'], canonical: 'localhost', seconds: 0.001}),
    event('origin', {from: 'files', says: 'Asked alone, files is the first that answers'}),
    ...more.map(([kind, fields]) => event(kind, fields)),
  ];
}

const refused: [string, object] = [
  'attempt',
  {
    row: 1,
    address: '127.0.0.1:80',
    connected: false,
    errno: 'ECONNREFUSED',
    means: 'Nobody listens there.',
    seconds: 0.001,
  },
];
const connected: [string, object] = [
  'attempt',
  {row: 2, address: '127.0.0.1:80', connected: true, local: '127.0.0.1:5000', seconds: 0.001},
];
const failure: [string, object] = [
  'failed',
  {
    code: 'EAI_SYSTEM',
    number: -11,
    errno: 16,
    errnoName: 'EBUSY',
    says: 'System error',
    means: 'A system call failed.',
    next: 'Errno says which way.',
    seconds: 0.1,
  },
];

const model = (list = story(), more = {}) => modelAfter<LookupState>(lookupExperiment, ask, list, more);
const size = {width: 118, height: 33};

function standing(id: string, list = story(), set: (pane: PaneState) => void = () => undefined) {
  const pane = newPaneState(lookupView);
  paintView(lookupView, model(list), size, {pane});
  pane.focus = id;
  set(pane);
  paintView(lookupView, model(list), size, {pane});
  const part = findPart(lookupView, id)!;
  const box = pane.placed.find(placed => placed.part === id)!;
  return {part, at: partModel({view: lookupView, model: model(list), pane, active: true}, part, box)};
}

describe('every size', () => {
  for (const one of paneSizes)
    test(`${one.width}×${one.height}`, () => {
      for (const list of [[], story().slice(0, 3), story(), story([refused, connected])])
        for (const plain of [false, true])
          expect(paintView(lookupView, model(list), one, {plain}).text).toContain(
            list.length < 10 ? 'infolist: 0' : 'infolist: 2',
          );
    });
});

test('a row has names and numbers, and in full the bytes of its address', () => {
  const {text} = paintView(lookupView, model(), size);
  expect(text).toMatch(/AF_INET 2 +STREAM 1 +TCP 6 +localhost +\('127\.0\.0\.1', 80\)/);
  expect(text).toContain('0200 0050 7f000001 0000000000000000  16 bytes');
});

test('where it comes from: source, order, line, servers and the names tried', () => {
  const {text} = paintView(lookupView, model(), size);
  expect(text).toContain('from       files: Asked alone');
  expect(text).toContain('files [NOTFOUND=return], then dns  /etc/nsswitch.conf:12');
  expect(text).toContain('127.0.0.1 localhost  /etc/hosts:1');
  expect(text).toContain('not asked: the hosts file answered');
  expect(text).toContain('localhost.a.test., then localhost.');
});

test('a failure stands first, with errno after EAI_SYSTEM and libc’s own words', () => {
  const {text} = paintView(lookupView, model([...story().slice(0, 4), event(...failure)]), size);
  expect(text).toContain('EAI_SYSTEM -11 EBUSY 16: System error. A system call failed.');
  expect(text).toContain('No rows: EAI_SYSTEM.');
});

test('what came of connecting stands in its row, in words', () => {
  const {text} = paintView(lookupView, model(story([refused, connected])), size);
  expect(text).toMatch(/\('127\.0\.0\.1', 80\) +ECONNREFUSED/);
  expect(text).toMatch(/DGRAM 2 .*connected/);
  const closed = paintView(lookupView, model(story([refused, connected, ['closed', {row: 2}]])), size);
  expect(closed.text).toContain('was open');
});

test('c, Enter and n go with the row under the cursor', () => {
  const second = (pane: PaneState) => {
    pane.cursors['rows'] = 1;
  };
  const {part, at} = standing('rows', story(), second);
  expect(part.press?.('enter', at)).toEqual({action: 'connect', args: {row: 2}});
  expect(part.press?.('c', at)).toEqual({action: 'connect', args: {row: 2}});
  expect(part.press?.('n', at)).toEqual({action: 'rest', args: {row: 2}});
  expect(part.grabs?.('c', at)).toBe(true);
  expect(part.explain?.(at)).toMatchObject({
    title: expect.stringContaining('Row 2'),
    source: expect.stringContaining('RFC 6724'),
  });
});

test('every fact can be explained, with its source, and copied', () => {
  const {part, at} = standing('facts', story([['notice', {says: 'A sentence.'}]]));
  const {first, end} = part.range!(at);
  expect(end - first).toBeGreaterThan(6);
  for (let item = first; item < end; item++) {
    expect(part.explain?.({...at, cursor: item})?.says.length).toBeGreaterThan(10);
    expect(part.copies?.({...at, cursor: item})?.[0]?.text).toMatch(/\w/);
  }
});

test('a call is explained with what it returned', () => {
  const {part, at} = standing('calls', story(), pane => {
    pane.following.clear();
    pane.cursors['calls'] = 4;
  });
  expect(part.explain?.(at)).toMatchObject({says: 'It returned 0.'});
});

test('hostile text is shown harmlessly', () => {
  const list = story([
    ['notice', {says: hostile}],
    ['hosts', {file: '/etc/hosts', line: 2, text: hostile}],
    ['source', {name: hostile, addresses: [hostile], canonical: hostile, seconds: 0}],
    ['row', row(3, 'SOCK_STREAM', 1, {canonname: hostile, sockaddr: [hostile, 80]})],
  ]);
  for (const one of paneSizes) expect(paintView(lookupView, model(list), one).text).toContain('infolist: 3');
  expect(model(list).state.rows).toHaveLength(3);
});
