import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Equivalent} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {mailEquivalents} from '../../../src/chapters/names/mail-equivalents.ts';
import {mailFields} from '../../../src/chapters/names/mail-fields.ts';
import {whoisEquivalents} from '../../../src/chapters/names/whois-equivalents.ts';
import {whoisFields} from '../../../src/chapters/names/whois-shape.ts';
import {startMail} from '../../../src/lab/mail/server.ts';
import type {MailServer} from '../../../src/lab/mail/types.ts';
import {good, key} from '../../../src/lab/test-certificates.ts';
import {startWhois} from '../../../src/lab/whois/server.ts';
import type {WhoisServer} from '../../../src/lab/whois/types.ts';
import {nodeProgram} from '../../support/wirebook.ts';
import {has} from '../../world/support/tools.ts';
import {Running} from '../tcp/running.ts';

/** The programs that the panes offer are run as they are, against the lab’s servers. */

const missing: Readonly<Record<string, boolean>> = {
  Python: !has('python3'),
  C: !has('cc'),
  Node: false,
  shell: !has('swaks') || !has('openssl', 'version') || !has('nc', '-h') || !has('whois'),
};

let folder = '';
let running: Running;
let mail: MailServer;
let registry: WhoisServer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-programs-'));
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

beforeEach(async () => {
  running = new Running();
  const at = {address: '127.0.0.1', port: 0};
  mail = await startMail({...at, name: 'mail.test', behaviour: 'accept', certificate: {key, cert: good}});
  registry = await startWhois({...at, role: 'registry', peers: () => ({root: registry, registry})});
});

afterEach(() => Promise.all([running.close(), mail.close(), registry.close()]));

/** Runs a program as it is; C is compiled first, with all warnings. */
async function run(all: readonly Equivalent[], language: string): Promise<{code: number | null; out: string}> {
  const endings: Record<string, string> = {Python: 'py', C: 'c', Node: 'mjs', shell: 'sh'};
  const file = join(folder, `program.${endings[language]}`);
  // What is typed by hand needs a hand.
  writeFileSync(file, all.find(one => one.language === language)!.code.replace(/# By hand:.*/s, ''));
  const tools: Record<string, string> = {Python: 'python3', Node: nodeProgram, shell: 'sh'};
  const binary = join(folder, 'program');
  if (language === 'C') {
    const compiled = spawnSync('cc', ['-Wall', '-Wextra', '-Werror', '-o', binary, file], {encoding: 'utf8'});
    expect(compiled.stderr).toBe('');
  }
  const {code, out} = await running.spawn(tools[language] ?? binary, language === 'C' ? [] : [file], '');
  return {code, out: String(out)};
}

const languages = ['Python', 'C', 'Node', 'shell'] as const;

describe('mail', () => {
  test.each(languages.filter(language => missing[language] !== true))('%s sends the same message', async language => {
    const body = String.raw`Zoë\n.dot "quoted" \\ and ?\x3f=\n..\n`;
    const ask = {...defaultsOf(mailFields), exchanger: `127.0.0.1:${mail.port}`, body, subject: 'By “hand”'};
    await run(mailEquivalents(ask), language);
    const [stored] = mail.messages();
    expect(stored).toMatchObject({from: 'bob@example.test', recipients: ['alice@example.test']});
    const content = Buffer.from(stored?.content ?? []).toString();
    expect(content).toMatch(/\r\n\r\nZoë\r\n\.dot "quoted" \\ and \?\?=\r\n\.\.\r\n/);
    if (language === 'Python') expect(stored?.tls).toMatch(/^TLSv1/);
  });

  test('the lab’s own are given as addresses, and who takes mail elsewhere is asked for', () => {
    const lab = mailEquivalents(defaultsOf(mailFields));
    for (const {code} of lab) expect(code).toContain('127.4.3.25');
    const other = mailEquivalents({...defaultsOf(mailFields), to: 'a@python.org'});
    expect(other.find(({language}) => language === 'shell')?.code).toContain('dig +short MX python.org');
    expect(other.find(({language}) => language === 'Python')?.code).toContain('resolve("python.org", \'MX\')');
    expect(other.find(({language}) => language === 'Node')?.code).toContain('resolveMx("python.org")');
  });
});

describe('whois', () => {
  test.each(languages.filter(language => missing[language] !== true))('%s prints the answer', async language => {
    for (const query of ['example.test', 'latin.test']) {
      const ask = {...defaultsOf(whoisFields), query, server: `127.0.0.1:${registry.port}`};
      const {code, out} = await run(whoisEquivalents(ask), language);
      expect(code).toBe(0);
      expect(out).toContain(`domain:                 ${query}`);
      if (language !== 'C' && query === 'example.test') expect(out).toContain('Zoë Müller');
    }
  });

  test('the lab’s own are given as addresses', () => {
    for (const {code} of whoisEquivalents(defaultsOf(whoisFields))) expect(code).toMatch(/127\.4\.0\.43/);
  });
});
