import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {allExperiments} from '../../src/chapters/registry.ts';
import {completions, places} from '../../src/cli/completions.ts';
import {findTool} from '../../src/cli/find-tool.ts';
import {wirebook} from '../support/fake-io.ts';
import {quiet, toy} from '../support/toy-experiment.ts';

const experiments = [toy, quiet];

/** What bash would offer after these words, asked of bash itself. */
function offered(...words: string[]): string[] {
  const script = `${completions('bash', experiments)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wirebook; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', script, 'bash', 'wirebook', ...words], {encoding: 'utf8', cwd: '/'})
    .split('\n')
    .filter(line => line !== '');
}

describe('bash offers', () => {
  test.each([
    [['t'], ['tcp']],
    [
      ['tcp', ''],
      ['toy', '--help'],
    ],
    [['tcp', 'toy', '--mo'], ['--mood']],
    [
      ['tcp', 'toy', '--mood', ''],
      ['calm', 'cross'],
    ],
    [['tcp', 'toy', '--mood', 'cr'], ['cross']],
    [['tcp', 'toy', 'host', '80', '--wait'], ['--wait-for-keys']],
    [['tcp', 'toy', '--host', 'x', '--j'], ['--json']],
    [['tcp', 'toy', '/et'], ['/etc']],
    [['tcp', 'toy', '--save', '/et'], ['/etc']],
    [['hex', '--style', 'h'], ['hexdump']],
    [['hex', '--sq'], ['--squeeze']],
    [
      ['completions', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['open', '/et'], ['/etc']],
    [['doctor', '/et'], []],
    [['nonsense', ''], []],
  ])('after %j: %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  test('every chapter and command at the start', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['tcp', 'data', 'udp', 'hex', 'doctor', '--version']));
  });
});

describe('the other shells', () => {
  const [zsh, fish] = ['zsh', 'fish'].map(name => findTool(name, process.env));
  if (zsh === undefined) console.warn('zsh is not installed: its completion script is checked for words only');
  if (fish === undefined) console.warn('fish is not installed: its completion script is checked for words only');

  test.each([['zsh'], ['fish']])('%s has every word and flag', shell => {
    const script = completions(shell, experiments)!;
    for (const place of places(experiments)) {
      for (const {word} of place.words) expect(script).toContain(word);
      for (const {word} of place.flags) expect(script).toContain(shell === 'fish' ? `-l ${word.slice(2)}` : word);
    }
  });

  test.skipIf(zsh === undefined)('zsh takes its script', () => {
    execFileSync(zsh!, ['-n'], {input: completions('zsh', [...experiments, ...allExperiments])!});
  });

  test.skipIf(fish === undefined)('fish takes its script', () => {
    execFileSync(fish!, ['-n', '/dev/stdin'], {input: completions('fish', [...experiments, ...allExperiments])!});
  });

  test('an unknown shell is wrong usage', async () => {
    expect(await wirebook(['completions', 'fihs'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean fish?'),
    });
    expect((await wirebook(['completions'])).code).toBe(2);
    expect((await wirebook(['completions', 'bash'])).out).toBe(completions('bash', experiments));
  });
});
