import {describe, expect, test} from 'vitest';
import {type ErrorsState, errorsExperiment} from '../../../src/chapters/data/errors.ts';
import {errorCases, errorIds, notProvoked} from '../../../src/chapters/data/errors-cases.ts';
import {happened} from '../../../src/chapters/data/errors-provoke.ts';
import type {Outcome} from '../../../src/chapters/data/errors-shape.ts';
import {clausesOf} from '../../../src/chapters/data/errors-statement.ts';
import type {WireEvent} from '../../../src/journal/event.ts';
import {findPart, newPaneState, partModel} from '../../../src/ui/pane.ts';
import {errorsView} from '../../../src/ui/panes/errors.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = {error: 'all', outcome: 'error'};
const [, , wide, widest] = paneSizes;
const at = (id: string) => errorIds.indexOf(id as never);

/** What a provocation tells, as the run would tell it. */
function provoked(
  id: string,
  outcome: Outcome,
  symbol: string,
  from = 0,
  call = `${id.toLowerCase()}() = -1`,
): WireEvent[] {
  const base = {error: id, outcome};
  const decisive = {error: id, text: call, result: -1, errno: symbol, seconds: 0, decisive: true};
  const ended = {failed: symbol !== '', symbol, way: 'libc', call, seconds: 0} as const;
  const clauses = clausesOf(outcome, id).map(clause => ['clause', {...base, clause}] as const);
  const told = [
    ['began', base],
    clauses[0]!,
    ['call', {...decisive, text: 'socket(AF_INET, SOCK_STREAM, 0)', decisive: false}],
    ['call', decisive],
    ...clauses.slice(1),
    ['happened', happened(id, outcome, ended)],
  ] as const;
  return told.map(([kind, fields], index) => eventAt(from + index, kind, fields));
}

const modelOf = (events: readonly WireEvent[]) => modelAfter<ErrorsState>(errorsExperiment, ask, events);

function show(
  events: readonly WireEvent[],
  id: string,
  size: {width: number; height: number} = wide,
): readonly string[] {
  const pane = newPaneState(errorsView);
  pane.cursors['errors'] = at(id);
  return paintView(errorsView, modelOf(events), size, {pane}).lines;
}

const row = (lines: readonly string[], text: string) => lines.find(line => line.includes(text)) ?? '';

describe('the list', () => {
  test('opens on the error that was asked for', () => {
    const asked = modelAfter<ErrorsState>(errorsExperiment, {...ask, error: 'ECONNREFUSED'}, []);
    const lines = paintView(errorsView, asked, wide, {pane: newPaneState(errorsView)}).lines;
    expect(row(lines, '▸ not yet')).toContain('ECONNREFUSED');
    const all = paintView(errorsView, modelOf([]), wide, {pane: newPaneState(errorsView)}).lines;
    expect(row(all, '▸ not yet')).toContain('EAI_NONAME');
  });

  test('has every error, and those that are not made to happen', () => {
    const part = findPart(errorsView, 'errors')!;
    expect(part.range?.(modelOf([]))).toEqual({first: 0, end: errorCases.length + notProvoked.length});
    expect(row(show([], 'EPIPE'), '▸ not yet    EPIPE')).not.toBe('');
  });

  test('says how each provocation went', () => {
    const lines = show(
      [
        ...provoked('EPIPE', 'error', 'EPIPE'),
        ...provoked('EAGAIN', 'ok', '', 20),
        ...provoked('EMSGSIZE', 'other', 'EBADF', 40),
        eventAt(60, 'began', {error: 'EACCES', outcome: 'error'}),
        eventAt(61, 'missing', {error: 'EACCES', outcome: 'error', why: 'It is not allowed.'}),
        ...provoked('EBADF', 'error', 'ENOTSOCK', 80),
      ],
      'EACCES',
      widest,
    );
    for (const text of [
      'happened   EPIPE',
      'went well  EAGAIN',
      'uncaught   EMSGSIZE',
      'not here   EACCES',
      'other      EBADF',
      'Errors: 1 of',
      'Not to be had here: It is not allowed.',
    ])
      expect(row(lines, text), text).not.toBe('');
  });
});

