import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {workspaceExperiment} from '../../../src/chapters/names/workspace.ts';
import {workspaceFields} from '../../../src/chapters/names/workspace-shape.ts';
import type {WorkspaceState} from '../../../src/chapters/names/workspace-state.ts';
import {findPart, newPaneState, partModel} from '../../../src/ui/pane.ts';
import {workspaceView} from '../../../src/ui/panes/workspace.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(workspaceFields);
let seq = 0;
const event = (kind: string, fields: object, bytes?: number) => eventAt(seq++, kind, fields, bytes);
const began = (verb: string) => event('began', {verb, dir: '/w/lab'});

const list = () => [
  began('list'),
  event('workspace', {path: '/w/lab', created: '2026-12-01T00:00:00Z', there: true, active: true}),
  event('workspace', {path: '/w/gone', created: '', there: false, active: false}),
  event('done', {}),
];
const check = () => [
  began('check'),
  event('part', {name: 'hosts', path: '/w/lab/hosts', status: 'good', purpose: 'names', says: '2 lines'}),
  event('part', {name: 'zones', path: '/w/lab/zones', status: 'faulty', purpose: 'zones', says: '1 zone; 1 mistake'}),
  event('fault', {file: 'zones/a.test.zone', line: 7, says: 'That is no address'}),
  event('done', {}),
];
const activate = () => [
  began('activate'),
  event('shell', {
    shell: 'sh',
    line: 'export WIREBOOK_WORKSPACE=/w/lab',
    how: 'eval "$(wirebook …)"',
    changes: ['WIREBOOK_WORKSPACE is /w/lab'],
  }),
  event('done', {}),
];
const ran = () => [
  began('run'),
  event('output', {stream: 'stdout'}, 5),
  event('ran', {command: ['true'], environment: {}, code: 0, seconds: 0.1}),
  event('done', {}),
];
const venv = () => [
  began('virtualenv'),
  event('venv', {
    number: 1,
    book: 'virtualenv dns',
    command: 'python3 -m venv dns',
    status: 'done',
    output: '',
    changed: ['dns/ is there'],
    seconds: 4,
  }),
  event('venv', {
    number: 5,
    book: 'pip install xxx',
    command: 'python -m pip install',
    status: 'impossible',
    output: '',
    changed: [],
    why: 'there is no pip',
    seconds: 0,
  }),
  event('done', {}),
];
const stories = {
  nothing: () => [],
  list,
  check,
  activate,
  ran,
  venv,
  all: () => [...list(), ...check(), ...activate(), ...ran(), ...venv()],
};

function model(story: () => ReturnType<typeof list>, more = {}) {
  seq = 0;
  return modelAfter<WorkspaceState>(workspaceExperiment, ask, story(), more);
}
const size = {width: 118, height: 33};
const painted = (story: () => ReturnType<typeof list>) => paintView(workspaceView, model(story), size).text;

function standing(id: string, story: () => ReturnType<typeof list>) {
  const pane = newPaneState(workspaceView);
  pane.focus = id;
  paintView(workspaceView, model(story), size, {pane});
  const part = findPart(workspaceView, id)!;
  const box = pane.placed.find(placed => placed.part === id)!;
  return {part, at: partModel({view: workspaceView, model: model(story), pane, active: true}, part, box)};
}

describe('every size', () => {
  for (const one of paneSizes)
    for (const [name, story] of Object.entries(stories))
      test(`${one.width}×${one.height} ${name}`, () => {
        for (const plain of [false, true])
          expect(paintView(workspaceView, model(story), one, {plain}).text).toMatch(
            name === 'nothing' ? /no workspace/ : /\/w\/lab/,
          );
      });
});

test('the list says which is active and which is gone', () => {
  expect(painted(list)).toMatch(/active +\/w\/lab {2}made 2026-12-01/);
  expect(painted(list)).toMatch(/gone +\/w\/gone/);
  const {part, at} = standing('workspaces', list);
  expect(part.press?.('enter', at)).toEqual({action: 'check', args: {dir: '/w/lab'}});
  expect(part.copies?.(at)).toEqual([{label: 'its path', text: '/w/lab'}]);
});

test('a directory that is no workspace is refused in words, also while none was made', () => {
  const refused = () => [
    began('list'),
    event('done', {}),
    event('notice', {says: '/nowhere is no workspace. Create it'}),
  ];
  for (const size of paneSizes)
    expect(paintView(workspaceView, model(refused), size).text).toMatch(/\/nowhere is no\s+workspace/);
});

test('the checklist has each part with what was found, and mistakes with their lines', () => {
  expect(painted(check)).toContain('Parts: 1 of 2 are not good');
  expect(painted(check)).toMatch(/faulty +zones +1 zone; 1 mistake/);
  expect(painted(check)).toContain('zones/a.test.zone:7  That is no address');
  const {part, at} = standing('faults', check);
  expect(part.explain?.(at)).toMatchObject({
    title: 'zones/a.test.zone, line 7',
    source: expect.stringContaining('RFC 1035'),
  });
  const parts = standing('parts', check);
  expect(parts.part.explain?.(parts.at)).toMatchObject({title: '/w/lab/hosts', source: 'hosts(5)'});
});

test('what activates it can be copied as a command', () => {
  const {part, at} = standing('shell', activate);
  expect(part.copies?.(at)).toEqual([
    {label: 'the command', text: 'eval "$(wirebook …)"'},
    {label: 'the line itself', text: 'export WIREBOOK_WORKSPACE=/w/lab'},
  ]);
  expect(part.explain?.(at)?.says).toContain('cannot change the shell');
});

test('a step of virtualenv has what it changed, or why it cannot be', () => {
  expect(painted(venv)).toContain('· dns/ is there');
  expect(painted(venv)).toContain('there is no pip');
  const {part, at} = standing('venv', venv);
  expect(part.explain?.(at)).toMatchObject({title: '1. virtualenv dns', source: expect.stringContaining('PEP 405')});
});

test('hostile text is shown harmlessly', () => {
  const story = () => [
    ...stories.all(),
    event('notice', {says: hostile}),
    event('part', {name: hostile, path: hostile, status: 'good', purpose: hostile, says: hostile}),
    event('venv', {
      number: 6,
      book: hostile,
      command: hostile,
      status: 'done',
      output: hostile,
      changed: [hostile],
      seconds: 0,
    }),
  ];
  for (const one of paneSizes) expect(paintView(workspaceView, model(story), one).text).toMatch(/\S/);
});
