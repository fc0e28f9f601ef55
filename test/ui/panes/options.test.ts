import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {optionsExperiment} from '../../../src/chapters/tcp/options.ts';
import {optionsFields} from '../../../src/chapters/tcp/options-fields.ts';
import type {OptionsState} from '../../../src/chapters/tcp/options-state.ts';
import {findPart, newPaneState, partModel} from '../../../src/ui/pane.ts';
import {optionsView} from '../../../src/ui/panes/options.ts';
import {optionLevels} from '../../../src/world/libc/options/option.ts';
import {optionTable} from '../../../src/world/libc/options/table.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(optionsFields);
const events = [
  eventAt(0, 'socket', {of: 'tcp4', fd: 3, local: '0.0.0.0:0'}),
  ...optionTable.map((one, index) =>
    eventAt(index + 1, 'option', {...one, levelNumber: optionLevels[one.level], value: 1, text: '1', changed: false}),
  ),
];
const set = {
  name: 'SO_RCVBUF',
  level: 'SOL_SOCKET',
  asked: '65536',
  result: 0,
  before: '1',
  after: '131072',
  kept: false,
  says: 'The kernel doubled it.',
};
const after = [
  ...events,
  eventAt(900, 'set', set),
  eventAt(901, 'option', {
    ...optionTable.find(({name}) => name === 'SO_RCVBUF')!,
    levelNumber: 1,
    text: '131072',
    changed: true,
  }),
];
const model = (list = events, more = {}) => modelAfter<OptionsState>(optionsExperiment, ask, list, more);
const rowOf = (name: string) => optionTable.findIndex(one => one.name === name);

function at(name: string, list = events) {
  const pane = newPaneState(optionsView);
  pane.cursors['table'] = rowOf(name);
  pane.focus = 'table';
  return {pane, shown: model(list)};
}

describe('every size', () => {
  for (const size of paneSizes)
    test(`${size.width}×${size.height}`, () => {
      for (const list of [[], events, after])
        for (const plain of [false, true]) {
          const {text} = paintView(optionsView, model(list), size, {plain});
          expect(text).toContain(list.length === 0 ? 'being made' : 'SO_DEBUG');
        }
    });
});

test('a row has its level, number, value, and what it is for where there is room', () => {
  const {pane, shown} = at('SO_KEEPALIVE');
  const {text} = paintView(optionsView, shown, {width: 198, height: 57}, {pane});
  expect(text).toMatch(/SOL_SOCKET +SO_KEEPALIVE +9 +1 +bool +Probes a silent peer/);
});

test('after setting: what was, what is, and what the kernel made of it', () => {
  const {pane, shown} = at('SO_RCVBUF', after);
  const {text, lines} = paintView(optionsView, shown, {width: 118, height: 33}, {pane});
  expect(lines[0]).toContain('SO_RCVBUF: asked 65536, got 131072');
  expect(text).toMatch(/SO_RCVBUF +8 +131072 +1 /);
  expect(text).toContain('Asked for 65536: The kernel doubled it.');
});

test('a refusal says why, with its next step', () => {
  const means = 'TCP_KEEPIDLE does not take this value. It takes 1 to 32767 seconds.';
  const refused = eventAt(900, 'set', {...set, name: 'TCP_KEEPIDLE', result: -1, errno: 'EINVAL', means});
  const {pane, shown} = at('TCP_KEEPIDLE', [...events, refused]);
  const {text, lines} = paintView(optionsView, shown, {width: 118, height: 33}, {pane});
  expect(lines[0]).toContain('TCP_KEEPIDLE: EINVAL');
  expect(text).toContain(means);
});

test('s sets the option under the cursor', () => {
  const {pane, shown} = at('TCP_NODELAY');
  paintView(optionsView, shown, {width: 118, height: 33}, {pane});
  const part = findPart(optionsView, 'table')!;
  const box = pane.placed.find(placed => placed.part === 'table')!;
  const here = partModel({view: optionsView, model: shown, pane, active: true}, part, box);
  expect(part.grabs?.('s', here)).toBe(true);
  expect(part.press?.('s', here)).toEqual({action: 'set', args: {name: 'TCP_NODELAY'}});
  expect(part.explain?.(here)).toMatchObject({
    title: 'IPPROTO_TCP (6), TCP_NODELAY (1)',
    source: expect.stringContaining('tcp'),
  });
});

test('the filter keeps the rows that match, and says how many', () => {
  const shown = model(events, {filter: (_event: object, text: string) => text.includes('KEEP')});
  const {text} = paintView(optionsView, shown, {width: 78, height: 21});
  const kept = optionTable.filter(({name, purpose}) => `${name} ${purpose}`.includes('KEEP')).length;
  expect(text).toContain(`Options ${kept} of ${optionTable.length}`);
  expect(text).not.toContain('SO_DEBUG');
});

test('hostile values are shown harmlessly', () => {
  const row = eventAt(1, 'option', {
    ...optionTable[0]!,
    levelNumber: 1,
    text: hostile,
    purpose: hostile,
    changed: false,
  });
  for (const size of paneSizes) paintView(optionsView, model([events[0]!, row]), size);
});
