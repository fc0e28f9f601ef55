import {describe, expect, test} from 'vitest';
import {define, type Kit, type StateOf} from '../../src/chapters/contract.ts';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {allExperiments} from '../../src/chapters/registry.ts';
import {Run, type RunOptions} from '../../src/chapters/run.ts';
import type {WireEvent} from '../../src/journal/event.ts';
import {createWorld} from '../../src/world/world.ts';
import {replay} from '../support/replay.ts';
import {quiet, toy} from '../support/toy-experiment.ts';

const world = createWorld();

function start(ask: Partial<ReturnType<typeof defaultsOf<typeof toy.fields>>> = {}, options: Partial<RunOptions> = {}) {
  const run = new Run(toy, {...defaultsOf(toy.fields), ...ask}, {id: 4, world, ...options});
  const seen: (WireEvent | undefined)[] = [];
  run.subscribe(event => seen.push(event));
  return {run, seen};
}

describe('a run', () => {
  test('tells every event to who subscribed right after the start, then that it ended', async () => {
    const {run, seen} = start({words: 'a, b'});
    expect([run.status, seen.length]).toEqual(['running', 0]);
    await run.ended;
    expect(seen.map(event => event?.kind)).toEqual(['listening', 'said', 'said', undefined]);
    expect([...run.journal]).toEqual(seen.slice(0, -1));
    expect(seen[0]).toMatchObject({run: 4, seq: 0});
    expect(run.status).toBe('done');
    expect(run.state).toMatchObject({words: ['a', 'b']});
  });

  test('a failure is a status and a problem, never a rejection', async () => {
    const {run} = start({refuse: true});
    await run.ended;
    expect([run.status, run.problem?.code]).toEqual(['failed', 'toy.refused']);
  });

  test('stop ends it and waits', async () => {
    const {run} = start({waitForKeys: true});
    await run.stop();
    expect([run.status, run.problem]).toEqual(['stopped', undefined]);
    await run.stop();
  });

  test('stopped before it began, it never begins', async () => {
    const {run, seen} = start({words: 'a'});
    await run.stop();
    expect([run.status, seen]).toEqual(['stopped', [undefined]]);
  });

  test('who unsubscribes hears no more', async () => {
    const {run} = start({words: 'a, b'});
    const kinds: unknown[] = [];
    const leave = run.subscribe(event => {
      kinds.push(event?.kind);
      leave();
    });
    await run.ended;
    expect(kinds).toEqual(['listening']);
  });
});

describe('actions', () => {
  test('are performed with their arguments, also when asked for before the run is ready', async () => {
    const {run} = start({waitForKeys: true});
    expect(await run.act({action: 'say', args: {word: 'x'}})).toBeUndefined();
    expect(run.state).toMatchObject({words: ['x']});
    await run.stop();
  });

  test('that cannot be performed say why', async () => {
    const {run} = start({waitForKeys: true});
    expect(await run.act({action: 'fail'})).toMatchObject({code: 'toy.refused'});
    expect(await run.act({action: 'nonsense'})).toMatchObject({code: 'action.impossible'});
    for (const action of ['constructor', 'toString', '__proto__'])
      expect(await run.act({action})).toMatchObject({code: 'action.impossible'});
    expect(await run.act({action: 'absent'})).toMatchObject({code: 'action.missing'});
    expect(run.possible('add')).toBe(true);
    for (let round = 0; round < 12; round++) await run.act({action: 'add', args: {by: 9}});
    expect(run.possible('add')).toBe('It is too high already');
    expect(await run.act({action: 'add', args: {by: 1}})).toMatchObject({says: 'It is too high already'});
    await run.stop();
    expect(run.possible('say')).toMatch(/has ended/);
    expect(await run.act({action: 'say', args: {}})).toMatchObject({code: 'action.impossible'});
  });

  test('that throw give a problem, and the run goes on', async () => {
    const throwing = define({
      ...quiet,
      actions: {break: {key: 'b', title: 'Break'}},
      async run(_ask, kit) {
        kit.handle({
          break: () => {
            throw new Error('odd');
          },
        });
        await kit.stopped();
      },
    });
    const run = new Run(throwing, {}, {id: 1, world});
    expect(await run.act({action: 'break'})).toMatchObject({code: 'unexpected', says: 'odd'});
    expect(run.status).toBe('running');
    await run.stop();
  });

  test('of a run that ends without handling any are answered', async () => {
    const run = new Run({...quiet, actions: {x: {key: 'x', title: 'X'}}}, {}, {id: 1, world});
    expect(await run.act({action: 'x'})).toMatchObject({code: 'action.impossible'});
  });
});

