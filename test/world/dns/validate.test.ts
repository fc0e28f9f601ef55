import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {readName, sameName} from '../../../src/wire/dns/name.ts';
import {typeNumber} from '../../../src/wire/dns/tables.ts';
import type {Message} from '../../../src/wire/dns/types.ts';
import {type Fetch, type Link, type Response, type Validation, validate} from '../../../src/world/dns/validate.ts';
import {createWorld} from '../../../src/world/world.ts';
import {missing, type NameServer, startNsd} from '../../support/name-servers.ts';
import {has} from '../support/tools.ts';
import {dnssecVectors, recordsOf} from './signed-zones.ts';

const {dns} = createWorld();
const anchors = recordsOf(dnssecVectors.anchor, '.');
const now = Date.parse('2027-01-01T00:00:00Z') / 1000;
const [RRSIG, CNAME, NSEC, DS] = [46, 5, 47, 43];

let server: NameServer;
const noNsd = missing('nsd');
const folder = mkdtempSync(join(tmpdir(), 'wirebook-anchors-'));
const anchorFile = join(folder, 'anchors');

beforeAll(async () => {
  if (noNsd !== undefined) return;
  server = await startNsd(dnssecVectors.tree);
  const [tag, algorithm, kind, ...digest] = dnssecVectors.anchor.trim().split(/\s+/).slice(3);
  writeFileSync(anchorFile, `trust-anchors { "." static-ds ${tag} ${algorithm} ${kind} "${digest.join('')}"; };\n`);
}, 20_000);
afterAll(async () => {
  rmSync(folder, {recursive: true});
  await server?.stop();
});

/** What the server says, with what it says of where an alias leads. */
const fetch: Fetch = async (name, type) => {
  const said = await askOnce(name, type);
  const alias = said.answers.findLast(record => record.type === CNAME);
  const to = alias === undefined || type === CNAME ? undefined : readName(alias.data, 0);
  if (to?.kind !== 'name' || said.answers.some(record => sameName(record.name, to.text))) return said;
  if (said.authorities.length > 0 && said.rcode === 3) return said;
  const more = await askOnce(to.text, type);
  return {
    rcode: more.rcode,
    answers: [...said.answers, ...more.answers],
    authorities: [...said.authorities, ...more.authorities],
  };
};

async function askOnce(name: string, type: number): Promise<Message> {
  const none = {aa: false, tc: false, rd: false, ra: false, z: false, ad: false, cd: true};
  const edns = {udpSize: 1232, version: 0, dnssecOk: true, z: 0, options: []};
  const question = {name, type, class: 1};
  const parts = {answers: [], authorities: [], additionals: []};
  const query = {id: 7, response: false, opcode: 0, flags: none, rcode: 0, questions: [question], ...parts, edns};
  const {address, port} = server;
  const exchange = await dns.exchange(
    encodeMessage(query),
    {address, port, transport: 'udp'},
    {timeout: 5, retries: 1},
  );
  if (!exchange.ok) throw new Error(exchange.problem.says);
  return decodeMessage(exchange.value.bytes).message;
}

async function verdictOn(
  name: string,
  typed: string,
  change: (said: Response, name: string, type: number) => Response = said => said,
): Promise<Validation & {links: readonly Link[]}> {
  const type = typeNumber(typed)!;
  const links: Link[] = [];
  const changed: Fetch = async (asked, kind) => change((await fetch(asked, kind))!, asked, kind);
  const response = (await changed(name, type))!;
  const options = {anchors, fetch: changed, now, link: (link: Link) => links.push(link)};
  return {...(await validate({name, type, class: 1}, response, options)), links};
}

/** Name, type, verdict, the extended error or -1, and what delv says. */
const names = [
  ['www.plain.', 'A', 'secure', -1, 'fully validated'],
  ['WwW.pLaIn.', 'AAAA', 'secure', -1, 'fully validated'],
  ['.', 'DNSKEY', 'secure', -1, 'fully validated'],
  ['plain.', 'SOA', 'secure', -1, 'fully validated'],
  ['plain.', 'MX', 'secure', -1, 'fully validated'],
  ['plain.', 'DS', 'secure', -1, 'fully validated'],
  ['alias.plain.', 'A', 'secure', -1, 'fully validated'],
  ['host.old.plain.', 'A', 'secure', -1, 'fully validated'],
  ['naptr.plain.', 'NAPTR', 'secure', -1, 'fully validated'],
  ['a.plain.', 'TYPE65280', 'secure', -1, 'fully validated'],
  ['x\\.y\\032z.plain.', 'TXT', 'secure', -1, 'fully validated'],
  ['some.thing.wild.plain.', 'TXT', 'secure', -1, 'fully validated'],
  ['some.thing.wild.plain.', 'AAAA', 'secure', -1, 'negative response, fully validated'],
  ['under.wild.plain.', 'TXT', 'secure', -1, 'negative response, fully validated'],
  ['nothing.plain.', 'A', 'secure', -1, 'negative response, fully validated'],
  ['zzz.plain.', 'A', 'secure', -1, 'negative response, fully validated'],
  ['er.down.plain.', 'A', 'secure', -1, 'negative response, fully validated'],
  ['unsigned.plain.', 'DS', 'secure', -1, 'negative response, fully validated'],
  ['no.such.', 'A', 'secure', -1, 'negative response, fully validated'],
  ['www.hashed.', 'A', 'secure', -1, 'fully validated'],
  ['alias.hashed.', 'A', 'secure', -1, 'fully validated'],
  ['host.old.hashed.', 'A', 'secure', -1, 'fully validated'],
  ['www.hashed.', 'MX', 'secure', -1, 'negative response, fully validated'],
  ['er.down.hashed.', 'A', 'secure', -1, 'negative response, fully validated'],
  ['nothing.hashed.', 'A', 'secure', -1, 'negative response, fully validated'],
  ['some.wild.hashed.', 'A', 'insecure', -1, 'unsigned answer'],
  ['www.unsigned.', 'A', 'insecure', -1, 'unsigned answer'],
  ['nothing.unsigned.', 'A', 'insecure', -1, 'negative response, unsigned answer'],
  ['away.plain.', 'A', 'insecure', -1, 'unsigned answer'],
  ['www.costly.', 'A', 'secure', -1, 'fully validated'],
  ['nothing.costly.', 'A', 'insecure', 27, 'unsigned answer'],
  ['www.expired.', 'A', 'bogus', 7, 'RRSIG has expired'],
  ['nothing.expired.', 'A', 'bogus', 7, 'RRSIG has expired'],
  ['www.early.', 'A', 'bogus', 8, 'RRSIG validity period has not begun'],
  ['www.changed.', 'A', 'bogus', 6, 'RRSIG failed to verify'],
  ['www.exchanged.', 'A', 'bogus', 9, 'no valid signature found (DS)'],
] as const;

