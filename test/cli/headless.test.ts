import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Exploring} from '../../src/cli/explore.ts';
import {eventsSchema} from '../../src/cli/schema.ts';
import {linesOf, wirebook} from '../support/fake-io.ts';
import {misfit} from '../support/fits-schema.ts';
import {quiet, toy} from '../support/toy-experiment.ts';

const nothingDropped = {events: 0, bytes: 0};

describe('--json', () => {
  test('an event a line, kind, t and run first; the last line is the end', async () => {
    const {code, out, err} = await wirebook(['tcp', 'toy', '--json', '--count', '2', '--size', '3']);
    expect({code, err}).toEqual({code: 0, err: ''});
    expect(out.split('\n')[0]).toMatch(
      /^\{"kind":"listening","t":[\d.]+,"run":1,"seq":0,"host":"localhost","port":1060\}$/,
    );
    expect(linesOf(out)).toEqual([
      {kind: 'listening', t: expect.any(Number), run: 1, seq: 0, host: 'localhost', port: 1060},
      {kind: 'counted', t: expect.any(Number), run: 1, seq: 1, number: 1, length: 3, bytes: '616161'},
      {kind: 'counted', t: expect.any(Number), run: 1, seq: 2, number: 2, last: true, length: 3, bytes: '616161'},
      {kind: 'end', t: expect.any(Number), run: 1, status: 'done', code: 0, dropped: nothingDropped},
    ]);
  });

  test('every line fits the published schema, also of a failure', async () => {
    const schema = eventsSchema([toy, quiet]);
    const calls = [
      ['--count', '3', '--size', '2', '--words', 'x'],
      ['--refuse'],
      ['--do', 'fail'],
      ['--port', 'x'],
      ['--wait-for-keys', '--timeout', '20ms'],
    ];
    for (const words of calls) {
      const {out} = await wirebook(['tcp', 'toy', '--json', ...words]);
      const lines = linesOf(out);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.at(-1)?.['kind']).toBe('end');
      expect(lines.map(line => misfit(line, schema, schema)).filter(wrong => wrong !== undefined)).toEqual([]);
    }
    expect(misfit({kind: 'listening', t: 0, run: 1, seq: 0, host: 1, port: 1}, schema, schema)).toBeDefined();
  });

  test('a failure is an error line, an end with the problem, a sentence on standard error, and 1', async () => {
    const {code, out, err} = await wirebook(['tcp', 'toy', '--json', '--refuse']);
    expect(code).toBe(1);
    expect(err).toBe('wirebook: Nobody listens there (ECONNREFUSED). Start a server first.\n');
    const problem = {
      code: 'toy.refused',
      says: 'Nobody listens there',
      errno: 'ECONNREFUSED',
      next: 'Start a server first.',
    };
    expect(linesOf(out).slice(1)).toMatchObject([
      {kind: 'error', problem},
      {kind: 'end', status: 'failed', code: 1, problem},
    ]);
  });

  test('wrong usage too ends with an end, and 2', async () => {
    const {code, out} = await wirebook(['tcp', 'toy', '--json', '--mood', 'sad']);
    expect(code).toBe(2);
    expect(linesOf(out)).toMatchObject([
      {kind: 'error', t: 0, run: 0, problem: {code: 'usage.value'}},
      {kind: 'end', status: 'failed', code: 2},
    ]);
  });

  test('a timeout ends the run: 124', async () => {
    const {code, out} = await wirebook(['tcp', 'toy', '--json', '--wait-for-keys', '--timeout', '30ms']);
    expect(code).toBe(124);
    expect(linesOf(out).at(-1)).toMatchObject({kind: 'end', status: 'timeout', code: 124});
  });

  test('a signal ends the run with its code', async () => {
    const words = ['tcp', 'toy', '--json', '--wait-for-keys'];
    const {code, out} = await wirebook(words, {signalled: Promise.resolve(130)});
    expect(code).toBe(130);
    expect(linesOf(out).at(-1)).toMatchObject({kind: 'end', status: 'interrupted', code: 130});
  });
});

