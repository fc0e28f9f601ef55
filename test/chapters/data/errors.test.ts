import {setTimeout} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type ErrorsState, errorsExperiment} from '../../../src/chapters/data/errors.ts';
import {errorCases, errorIds} from '../../../src/chapters/data/errors-cases.ts';
import type {HappenedFields} from '../../../src/chapters/data/errors-shape.ts';
import {clausesOf, nodeStatement, outcomesOf, pythonStatement} from '../../../src/chapters/data/errors-statement.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {createWorld, type World} from '../../../src/world/world.ts';
import {replay} from '../../support/replay.ts';
import {noLibc} from '../../world/support/tools.ts';

let world: World;
let bench: Workbench;

beforeEach(() => {
  world = createWorld();
  bench = new Workbench(world);
});

afterEach(() => bench.close());

const stateOf = (run: Run) => run.state as ErrorsState;
const command = async (error: string, outcome = 'error') => {
  const run = bench.start(errorsExperiment, {error, outcome}, {headless: true});
  const [step] = errorsExperiment.script!({error: error as 'all', outcome: outcome as 'ok'});
  const problem = await run.act(step!);
  await run.stop();
  return {...stateOf(run), run, problem};
};

describe.skipIf(noLibc)('as a command', () => {
  test('every error happens for real, or it is said why this machine does not have it', {timeout: 30_000}, async () => {
    const {errors, problem} = await command('all');
    expect(Object.keys(errors)).toEqual([...errorIds]);
    const amiss = Object.entries(errors).filter(([, {status}]) => status !== 'happened');
    for (const [id, {why = ''}] of amiss) {
      console.warn(`${id} cannot be had here: ${why}`);
      // Only what needs a network or a user of its own, or Python, may be missing.
      expect(errorCases.find(one => one.id === id && ('needs' in one || one.group === 'own'))).toBeDefined();
      expect(why.length).toBeGreaterThan(20);
    }
    expect(problem?.code).toBe(amiss.length === 0 ? undefined : 'errors.absent');
    for (const {happened} of Object.values(errors)) {
      if (happened === undefined) continue;
      const wanted = errorCases.find(({id}) => id === happened.error)!;
      expect(happened.symbol).toBe(wanted.symbol);
      expect(happened.python?.class).toBe(wanted.python.class);
    }
    expect(world.actors.running()).toEqual([]);
  });

  test.each(['ok', 'other'])('every call also ends otherwise: %s', {timeout: 30_000}, async outcome => {
    const {errors} = await command('all', outcome);
    const wrong = Object.entries(errors)
      .filter(([id]) => outcomesOf(id).includes(outcome as 'ok'))
      .filter(([, {status}]) => status !== 'happened');
    expect(wrong).toEqual([]);
  });

  test('the very call is told, with its errno, after those that lead to it', async () => {
    const {run, problem} = await command('ECONNREFUSED');
    expect(problem).toBeUndefined();
    const calls = [...run.journal].filter(({kind}) => kind === 'call');
    expect(calls.at(-1)).toMatchObject({decisive: true, result: -1, errno: 'ECONNREFUSED'});
    expect(calls.at(-1)!['text']).toMatch(/^connect\(\d+, \{127\.0\.0\.1:\d+\}, 16\)$/);
    expect(calls.slice(0, -1).some(({decisive}) => decisive === true)).toBe(false);
    const happened = [...run.journal].find(({kind}) => kind === 'happened') as unknown as HappenedFields;
    expect(happened).toMatchObject({expected: true, number: 111, way: 'libc', node: {code: 'ECONNREFUSED'}});
    const line = errorsExperiment.line(happened as never, undefined, {error: 'ECONNREFUSED', outcome: 'error'});
    expect(line).toContain('ConnectionRefusedError: [Errno 111] Connection refused');
  });

  test('an outcome that cannot be had fails with a reason', async () => {
    const {problem, errors} = await command('EAI_SYSTEM', 'other');
    expect(problem?.says).toBe('EAI_SYSTEM did not happen as asked');
    expect(errors['EAI_SYSTEM']?.why).toMatch(/catches every error/);
  });
});

