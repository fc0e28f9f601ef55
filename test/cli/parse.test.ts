import {describe, expect, test} from 'vitest';
import {commandFor} from '../../src/chapters/command.ts';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {allExperiments} from '../../src/chapters/registry.ts';
import {generalFlags} from '../../src/cli/general.ts';
import {type ExperimentInvocation, parse} from '../../src/cli/parse.ts';
import {splitWords} from '../../src/cli/words.ts';
import {quiet, toy} from '../support/toy-experiment.ts';

const known = {experiments: async () => [toy, quiet]};

async function read(...words: string[]): Promise<ExperimentInvocation> {
  const parsed = await parse(words, known);
  if (!parsed.ok) throw new Error(parsed.problem.says);
  if (parsed.value.does !== 'experiment') throw new Error(parsed.value.does);
  return parsed.value;
}

async function problem(...words: string[]) {
  const parsed = await parse(words, known);
  if (parsed.ok) throw new Error(`${words.join(' ')} was understood`);
  return parsed.problem;
}

describe('what the command line asks for', () => {
  test.each([
    [[], {does: 'explore'}],
    [['--version'], {does: 'version'}],
    [['-h'], {does: 'help', topic: []}],
    [['help', 'tcp', 'toy'], {does: 'help', topic: ['tcp', 'toy']}],
    [['help', 'udp'], {does: 'help', topic: ['tcp', 'udp']}],
    [['tcp'], {does: 'help', topic: ['tcp']}],
    [['tcp', '--help'], {does: 'help', topic: ['tcp']}],
    [['tcp', 'toy', 'x', '-h'], {does: 'help', topic: ['tcp', 'toy']}],
    [['doctor', '--help'], {does: 'help', topic: ['doctor']}],
  ])('%j', async (words, invocation) => {
    expect(await parse(words, known)).toEqual({ok: true, value: invocation});
  });

  test('a command has its flags and words', async () => {
    expect(await parse(['hex', '-c8', '--no-squeeze', 'file'], known)).toMatchObject({
      ok: true,
      value: {does: 'command', command: 'hex', words: ['file'], ask: {columns: 8, squeeze: false}},
    });
  });

  test('an alias stands for its words', async () => {
    expect(await problem('udp')).toMatchObject({says: 'The chapter TCP has no experiment “udp”'});
  });
});

describe('positionals', () => {
  test.each([
    [['h', '80'], {host: 'h', port: 80}],
    [['h:80'], {host: 'h', port: 80}],
    [['[::1]:80'], {host: '::1', port: 80}],
    [['::1', '80'], {host: '::1', port: 80}],
    [['fe80::1'], {host: 'fe80::1', port: 1060}],
    [['h:80', 'a', 'b c'], {host: 'h', port: 80, words: 'a, b c'}],
    [['h', '80', '-5'], {host: 'h', port: 80, words: '-5'}],
    [['--port', '9', 'h'], {host: 'h', port: 9}],
    [['h:8', '--port', '9'], {host: 'h', port: 9}],
    [['--mood', 'cr'], {mood: 'cross'}],
    [['--every', '250ms', '--refuse'], {every: 0.25, refuse: true}],
  ])('%j', async (words, ask) => {
    expect((await read('tcp', 'toy', ...words)).ask).toEqual({...defaultsOf(toy.fields), ...ask});
  });

  test('what is not given keeps its default', async () => {
    expect((await read('tcp', 'toy')).ask).toEqual(defaultsOf(toy.fields));
  });
});

describe('general flags', () => {
  test('all of them', async () => {
    const asked = await read('tcp', 'toy', '--json', '--once', '--timeout', '1.5', '--save', 'f', '--do', 'say hi all');
    expect(asked).toMatchObject({
      json: true,
      text: false,
      once: true,
      batch: false,
      timeout: 1.5,
      save: 'f',
      steps: [{action: 'say', args: {word: 'hi all'}}],
    });
  });

  test('steps have the values of their fields', async () => {
    const {steps} = await read(
      'tcp',
      'toy',
      '--do',
      'add 3 --twice',
      '--do',
      `say 'a  b'`,
      '--do',
      'add --by=2',
      '--do',
      'end',
    );
    expect(steps).toEqual([
      {action: 'add', args: {by: 3, twice: true}},
      {action: 'say', args: {word: 'a  b'}},
      {action: 'add', args: {by: 2, twice: false}},
      {action: 'end', args: {}},
    ]);
  });

  test.each([
    [['tcp', 'toy', '--do', 'sey x'], 'tcp toy has no action “sey”'],
    [['tcp', 'toy', '--do', ''], 'tcp toy has no action “”'],
    [['tcp', 'toy', '--do', 'constructor'], 'tcp toy has no action “constructor”'],
    [['tcp', 'toy', '--do', 'add 99'], '--by: By must be from 1 to 9'],
    [['tcp', 'toy', '--do', 'add 1 yes more'], '“more” has no place here'],
    [['tcp', 'toy', '--do', `say 'x`], `The ' in “say 'x” is never closed`],
    [['tcp', 'toy', '--timeout', 'soon'], '--timeout: “soon” is not a length of time'],
    [['tcp', 'toy', '--timeout', '0'], '--timeout: --timeout must be from 0.001 to 86400 s'],
    [['tcp', 'toy', '--json', '--text'], 'There can be --json or --text, not both'],
    [['data', 'quiet', '--batch'], 'data quiet answers no --batch'],
    [['data', 'quiet', 'x'], '“x” has no place here'],
    [['tcp', 'toy', 'h:http'], '--port: “http” is not a whole number'],
    [['tcp', 'toy', '--mood', 'sad'], '--mood: Mood has no choice “sad”'],
    [['tcp', 'toys'], 'The chapter TCP has no experiment “toys”'],
    [['dcotor'], 'Wirebook has no chapter or command “dcotor”'],
    [['--jsn'], 'There is no flag --jsn here'],
    [['doctor', '--jsn'], 'There is no flag --jsn here'],
    [['hex', '--columns', 'x'], '--columns: “x” is not a whole number'],
  ])('%j is wrong usage', async (words, says) => {
    const found = await problem(...words);
    expect(found.says).toBe(says);
    expect(found.code).toMatch(/^usage\./);
  });
});

describe('every experiment there is', () => {
  const general: readonly string[] = generalFlags.map(({name}) => name);

  test.each([toy, quiet, ...allExperiments].map(experiment => [experiment.id, experiment] as const))(
    '%s can be asked for',
    async (_id, experiment) => {
      const names = Object.keys(experiment.fields);
      expect(
        names.filter(name => general.includes(name)),
        'fields named as a general flag',
      ).toEqual([]);
      for (const name of [
        ...(experiment.positionals ?? []),
        ...Object.values(experiment.marked ?? {}),
        ...(experiment.rest === undefined ? [] : [experiment.rest]),
      ])
        expect(names).toContain(name);
      const ask = defaultsOf(experiment.fields);
      const words = splitWords(commandFor(experiment, ask));
      expect(words.ok && (await parse(words.value.slice(1), {experiments: async () => [experiment]}))).toMatchObject({
        ok: true,
        value: {ask},
      });
    },
  );
});