describe('--text', () => {
  test('is what a pipe gets, the experiment’s own lines', async () => {
    const {code, out} = await wirebook(['tcp', 'toy', 'me:1', 'one', 'two', '--count', '2']);
    expect({code, out}).toEqual({code: 0, out: 'one\ntwo\n1 for me\n2 for me\n'});
  });

  test('control characters in a line are made visible', async () => {
    const {out} = await wirebook(['tcp', 'toy', '--words', 'a\u001b[31mb']);
    expect(out).toBe('a\\x1b[31mb\n');
  });

  test('bytes go out as they are to a pipe, visibly to a terminal', async () => {
    const around = {input: 'x\u001b[31m\n'};
    expect((await wirebook(['tcp', 'toy', '--mood', 'cross'], around)).out).toBe('x\u001b[31m\n');
    const shown = await wirebook(['tcp', 'toy', '--text', '--mood', 'cross', '-'], {...around, interactive: true});
    expect(shown.out).toBe('x\\x1b[31m\n');
  });

  test('standard input reaches the experiment; --once too', async () => {
    expect((await wirebook(['tcp', 'toy', '--mood', 'cross'], {input: 'hello'})).out).toBe('hello');
    expect((await wirebook(['tcp', 'toy', '--mood', 'cross', '--once', '--json'], {input: 'hi'})).out).toContain(
      '"6869"',
    );
  });
});

describe('steps', () => {
  test('--do performs actions in order, then the run ends', async () => {
    const {code, out} = await wirebook(['tcp', 'toy', '--wait-for-keys', '--do', 'say one', '--do', 'add 2 --twice']);
    expect({code, out}).toEqual({code: 0, out: 'one\n4 for localhost\n'});
  });

  test('without --do the experiment’s own script is performed', async () => {
    expect((await wirebook(['tcp', 'toy', '--rehearsed'])).out).toBe('scripted\n');
    expect((await wirebook(['tcp', 'toy', '--rehearsed', '--do', 'say mine'])).out).toBe('mine\n');
  });

  test.each([
    ['fail', 'wirebook: Nobody listens there (ECONNREFUSED). Start a server first.\n'],
    ['absent', 'wirebook: Toy does not do “absent” in this run.\n'],
  ])('a step that fails (%s) is printed: 1', async (action, said) => {
    const {code, err, out} = await wirebook([
      'tcp',
      'toy',
      '--json',
      '--wait-for-keys',
      '--do',
      action,
      '--do',
      'say x',
    ]);
    expect({code, err}).toEqual({code: 1, err: said});
    expect(linesOf(out).at(-2)).toMatchObject({kind: 'error', action});
    expect(out).not.toContain('"word":"x"');
  });

  test('an action that is not possible says why', async () => {
    const adding = Array.from({length: 7}, () => ['--do', 'add 9 --twice']).flat();
    const {code, err} = await wirebook(['tcp', 'toy', '--wait-for-keys', ...adding]);
    expect({code, err}).toEqual({code: 1, err: 'wirebook: It is too high already.\n'});
  });

  test('a run that fails says so rather than the step that found it ended', async () => {
    const {code, err} = await wirebook(['tcp', 'toy', '--refuse', '--do', 'say x']);
    expect({code, err}).toEqual({
      code: 1,
      err: 'wirebook: Nobody listens there (ECONNREFUSED). Start a server first.\n',
    });
  });
});

describe('in a terminal', () => {
  const explored: Omit<Exploring, 'workbench' | 'config'>[] = [];
  const parts = {
    explore: async ({workbench: _bench, config: _config, ...what}: Exploring) => {
      explored.push(what);
      return 7;
    },
  };

  test('an experiment opens in the explorer, whose exit code is ours', async () => {
    expect((await wirebook(['tcp', 'toy', 'h:2'], {interactive: true, parts})).code).toBe(7);
    expect(explored.pop()).toMatchObject({open: {experiment: {id: 'tcp.toy'}, ask: {host: 'h', port: 2}}});
    expect((await wirebook([], {interactive: true, parts})).code).toBe(7);
    expect(explored.pop()).toEqual({});
  });

  test.each([['--json'], ['--text'], ['--once'], ['--timeout=1'], ['--do=end'], ['--words=-']])(
    'with %s it prints instead',
    async flag => {
      expect((await wirebook(['tcp', 'toy', flag], {interactive: true, parts})).code).toBe(0);
      expect(explored).toEqual([]);
    },
  );

  test('without a terminal the explorer says what it needs', async () => {
    const {code, err} = await wirebook([], {parts});
    expect({code, err}).toEqual({
      code: 2,
      err: 'wirebook: The explorer needs a terminal. Run it in a terminal, or name an experiment: wirebook help.\n',
    });
  });
});

