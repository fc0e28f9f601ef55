import {describe, expect, test} from 'vitest';
import {findingsText} from '../../src/cli/doctor.ts';
import {findTool, versionOf} from '../../src/cli/find-tool.ts';
import {wirebook} from '../support/fake-io.ts';

interface Found {
  readonly findings: readonly {readonly id: string; readonly present: boolean; readonly detail: string}[];
}

const doctor = async (env: Record<string, string>) =>
  (JSON.parse((await wirebook(['doctor', '--json'], {env})).out) as Found).findings;

describe('doctor', () => {
  test('looks at everything, whatever there is', async () => {
    const findings = await doctor({PATH: '/nowhere', LANG: 'C', NO_COLOR: '1', XDG_CONFIG_HOME: '/nowhere'});
    const ids = ['node', 'libc', 'netlink', 'proc', 'lab', 'terminal', 'colour', 'unicode', 'clipboard'];
    expect(findings.map(({id}) => id)).toEqual([...ids, 'python3', 'tshark', 'dig', 'delv', 'whois', 'nc', 'config']);
    const present = Object.fromEntries(findings.map(found => [found.id, found.present]));
    expect(present).toMatchObject({node: true, terminal: false, colour: false, unicode: false, python3: false});
  });

  test('sees what the environment offers', async () => {
    const findings = await doctor({PATH: '/nowhere', LC_ALL: 'C.UTF-8', COLORTERM: 'truecolor'});
    const found = Object.fromEntries(findings.map(({id, present, detail}) => [id, `${present} ${detail}`]));
    expect(found).toMatchObject({unicode: 'true C.UTF-8.', colour: 'true true colour.'});
  });

  test('says in words what is missing and what that costs, within the width', () => {
    const findings = [
      {id: 'a', title: 'Alpha', present: true, detail: '1.0', without: 'much'},
      {id: 'b', title: 'Beta', present: false, detail: 'not found in PATH.', without: 'comparing with something else'},
    ];
    expect(findingsText(findings, 50)).toBe(
      [
        '+ yes  Alpha  1.0',
        '- no   Beta   not found in PATH. Without it:',
        '              comparing with something else.',
        '',
      ].join('\n'),
    );
  });
});

test('a program is looked for in PATH, in order; a folder of that name is none', () => {
  expect(findTool('sh', {PATH: '/nowhere::/bin:/usr/bin'})).toBe('/bin/sh');
  expect(findTool('bin', {PATH: '/usr'})).toBeUndefined();
  expect(findTool('sh', {})).toBeUndefined();
});

test('the version is the first line, or nothing', async () => {
  expect(await versionOf(process.execPath, '--version')).toBe(process.version);
  expect(await versionOf('/nowhere/at/all', '--version')).toBe('');
});
