import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {anchorFile} from '../../../src/cli/lab-text.ts';
import {typeName} from '../../../src/wire/dns/tables.ts';
import {has} from '../../world/support/tools.ts';
import {openedLab} from './opened.ts';
import {ran} from './tools.ts';
import {loadedZones, ownSets} from './zones.ts';

const lab = openedLab();
const folder = mkdtempSync(join(tmpdir(), 'wirebook-lab-'));
const anchors = join(folder, 'anchors.conf');
beforeAll(() => writeFileSync(anchors, anchorFile(lab().dns.anchors)));
afterAll(() => rmSync(folder, {recursive: true}));

function delv(name: string, type: string): Promise<string> {
  const {address, port} = lab().dns.resolver;
  return ran('delv', ['-a', anchors, '+root=.', '+cdflag', `@${address}`, '-p', String(port), name, type]);
}

describe.skipIf(!has('delv', '-v'))('delv finds of each name', () => {
  test.each([
    ['example.test.', 'MX', '; fully validated'],
    ['.', 'SOA', '; fully validated'],
    ['test.', 'DNSKEY', '; fully validated'],
    ['www.nsec3.example.', 'A', '; fully validated'],
    ['lame.test.', 'A', '; fully validated'],
    ['alias.example.', 'A', '; fully validated'],
    ['host.old.example.test.', 'A', '; fully validated'],
    ['anything.wild.example.test.', 'A', '; fully validated'],
    ['anything.wild.example.', 'A', '; fully validated'],
    ['80.3.4.127.in-addr.arpa.', 'PTR', '; fully validated'],
    ['nothing.example.test.', 'A', '; negative response, fully validated'],
    ['sub.wild.example.test.', 'A', '; negative response, fully validated'],
    ['a.sub.wild.example.test.', 'A', '; negative response, fully validated'],
    ['anything.wild.example.test.', 'AAAA', '; negative response, fully validated'],
    ['anything.wild.example.', 'AAAA', '; negative response, fully validated'],
    ['www.example.test.', 'MX', '; negative response, fully validated'],
    ['empty.example.test.', 'A', '; negative response, fully validated'],
    ['below.example.', 'A', '; negative response, fully validated'],
    ['nothing.example.', 'A', '; negative response, fully validated'],
    ['nothing.nsec3.example.', 'A', '; negative response, fully validated'],
    ['c.nsec3.example.', 'A', '; negative response, fully validated'],
    ['unsigned.test.', 'DS', '; negative response, fully validated'],
    ['nowhere.', 'A', '; negative response, fully validated'],
    ['unsigned.test.', 'A', '; unsigned answer'],
    ['island.test.', 'A', '; unsigned answer'],
    ['plain.example.test.', 'A', '; unsigned answer'],
    ['first.nsec3.example.', 'A', '; unsigned answer'],
    ['www.second.nsec3.example.', 'A', '; unsigned answer'],
    // Opt-out: nobody can say that there is no unsigned delegation of that name (RFC 5155 §9.2).
    ['anything.wild.nsec3.example.', 'A', '; unsigned answer'],
    ['bogus.test.', 'A', ';; resolution failed: RRSIG failed to verify'],
    ['nothing.bogus.test.', 'A', ';; resolution failed: broken trust chain'],
    ['expired.test.', 'A', 'RRSIG has expired'],
    ['early.test.', 'A', 'RRSIG validity period has not begun'],
    ['wrong-ds.test.', 'A', 'no valid signature found (DS)'],
    ['stripped.test.', 'A', ';; resolution failed: insecurity proof failed'],
    ['loop.example.test.', 'A', ';; resolution failed: failure'],
    ['silent.test.', 'A', ';; resolution failed: failure'],
  ])('%s %s', async (name, type, said) => {
    expect(await delv(name, type)).toContain(said);
  });

  // Of a SIG record delv prints nothing at all, whatever it is.
  const signed = ownSets().filter(
    ({origin, set}) => ['.', 'test.', 'example.test.', 'example.'].includes(origin) && typeName(set[0]!.type) !== 'SIG',
  );
  test('that everything in the signed zones is signed', async () => {
    const left = [...signed];
    const verdicts: string[] = [];
    const worker = async () => {
      for (let one = left.pop(); one !== undefined; one = left.pop()) {
        const {name, type} = one.set[0]!;
        const said = await delv(name, typeName(type));
        if (!said.includes('fully validated')) verdicts.push(`${name} ${typeName(type)}: ${said.split('\n')[0]}`);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(signed.length).toBeGreaterThan(40);
    expect(verdicts).toEqual([]);
  }, 120_000);
});

describe.skipIf(!has('dnssec-verify', '-V') || !has('dig', '-v'))(
  'dnssec-verify finds whole what dig transfers',
  () => {
    const whole = loadedZones().filter(
      ({source}) => source.signing !== undefined && source.signing.fault === undefined,
    );
    test.each(whole.map(({zone, source}) => [zone.origin, source.servers[0]!]))('%s', async (origin, server) => {
      const {address, port} = lab().reach(server, 53);
      const file = join(folder, 'zone');
      writeFileSync(file, await ran('dig', [`@${address}`, '-p', String(port), '+onesoa', origin, 'AXFR']));
      expect(await ran('dnssec-verify', ['-o', origin, file])).toContain('Zone fully signed:');
    });
  },
);