describe('the selected error', () => {
  const events = provoked(
    'ECONNREFUSED',
    'error',
    'ECONNREFUSED',
    0,
    'connect(4, {127.0.0.1:9}, 16) = -1 ECONNREFUSED',
  );

  test('before: what is to be expected', () => {
    const lines = show([], 'ECONNREFUSED');
    expect(row(lines, 'errno   ECONNREFUSED 111')).not.toBe('');
    expect(row(lines, 'Python  ConnectionRefusedError: [Errno 111]')).not.toBe('');
    expect(row(lines, 'Python: next: this error')).not.toBe('');
  });

  test('after: the very call, and its place in the hierarchy', () => {
    const lines = show(events, 'ECONNREFUSED', widest);
    expect(row(lines, 'call    connect(4, {127.0.0.1:9}, 16) = -1 ECONN')).not.toBe('');
    expect(row(lines, '  socket(AF_INET, SOCK_STREAM, 0)')).not.toBe('');
    expect(row(lines, '▸       ConnectionRefusedError ◀ this')).not.toBe('');
    expect(row(lines, '    OSError catches it too (is socket.error)')).not.toBe('');
  });

  test.each([
    [
      'error',
      'ECONNREFUSED',
      'try → except → finally',
      ['▸ except', "▸     print('caught'", '  else:', '▸ finally:', '!     sock.connect'],
    ],
    [
      'ok',
      '',
      'try → else → finally',
      ['  except', "▸     print('it went well')", '▸ else:', '▸ finally:', '▸     sock.connect'],
    ],
    [
      'other',
      'EBADF',
      'try → finally → raised on',
      ['  except', "      print('caught'", '  else:', '▸ finally:', '!     sock.connect'],
    ],
  ] as const)('the clauses that ran are marked: %s', (outcome, symbol, path, marks) => {
    const lines = show(provoked('ECONNREFUSED', outcome, symbol), 'ECONNREFUSED');
    expect(row(lines, `Python: ${path}`)).not.toBe('');
    for (const mark of marks) expect(row(lines, ` ${mark}`), mark).not.toBe('');
  });

  test('in TypeScript the error that was not meant is caught and thrown on', () => {
    const lines = show(provoked('ECONNREFUSED', 'other', 'EBADF'), 'ECONNREFUSED');
    expect(row(lines, 'TypeScript: try → catch → finally → thrown on')).not.toBe('');
    expect(row(lines, "!   if (code !== 'ECONNREFUSED') throw error;")).not.toBe('');
    expect(row(lines, "    console.log('caught', code, message);")).not.toBe('');
  });

  test('a class that is two things says so', () => {
    const lines = show([], 'expired', widest);
    expect(row(lines, 'ssl.SSLCertVerificationError ◀ this, also ValueError')).not.toBe('');
  });

  test('an error that is never made to happen says why', () => {
    const pane = newPaneState(errorsView);
    pane.cursors['errors'] = errorCases.length;
    const {text} = paintView(errorsView, modelOf([]), wide, {pane});
    expect(text).toContain('Not made to happen here.');
    expect(text).toContain('glibc keeps it');
  });
});

describe('keys', () => {
  const press = (id: string, key: string, kept = {}) => {
    const pane = newPaneState(errorsView);
    Object.assign(pane.kept, kept);
    pane.cursors['errors'] = at('EMSGSIZE');
    pane.focus = id;
    const part = findPart(errorsView, id)!;
    const frame = {view: errorsView, model: modelOf([]), pane, active: true};
    const model = partModel(frame, part, {part: id, x: 0, y: 0, width: 70, height: 12});
    return {grabbed: part.grabs?.(key, model) === true, reply: part.press?.(key, model)};
  };

  test('p makes the selected error happen, in whichever part the keys are; Enter does so in the list', () => {
    const action = {action: 'provoke', args: {error: 'EMSGSIZE'}};
    for (const id of ['errors', 'beside', 'code'])
      expect([id, press(id, 'p')]).toEqual([id, {grabbed: true, reply: action}]);
    expect(press('errors', 'enter').reply).toEqual(action);
  });

  test('left and right turn the sheets where there is no room for all', () => {
    expect(press('beside', 'l')).toEqual({grabbed: true, reply: {cursor: 0, keep: {sheet: 1}}});
    expect(press('beside', 'h').reply).toEqual({cursor: 0, keep: {sheet: 3}});
  });
});

describe('in every size', () => {
  const events = errorIds.flatMap((id, index) => provoked(id, 'error', errorCases[index]!.symbol, index * 20));

  test.each(paneSizes.map(size => [`${size.width}×${size.height}`, size] as const))('%s', (_name, size) => {
    for (const id of errorIds) {
      const pane = newPaneState(errorsView);
      pane.cursors['errors'] = at(id);
      for (const plain of [false, true]) {
        const {text} = paintView(errorsView, modelOf(events), size, {pane, plain});
        expect(text).toContain(id);
        expect(text).toContain('happened');
      }
    }
  });

  test('what is hostile is shown and does nothing', () => {
    const missing = [
      eventAt(0, 'began', {error: 'EPIPE', outcome: 'error'}),
      eventAt(1, 'missing', {error: 'EPIPE', outcome: 'error', why: hostile}),
    ];
    for (const size of paneSizes) {
      show(missing, 'EPIPE', size);
      show(provoked('EPIPE', 'error', 'EPIPE', 0, hostile), 'EPIPE', size);
    }
    expect(show(missing, 'EPIPE').join('\n')).toContain('evil');
  });
});