describe.skipIf(noLibc)('in the pane', () => {
  const open = () => bench.start(errorsExperiment, {error: 'all', outcome: 'error'});

  test('nothing happens before a key is pressed', async () => {
    const run = open();
    await setTimeout(50);
    expect(run.journal.next).toBe(0);
    expect(world.actors.running()).toEqual([]);
  });

  test('the clauses light up in the order in which they run', async () => {
    const run = open();
    for (const [outcome, clauses] of [
      ['error', ['try', 'except', 'finally']],
      ['ok', ['try', 'else', 'finally']],
      ['other', ['try', 'finally', 'uncaught']],
    ] as const) {
      await run.act({action: 'outcome', args: {outcome}});
      expect(await run.act({action: 'provoke', args: {error: 'EPIPE'}})).toBeUndefined();
      expect(stateOf(run).errors['EPIPE']).toMatchObject({status: 'happened', outcome, clauses});
    }
    expect(errorsExperiment.settled?.(stateOf(run))).toEqual({outcome: 'other'});
  });

  test('the outcomes follow one another', async () => {
    const run = open();
    const seen: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await run.act({action: 'outcome'});
      seen.push(stateOf(run).outcome);
    }
    expect(seen).toEqual(['ok', 'other', 'error']);
  });

  test('one at a time, and a name that is none is refused', async () => {
    const run = open();
    const first = run.act({action: 'provoke', args: {error: 'timeout'}});
    const second = await run.act({action: 'provoke', args: {error: 'EPIPE'}});
    expect(second?.says).toMatch(/under way/);
    await first;
    expect(await run.act({action: 'provoke', args: {error: 'ENOENT'}})).toMatchObject({code: 'errors.unknown'});
  });

  test('it ends at once while a call is blocked, and leaves no process', async () => {
    const run = open();
    void run.act({action: 'provoke', args: {error: 'ETIMEDOUT'}});
    while (!stateOf(run).busy) await setTimeout(5);
    await setTimeout(250);
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(world.actors.running()).toEqual([]);
  });

  test('a saved journal replays to the same state', async () => {
    const run = open();
    await run.act({action: 'provoke', args: {error: 'EBADF'}});
    expect(replay(errorsExperiment, run.saved(), world).state).toEqual(run.state);
  });
});

describe('without libc', () => {
  test('Node makes what it can, and says that it was Node and why', async () => {
    const why = 'koffi could not be loaded.';
    const without = {
      ...world,
      capabilities: async () => ({...(await world.capabilities()), libc: {available: false, why}}),
    };
    const poor = new Workbench(without as World);
    const run = poor.start(errorsExperiment, {error: 'all', outcome: 'error'}, {headless: true});
    await run.act({action: 'all'});
    await run.stop();
    const {errors} = stateOf(run);
    for (const id of [
      'ECONNREFUSED',
      'ENETUNREACH',
      'EADDRINUSE',
      'EADDRNOTAVAIL',
      'ECONNRESET',
      'EPIPE',
      'EMSGSIZE',
      'EACCES',
      'EBADF',
    ])
      expect([id, errors[id]?.status, errors[id]?.happened?.way, errors[id]?.happened?.note]).toEqual([
        id,
        'happened',
        'node',
        `Made by Node: ${why}`,
      ]);
    expect(errors['EAGAIN']).toMatchObject({status: 'missing', why: `${why} Node alone cannot make this happen.`});
    expect(errors['expired']).toMatchObject({status: 'happened'});
    await poor.close();
  });
});

describe('the statements', () => {
  test('what runs agrees with the clauses, for every error and outcome', () => {
    for (const {id} of errorCases)
      for (const outcome of outcomesOf(id)) {
        const lines = pythonStatement(id);
        const entered = clausesOf(outcome, id).filter(clause => clause !== 'uncaught');
        for (const clause of entered)
          expect(lines.some(line => line.clause === clause && line.runs.includes(outcome))).toBe(true);
        const raised = lines.filter(line => line.raises?.includes(outcome)).length;
        expect([id, outcome, raised > 0]).toEqual([id, outcome, outcome !== 'ok']);
      }
  });

  test('TypeScript has no else, and throws on what it did not mean to catch', () => {
    const lines = nodeStatement('ECONNREFUSED')!;
    expect(lines.filter(({text}) => /\belse\s*\{/.test(text))).toEqual([]);
    expect(lines.find(({raises}) => raises?.includes('other') && raises.length === 1)?.text).toBe(
      "  if (code !== 'ECONNREFUSED') throw error;",
    );
    expect(nodeStatement('EAGAIN')).toBeUndefined();
  });
});
