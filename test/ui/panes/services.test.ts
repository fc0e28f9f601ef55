import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {type ServicesState, servicesExperiment} from '../../../src/chapters/names/services.ts';
import {servicesFields} from '../../../src/chapters/names/services-shape.ts';
import {findPart, newPaneState, partModel} from '../../../src/ui/pane.ts';
import {servicesView} from '../../../src/ui/panes/services.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(servicesFields);
let seq = 0;
const service = (name: string, number: number, protocol: string, aliases: string[] = [], comment = '') =>
  eventAt(seq++, 'entry', {
    table: 'services',
    name,
    number,
    protocol,
    aliases,
    comment,
    file: '/etc/services',
    line: seq,
  });
const protocol = (name: string, number: number, aliases: string[] = []) =>
  eventAt(seq++, 'entry', {table: 'protocols', name, number, aliases, comment: '', file: '/etc/protocols', line: seq});

function story() {
  seq = 0;
  return [
    service('ssh', 22, 'tcp', [], 'Secure Shell'),
    service('domain', 53, 'udp'),
    service('http', 80, 'tcp', ['www'], 'WorldWideWeb'),
    protocol('tcp', 6, ['TCP']),
    protocol('udp', 17, ['UDP']),
    eventAt(seq++, 'found', {
      table: 'services',
      asked: 'www',
      name: 'http',
      number: 80,
      protocol: 'tcp',
      aliases: ['www'],
      by: 'libc',
      call: 'getservbyname_r("www")',
      seconds: 0.0001,
    }),
    eventAt(seq++, 'missing', {
      table: 'services',
      asked: '1060',
      says: 'No service has port 1060',
      call: 'getservbyport_r(htons(1060))',
      result: -1,
      seconds: 0.0001,
    }),
  ];
}

const model = (list = story(), more = {}) => modelAfter<ServicesState>(servicesExperiment, ask, list, more);
const size = {width: 118, height: 33};

function standing(id: string, more = {}) {
  const pane = newPaneState(servicesView);
  paintView(servicesView, model(story(), more), size, {pane});
  pane.focus = id;
  paintView(servicesView, model(story(), more), size, {pane});
  const part = findPart(servicesView, id)!;
  const box = pane.placed.find(placed => placed.part === id)!;
  return {part, at: partModel({view: servicesView, model: model(story(), more), pane, active: true}, part, box)};
}

describe('every size', () => {
  for (const one of paneSizes)
    test(`${one.width}×${one.height}`, () => {
      for (const list of [[], story().slice(0, 2), story()])
        for (const plain of [false, true])
          expect(paintView(servicesView, model(list), one, {plain}).text).toContain('/etc/services');
    });
});

test('both files are tables, and what was asked stands beside them', () => {
  const {text} = paintView(servicesView, model(), size);
  expect(text).toMatch(/http +80 +tcp +www/);
  expect(text).toMatch(/udp +17 +UDP/);
  expect(text).toContain('getservbyname_r("www") = http 80/tcp  also www');
  expect(text).toContain('getservbyport_r(htons(1060)) = NULL  No service has port 1060');
});

test('the cursor stands on the line that was asked for', () => {
  expect(standing('services').at.cursor).toBe(2);
});

test('a filter leaves the rows that have the text, in a comment too', () => {
  const filter = (_event: unknown, text: string) => text.includes('WorldWide');
  const {text} = paintView(servicesView, model(story(), {filter}), size);
  expect(text).toContain('/etc/services: 1 of 3');
  expect(text).toContain('/etc/protocols: 0 of 2');
  expect(text).not.toContain('domain');
});

test('what a filter hides is neither asked for nor explained', () => {
  const {part, at} = standing('protocols', {filter: () => false});
  expect(part.press?.('enter', {...at, cursor: 1})).toBeUndefined();
  expect(part.explain?.({...at, cursor: 1})).toBeUndefined();
});

test('Enter asks libc for the row; e tells of it', () => {
  const {part, at} = standing('services');
  expect(part.press?.('enter', at)).toEqual({action: 'ask', args: {key: 'http/tcp', table: 'services'}});
  expect(part.explain?.(at)).toMatchObject({
    title: 'http, 80/tcp',
    says: expect.stringContaining('Line 3 of /etc/services'),
  });
  const other = standing('protocols');
  expect(other.part.press?.('enter', {...other.at, cursor: 1})).toEqual({
    action: 'ask',
    args: {key: 'udp', table: 'protocols'},
  });
  const answers = standing('answers');
  expect(answers.part.explain?.(answers.at)?.says).toContain('No service has port 1060');
});

test('hostile text is shown harmlessly', () => {
  const list = [...story(), service(hostile, 1, 'tcp', [hostile], hostile), eventAt(seq++, 'notice', {says: hostile})];
  for (const one of paneSizes) expect(paintView(servicesView, model(list), one).text).toContain('/etc/services');
});