test('new values are asked of a run that takes them, and of no other', async () => {
  let kit: Kit | undefined;
  const asking = define({
    ...quiet,
    async run(_ask, given) {
      kit = given;
      await given.stopped();
    },
  });
  const run = new Run(asking, {a: 1}, {id: 1, world});
  await Promise.resolve();
  expect([run.reask({a: 2}), run.ask]).toEqual([false, {a: 1}]);
  const asked: unknown[] = [];
  kit!.whenAsked(ask => asked.push(ask));
  expect([run.reask({a: 2}), run.ask, asked]).toEqual([true, {a: 2}, [{a: 2}]]);
  await run.stop();
  expect(run.reask({a: 3})).toBe(false);
});

describe('what is dropped', () => {
  test('leaves the state that the rest replays from', async () => {
    const {run} = start({count: 50, words: 'a, b, c'}, {limits: {events: 7, bytes: 10}});
    await run.ended;
    expect(run.journal.first).toBe(47);
    let replayed = run.base as StateOf<typeof toy>;
    for (const event of run.journal) replayed = toy.reduce(replayed, event as never);
    expect(replayed).toEqual(run.state);
    expect(run.state).toMatchObject({number: 1275, words: ['a', 'b', 'c']});
  });

  test('a saved run replays to the same state and the same events', async () => {
    const {run} = start({count: 30, size: 3, words: 'a'}, {limits: {events: 9, bytes: 10}});
    await run.ended;
    const again = replay(toy, run.saved(), world);
    await again.ended;
    expect(again.state).toEqual(run.state);
    const comparable = (of: Run) =>
      [...of.journal].map(({run: _run, ...event}) => ({...event, bytes: of.journal.bytesOf(event)}));
    expect(comparable(again)).toEqual(comparable(run));
    expect(again.possible('say')).toMatch(/has ended/);
  });
});

test('a file with an event that its experiment cannot reduce is a problem', () => {
  const strict = define({
    ...quiet,
    reduce: (state, event) => {
      if ((event as WireEvent).kind !== 'known') throw new Error('It is of another kind');
      return state;
    },
  });
  const events = [{kind: 'odd', t: 0, fields: {}}];
  const saved = {wirebook: 1, experiment: strict.id, ask: {}, first: 0, offset: 0, base: {}, events} as const;
  expect(Run.replay(strict, saved, world)).toMatchObject({
    code: 'file.event',
    says: 'This file has an event that Quiet cannot show: It is of another kind',
  });
});

describe('every experiment there is', () => {
  test.each([toy, quiet, ...allExperiments].map(experiment => [experiment.id, experiment] as const))(
    '%s keeps the contract',
    (_id, {fields, events, actions, start: first, equivalents, teaches, positionals = [], rest}) => {
      const reserved = ['kind', 't', 'run', 'seq', 'bytes'];
      for (const [kind, {fields: own, bytes}] of Object.entries(events)) {
        const clashing = Object.keys(own).filter(
          name => reserved.includes(name) || (bytes === true && name === 'length'),
        );
        expect(clashing, `fields of ${kind} that the stamp has`).toEqual([]);
        expect(['end', 'error'], 'kinds of the command line').not.toContain(kind);
      }
      const keys = Object.values(actions).map(action => action.key);
      expect(keys, 'one key, one action').toEqual([...new Set(keys)]);
      expect(
        keys.filter(key => !/^(\S|F\d{1,2}|Enter|Space)$/i.test(key)),
        'keys without Ctrl or Alt',
      ).toEqual([]);
      const ask = defaultsOf(fields) as never;
      const state = first(ask);
      expect(JSON.parse(JSON.stringify(state)), 'a state is plain data').toEqual(state);
      for (const {code} of equivalents(ask)) expect(code.trim()).not.toBe('');
      expect(teaches).toMatch(/\.$/);
      for (const name of [...positionals, ...(rest === undefined ? [] : [rest])])
        expect(Object.keys(fields)).toContain(name);
    },
  );
});