describe.skipIf(noNsd !== undefined)('zones signed by BIND and ldns, served by NSD', () => {
  test.each(names)('%s %s is %s', async (name, type, verdict, code) => {
    const found = await verdictOn(name, type);
    expect({verdict: found.verdict, code: found.extendedError ?? -1}, found.reason).toEqual({verdict, code});
    expect(found.links.length).toBeGreaterThan(0);
    expect(found.links.every(({reason}) => reason !== '')).toBe(true);
  });

  test.skipIf(!has('delv', '-v')).each(names)(
    '%s %s: delv says the same',
    async (name, type, _verdict, _code, said) => {
      const {address, port} = server;
      const words = ['-a', anchorFile, '+root=.', `@${address}`, '-p', String(port), name, type];
      const {stdout, stderr} = await promisify(execFile)('delv', words);
      expect(stdout + stderr).toContain(said);
    },
  );

  test('the links go from the root down, each with its key and its dates', async () => {
    const {links} = await verdictOn('www.plain.', 'A');
    expect(links.map(({zone, what, verdict}) => `${zone} ${what}: ${verdict}`)).toEqual([
      '. DNSKEY: secure',
      '. DS of plain.: secure',
      'plain. DNSKEY: secure',
      'plain. www.plain. A: secure',
    ]);
    for (const link of links)
      expect(link).toMatchObject({
        algorithm: 13,
        inception: Date.parse('2026-01-01T00:00:00Z') / 1000,
        expiration: Date.parse('2036-01-01T00:00:00Z') / 1000,
      });
  });
});

describe.skipIf(noNsd !== undefined)('what somebody on the way could change is found out', () => {
  const without = (type: number) => (said: Response) => ({
    ...said,
    answers: said.answers.filter(record => record.type !== type),
    authorities: said.authorities.filter(record => record.type !== type),
  });

  test.each([
    ['every signature is taken away', 'www.plain.', 'A', without(RRSIG), 10],
    ['the denial is taken away', 'nothing.plain.', 'A', without(NSEC), 12],
    ['the denial of a wildcard’s expansion is taken away', 'some.wild.plain.', 'A', without(NSEC), 12],
    ['the delegation signer is taken away', 'www.plain.', 'A', without(DS), 12],
    [
      'there is said to be no such name',
      'www.plain.',
      'A',
      (said: Response, name: string) => (name === 'www.plain.' ? {...said, rcode: 3, answers: []} : said),
      12,
    ],
    [
      'the answer for a name is another name’s',
      'www.plain.',
      'A',
      (said: Response, name: string) =>
        name !== 'www.plain.'
          ? said
          : {
              ...said,
              answers: said.answers.map(one => ({...one, data: one.type === 1 ? Uint8Array.of(1, 2, 3, 4) : one.data})),
            },
      6,
    ],
  ] as const)('%s', async (_title, name, type, change, code) => {
    const found = await verdictOn(name, type, change);
    expect({verdict: found.verdict, code: found.extendedError}, found.reason).toEqual({verdict: 'bogus', code});
  });

  test('another name’s denial proves nothing', async () => {
    const other = (await fetch('zzz.plain.', typeNumber('A')!))!;
    const found = await verdictOn('nothing.plain.', 'A', (said, name) => (name === 'nothing.plain.' ? other : said));
    expect(found).toMatchObject({verdict: 'bogus', extendedError: 12});
  });

  test('nobody answers', async () => {
    const response = (await fetch('www.plain.', 1))!;
    const silent = {anchors, now, fetch: () => Promise.resolve(undefined)};
    const found = await validate({name: 'www.plain.', type: 1, class: 1}, response, silent);
    expect(found.verdict).toBe('indeterminate');
  });

  test('a failure has nothing in it to check', async () => {
    const failure = {rcode: 2, answers: [], authorities: []};
    const found = await validate({name: 'www.plain.', type: 1, class: 1}, failure, {anchors, now, fetch});
    expect(found.verdict).toBe('indeterminate');
  });

  test('above the anchor nothing is known', async () => {
    const response = (await fetch('www.hashed.', 1))!;
    const below = recordsOf('plain. DS 1 13 2 00\n', '.');
    const found = await validate({name: 'www.hashed.', type: 1, class: 1}, response, {anchors: below, now, fetch});
    expect(found).toMatchObject({verdict: 'indeterminate', reason: expect.stringContaining('plain.')});
  });
});
