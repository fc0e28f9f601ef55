import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {chapters} from '../../src/chapters/contract.ts';
import {allExperiments} from '../../src/chapters/registry.ts';
import {commands} from '../../src/cli/commands.ts';
import {findTool} from '../../src/cli/find-tool.ts';
import {exitCodes} from '../../src/cli/general.ts';
import {manualPage} from '../../src/cli/manual.ts';
import {commandsPage, keysPage} from '../../src/cli/reference.ts';
import {configSchema, eventsSchema} from '../../src/cli/schema.ts';
import {version} from '../../src/cli/version.ts';
import {misfit} from '../support/fits-schema.ts';
import {quiet, toy} from '../support/toy-experiment.ts';

const experiments = [toy, quiet];

describe('docs/commands.md', () => {
  const text = commandsPage(experiments);

  test('has every chapter, experiment, command, field, action and event', () => {
    for (const {number, title} of Object.values(chapters)) expect(text).toContain(`## Chapter ${number}: ${title}`);
    for (const name of Object.keys(commands)) expect(text).toContain(`### wirebook ${name}\n`);
    expect(text).toContain('### Toy (`wirebook tcp toy`)');
    expect(text).toContain('| `--wait-for-keys` | Wait for keys: goes on until it is ended |');
    expect(text).toContain('| `add [BY] [TWICE]` | Add (key a) |');
    expect(text).toContain('| `counted` | the next number; has bytes |');
    for (const {code} of Object.values(exitCodes)) expect(text).toContain(`| \`${code}\` |`);
  });

  test('every row of a table has as many cells as its head', () => {
    const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const lines = text.split('\n');
    for (const [index, line] of lines.entries())
      if (line.startsWith('|') && lines[index - 1]?.startsWith('|'))
        expect(cells(line), line).toBe(cells(lines[index - 1]!));
  });
});

test('docs/keys.md has the keys of the explorer and of the experiments', async () => {
  const text = await keysPage(experiments);
  expect(text).toContain('`shell.palette`');
  expect(text).toContain('| `s` | Say | `tcp.toy.say` |');
  expect(text).not.toContain('data.quiet');
});

describe('the manual page', () => {
  const page = manualPage([toy, ...allExperiments], version());
  const groff = findTool('groff', process.env);
  if (groff === undefined) console.warn('groff is not installed: the manual page is not formatted in this test');

  test('names what there is', () => {
    for (const name of Object.keys(commands)) expect(page).toContain(`.SS wirebook ${name}\n`);
    expect(page).toContain('.SS wirebook tcp toy\n');
    expect(page).toContain('WIREBOOK_FRAMES_PER_SECOND');
  });

  test.skipIf(groff === undefined)('is formatted without a warning', () => {
    const {stdout, stderr, status} = spawnSync(groff!, ['-man', '-ww', '-Kutf8', '-Tutf8'], {
      input: page,
      encoding: 'utf8',
    });
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    expect(stdout.replaceAll(/.\u0008|\u001b\[[\d;]*m/g, '')).toContain('--wait-for-keys');
  });
});

describe('the schemas', () => {
  test('every reference leads somewhere', () => {
    const schema = eventsSchema([...experiments, ...allExperiments]);
    const text = JSON.stringify(schema);
    const names = [...text.matchAll(/"#\/\$defs\/([^"]+)"/g)].map(match => match[1]!);
    expect(names).toContain('tcp.toy');
    for (const name of names) expect(Object.keys(schema['$defs'] as object)).toContain(name);
  });

  test('the configuration file has one', () => {
    const schema = configSchema();
    const config = {$schema: 'x', theme: 'dark', mouse: true, framesPerSecond: 30, keys: {}};
    expect(misfit(config, schema, schema)).toBeUndefined();
    expect(misfit({...config, theme: 'pink'}, schema, schema)).toBeDefined();
    expect(misfit({...config, themes: 'dark'}, schema, schema)).toBeDefined();
  });
});
