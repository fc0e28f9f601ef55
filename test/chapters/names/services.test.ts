import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {type ServicesState, servicesExperiment} from '../../../src/chapters/names/services.ts';
import {readKeys, servicesFields} from '../../../src/chapters/names/services-shape.ts';
import {has, noLibc, run as runTool} from '../../world/support/tools.ts';
import {Running, type Started, told} from '../tcp/running.ts';

const running: Running[] = [];
const folders: string[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map(one => one.close()));
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true});
});

type Change = ConstructorParameters<typeof Running>[0];

const withoutLibc: Change = world => ({
  ...world,
  capabilities: async () => ({...(await world.capabilities()), libc: {available: false, why: 'Not here.'}}),
});

function begin(ask: object, headless = true, change?: Change): Started {
  const one = new Running(change);
  running.push(one);
  return one.start(servicesExperiment, {...defaultsOf(servicesFields), ...ask}, {headless});
}

async function done(ask: object, change?: Change): Promise<Started> {
  const started = begin(ask, true, change);
  await started.run.ended;
  return started;
}

const output = (started: Started) =>
  started.events
    .map(event => servicesExperiment.line(event as never, undefined, started.run.ask as never))
    .filter(line => typeof line === 'string')
    .join('\n');

const hasGetent = has('getent', 'services', 'http');

describe.skipIf(noLibc || !hasGetent)('as getent', () => {
  test.each([
    [{service: 'www'}, ['services', 'www']],
    [{service: '80'}, ['services', '80']],
    [{service: '53/udp'}, ['services', '53/udp']],
    [{service: 'www, ssh'}, ['services', 'www', 'ssh']],
    [{proto: 'UDP'}, ['protocols', 'UDP']],
    [{proto: '41'}, ['protocols', '41']],
    [{table: 'services'}, ['services']],
    [{table: 'protocols'}, ['protocols']],
  ])('%j', async (ask, words) => {
    const started = await done(ask);
    expect(started.run.status).toBe('done');
    expect(output(started)).toBe(runTool('getent', words).trimEnd());
  });
});

describe.each([
  ['by libc', undefined, 'libc'],
  ['by reading the files', withoutLibc, '/etc/services'],
] as const)('%s', (_name, change, by) => {
  const skip = change === undefined && noLibc;

  test.skipIf(skip)('www is http on port 80, with its alias', async () => {
    const started = await done({service: 'www'}, change);
    expect(told(started, 'found')).toMatchObject([
      {asked: 'www', name: 'http', number: 80, protocol: 'tcp', aliases: ['www'], by},
    ]);
  });

  test.skipIf(skip).each([
    [{service: 'www/udp'}, 'No service is called “www” over udp'],
    [{service: 'www', proto: 'udp'}, 'No service is called “www” over udp'],
    [{service: '1060'}, 'No service has port 1060'],
    [{service: 'nosuch'}, 'No service is called “nosuch”'],
    [{proto: 'nosuch'}, 'No protocol is called “nosuch”'],
    [{proto: '254'}, 'No protocol has the number 254'],
  ])('%j: %s', async (ask, says) => {
    const started = await done(ask, change);
    expect(started.run.status).toBe('failed');
    expect(started.run.problem).toMatchObject({says});
    expect(told(started, 'missing')).toMatchObject([{says, result: -1}]);
  });
});

test('a workspace adds services of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-services-'));
  folders.push(folder);
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'services'), 'morphist 1061/tcp morph\n');
  vi.stubEnv('WIREBOOK_WORKSPACE', folder);
  const started = await done({service: 'morph 1061'});
  expect(told(started, 'found')).toMatchObject([
    {name: 'morphist', number: 1061, by: join(folder, 'services')},
    {name: 'morphist', number: 1061, by: join(folder, 'services')},
  ]);
});

test('in the explorer both files are listed, and more can be asked', async () => {
  const {run} = begin({}, false);
  expect(await run.act({action: 'ask', args: {key: 'ssh', table: 'services'}})).toBeUndefined();
  expect(await run.act({action: 'ask', args: {key: 'UDP', table: 'protocols'}})).toBeUndefined();
  expect(await run.act({action: 'ask', args: {key: '1/2/3', table: 'services'}})).toMatchObject({code: 'names.key'});
  const {services, protocols, answers, asked} = run.state as ServicesState;
  expect([services.length > 100, protocols.length > 20, asked]).toEqual([true, true, 2]);
  expect(answers.map(answer => answer.found && answer.name)).toEqual(['ssh', 'udp']);
  await run.stop();
  expect(running[0]!.world.actors.running()).toEqual([]);
});

describe('what is typed', () => {
  test.each(['99999', '/tcp', '80/', 'a/b/c'])('%j is no service', typed => {
    expect(servicesFields.service.read(typed)).toMatchObject({ok: false});
    expect(readKeys(typed).complaint).toBeTypeOf('string');
  });

  test.each(['tcp udp', '99999999999'])('%j is no protocol', typed => {
    expect(servicesFields.proto.read(typed)).toMatchObject({ok: false});
  });
});
