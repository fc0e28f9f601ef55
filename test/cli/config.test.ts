import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {settings} from '../../src/chapters/settings.ts';
import {configFile, loadConfig, variableOf} from '../../src/cli/config.ts';
import {wirebook} from '../support/fake-io.ts';

const load = (text: string | undefined, env: Record<string, string> = {}) =>
  loadConfig({XDG_CONFIG_HOME: '/c', ...env}, () => text);

const defaults = Object.fromEntries(Object.entries(settings).map(([name, field]) => [name, field.default]));
const file = '/c/wirebook/config.json';

describe('where the settings come from', () => {
  test('the file lies where XDG says', () => {
    expect(configFile({XDG_CONFIG_HOME: '/c'})).toBe(file);
    expect(configFile({XDG_CONFIG_HOME: '/c', WIREBOOK_WORKSPACE: '/w'})).toBe('/w/config.json');
    expect(configFile({XDG_CONFIG_HOME: '/c', WIREBOOK_WORKSPACE: ''})).toBe(file);
    expect(configFile({XDG_CONFIG_HOME: 'relative'})).toMatch(/\/\.config\/wirebook\/config\.json$/);
    expect(configFile({})).toMatch(/\/\.config\/wirebook\/config\.json$/);
  });

  test('without a file all is default', () => {
    const {config, warnings, origins} = load(undefined);
    expect(config).toEqual({...defaults, keys: {}});
    expect(warnings).toEqual([]);
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
  });

  test('the file is read, $schema allowed', () => {
    const text = '{"$schema":"x","theme":"dark","mouse":false,"framesPerSecond":30,"keys":{"shell.help":"F1"}}';
    const {config, warnings, origins} = load(text);
    expect(warnings).toEqual([]);
    expect(config).toMatchObject({theme: 'dark', mouse: false, framesPerSecond: 30, keys: {'shell.help': 'F1'}});
    expect(origins).toMatchObject({theme: file, keys: file, colour: 'default'});
  });

  test.each([
    [{WIREBOOK_THEME: 'light'}, {theme: 'light'}],
    [{WIREBOOK_FRAMES_PER_SECOND: '20'}, {framesPerSecond: 20}],
    [{NO_COLOR: '1'}, {colour: 'never'}],
    [{NO_COLOR: ''}, {colour: '256'}],
    [{FORCE_COLOR: '3'}, {colour: 'true'}],
    [{FORCE_COLOR: '0'}, {colour: 'never'}],
    [{NO_COLOR: '1', FORCE_COLOR: '1'}, {colour: '16'}],
    [{NO_COLOR: '1', WIREBOOK_COLOUR: 'true'}, {colour: 'true'}],
  ])('%j outweighs the file', (env, expected) => {
    const {config, warnings} = load(
      '{"theme":"dark","colour":"256","framesPerSecond":30}',
      env as Record<string, string>,
    );
    expect(config).toMatchObject(expected);
    expect(warnings).toEqual([]);
  });

  test('every setting has a variable', () => {
    expect(Object.keys(settings).map(variableOf)).toContain('WIREBOOK_ESCAPE_MILLISECONDS');
  });
});

describe('what is not understood is warned of, and the rest holds', () => {
  test.each([
    ['{"themes":"dark","ascii":true}', `${file}: there is no setting “themes”. Did you mean “theme”?`],
    ['{"zzzzzzzzz":1,"ascii":true}', `${file}: there is no setting “zzzzzzzzz”.`],
    [
      '{"theme":"pink","ascii":true}',
      `${file}: theme: Theme has no choice “pink”. Choose one of terminal, light, dark, contrast.`,
    ],
    ['{"keys":{"shell.help":5},"ascii":true}', `${file}: keys: shell.help: a key is a text such as "s" or "F5".`],
    ['{"keys":[],"ascii":true}', `${file}: keys: expected an object such as {"shell.palette": ":"}.`],
  ])('%s', (text, warning) => {
    const {config, warnings} = load(text);
    expect(warnings).toEqual([warning]);
    expect(config).toEqual({...defaults, ascii: true, keys: {}});
  });

  test.each([['{'], ['[]'], ['null'], ['5']])('%s is no configuration', text => {
    const {config, warnings} = load(text);
    expect(warnings).toHaveLength(1);
    expect(config).toEqual({...defaults, keys: {}});
  });

  test('a value of the environment too', () => {
    expect(load(undefined, {WIREBOOK_MOUSE: 'maybe'}).warnings).toEqual([
      'WIREBOOK_MOUSE: mouse: “maybe” is neither yes nor no. Type yes or no.',
    ]);
  });
});

test('wirebook config prints each setting, its value and its origin', async () => {
  const env = {XDG_CONFIG_HOME: '/nowhere', WIREBOOK_THEME: 'dark'};
  const {out, code} = await wirebook(['config'], {env});
  expect(code).toBe(0);
  expect(out).toMatch(/^\/nowhere\/wirebook\/config\.json\n/);
  expect(out).toMatch(/^theme +dark +WIREBOOK_THEME$/m);
  expect(out).toMatch(/^mouse +yes +default$/m);
  const json = JSON.parse((await wirebook(['config', '--json'], {env})).out) as {config: unknown};
  expect(json.config).toMatchObject({theme: 'dark'});
});

test('a key for an action that there is not is warned of, with the nearest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-config-'));
  try {
    mkdirSync(join(folder, 'wirebook'));
    const keys = {'shell.palete': 'p', 'shell.help': 'F1', 'tcp.toy.say': 'S'};
    writeFileSync(join(folder, 'wirebook', 'config.json'), JSON.stringify({keys}));
    const {err, out, code} = await wirebook(['config', '--json'], {env: {XDG_CONFIG_HOME: folder}});
    const warning = `${folder}/wirebook/config.json: keys: there is no action “shell.palete”. Did you mean “shell.palette”?`;
    expect({err, code}).toEqual({err: `wirebook: ${warning}\n`, code: 0});
    expect(JSON.parse(out)).toMatchObject({config: {keys}, warnings: [warning]});
  } finally {
    rmSync(folder, {recursive: true});
  }
});