describe('--save and open', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirebook-'));
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  test('a saved run prints the same events again', async () => {
    const file = join(folder, 'run.wirebook');
    const words = ['tcp', 'toy', 'host:9', '--count', '3', '--size', '2', '--words', 'a', '--save', file];
    const first = await wirebook([...words, '--json']);
    const again = await wirebook(['open', file, '--json']);
    expect(again.code).toBe(0);
    const events = (out: string) => linesOf(out).slice(0, -1);
    expect(events(again.out)).toEqual(events(first.out));
    expect(linesOf(again.out).at(-1)).toMatchObject({kind: 'end', status: 'done', code: 0, dropped: nothingDropped});
    expect((await wirebook(['open', file])).out).toBe((await wirebook(words)).out);
  });

  test('in a terminal it opens the pane', async () => {
    const file = join(folder, 'pane.wirebook');
    await wirebook(['tcp', 'toy', 'host:9', '--save', file]);
    let saved: unknown;
    const explore = async (options: Exploring) => {
      saved = options.saved;
      return 0;
    };
    await wirebook(['open', file], {interactive: true, parts: {explore}});
    expect(saved).toMatchObject({experiment: 'tcp.toy', ask: {host: 'host', port: 9}, first: 0});
  });

  test('values that the fields would not read are replaced by the defaults', async () => {
    const file = join(folder, 'forged.wirebook');
    const head = {wirebook: 1, experiment: 'tcp.toy', ask: {host: 5, port: 1e9, mood: 'calm'}, first: 0, base: {}};
    writeFileSync(file, `${JSON.stringify(head)}\n{"kind":"counted","t":0,"run":1,"seq":0,"number":4}\n`);
    expect((await wirebook(['open', file])).out).toBe('4 for localhost\n');
  });

  test.each([
    [
      '{"wirebook":1,"experiment":"tcp.toys","ask":{},"first":0,"base":0}',
      'This wirebook has no experiment “tcp.toys”',
    ],
    ['hello', 'This is not a .wirebook file: its first line is not a head'],
    ['{"wirebook":1,"experiment":"tcp.toy","ask":{},"first":0,"base":0}\n{}', 'Line 2 of this file is not an event'],
  ])('%j is refused: 1', async (text, says) => {
    const file = join(folder, 'bad.wirebook');
    writeFileSync(file, text);
    const {code, err, out} = await wirebook(['open', file, '--json']);
    expect({code, out}).toEqual({code: 1, out: ''});
    expect(err).toContain(says);
  });

  test('a file that is not there, and a folder that is not there', async () => {
    const missing = join(folder, 'no', 'such.wirebook');
    expect(await wirebook(['open', missing])).toMatchObject({code: 1, err: expect.stringContaining('(ENOENT)')});
    const {code, err, out} = await wirebook(['tcp', 'toy', '--json', '--save', missing]);
    expect({code, err}).toEqual({
      code: 1,
      err: `wirebook: ${missing} cannot be written (ENOENT). Name another file.\n`,
    });
    expect(linesOf(out).at(-1)).toMatchObject({status: 'failed', code: 1});
  });

  test('the file holds what is printed', async () => {
    const file = join(folder, 'same.wirebook');
    const {out} = await wirebook(['tcp', 'toy', '--count', '2', '--json', '--save', file]);
    const saved = readFileSync(file, 'utf8').split('\n');
    expect(saved.slice(1, -1)).toEqual(out.split('\n').slice(0, -2));
  });
});

describe('--batch', () => {
  test('one answer a line, in order; a bad line is answered too', async () => {
    const input = '1\n{"x":1}\nnot json\n\n9007199254740993\n3';
    const {code, out} = await wirebook(['tcp', 'toy', '--batch'], {input});
    expect(code).toBe(0);
    expect(linesOf(out)).toEqual([
      {twice: '2'},
      {error: 'TypeError', message: 'cannot double {"x":1}'},
      {error: 'ValueError', message: expect.stringMatching(/^line 3 is not JSON: /)},
      {error: 'ValueError', message: expect.stringMatching(/^line 4 is not JSON: /)},
      {twice: '18014398509481986'},
      {twice: '6'},
    ]);
  });

  test('a hundred thousand requests', async () => {
    const input = Array.from({length: 100_000}, (_, index) => `${index}\n`).join('');
    const {out} = await wirebook(['tcp', 'toy', '--batch'], {input});
    const lines = out.split('\n');
    expect(lines.length).toBe(100_001);
    expect(lines[99_999]).toBe('{"twice":"199998"}');
  });
});
