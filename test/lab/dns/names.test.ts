import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {typeName} from '../../../src/wire/dns/tables.ts';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';
import {toHex} from '../../../src/wire/text/hex.ts';
import {has} from '../../world/support/tools.ts';
import {openedLab} from './opened.ts';
import {ran} from './tools.ts';
import {loadedZones, ownSets} from './zones.ts';

const lab = openedLab();

test('no zone of the lab has a fault, and all are loaded', () => {
  const {zones, faults} = loadedZones();
  expect(faults).toEqual([]);
  expect(zones.length).toBeGreaterThan(15);
});

test('the main zone has every type that a question can name', () => {
  const main = loadedZones().zones.find(({zone}) => zone.origin === 'example.test.')!;
  const present = new Set([...main.zone.sets()].map(set => typeName(set[0]!.type)));
  expect([...present].sort()).toMatchInlineSnapshot(`
    [
      "A",
      "A6",
      "AAAA",
      "AFSDB",
      "AMTRELAY",
      "APL",
      "ATMA",
      "AVC",
      "CAA",
      "CDNSKEY",
      "CDS",
      "CERT",
      "CNAME",
      "CSYNC",
      "DHCID",
      "DLV",
      "DNAME",
      "DNSKEY",
      "DOA",
      "DS",
      "DSYNC",
      "EID",
      "EUI48",
      "EUI64",
      "GPOS",
      "HINFO",
      "HIP",
      "HTTPS",
      "IPSECKEY",
      "ISDN",
      "KEY",
      "KX",
      "L32",
      "L64",
      "LOC",
      "LP",
      "MB",
      "MD",
      "MF",
      "MG",
      "MINFO",
      "MR",
      "MX",
      "NAPTR",
      "NID",
      "NIMLOC",
      "NINFO",
      "NS",
      "NSAP",
      "NSAP-PTR",
      "NSEC",
      "NULL",
      "OPENPGPKEY",
      "PTR",
      "PX",
      "RESINFO",
      "RKEY",
      "RP",
      "RT",
      "SMIMEA",
      "SOA",
      "SPF",
      "SRV",
      "SSHFP",
      "SVCB",
      "TA",
      "TALINK",
      "TLSA",
      "TXT",
      "TYPE65280",
      "URI",
      "WALLET",
      "WKS",
      "X25",
    ]
  `);
});

const sets = ownSets().filter(({set}) => typeName(set[0]!.type) !== 'NSEC');

/** What dig printed when it was asked (test/vectors/make-lab-answers.ts): the zones are the same where there is no dig. */
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../vectors/lab-answers.json'), 'utf8'),
) as Readonly<Record<string, string>>;

test('the zones say what dig printed of them', () => {
  const said = sets.map(({server, set}) => [
    `${server} ${set[0]!.name} ${typeName(set[0]!.type)}`,
    set.map(lineOf).sort(),
  ]);
  const printed = Object.entries(vectors).map(([asked, lines]) => [asked, lines.trim().split('\n').map(normal).sort()]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(printed));
});

describe.skipIf(!has('dig', '-v'))('dig says of every name what its zone says', () => {
  test.each([...new Set(sets.map(({origin}) => origin))])('%s', async origin => {
    const own = sets.filter(one => one.origin === origin);
    const {server} = own[0]!;
    const to = lab().reach(server, 53);
    const questions = own.map(({set}) => [set[0]!.name, typeName(set[0]!.type)].join(' ')).join('\n');
    const args = [
      `@${to.address}`,
      '-p',
      String(to.port),
      '+unknownformat',
      '+noall',
      '+answer',
      '+norecurse',
      '-f',
      '-',
    ];
    const out = await ran('dig', args, `${questions}\n`);
    const said = out
      .split('\n')
      .filter(line => line !== '')
      .map(normal)
      .sort();
    const expected = own.flatMap(({set}) => set).map(lineOf);
    expect(said).toEqual(expected.sort());
  });
});

const lineOf = ({name, ttl, type, data}: ResourceRecord): string =>
  normal(`${name} ${ttl} CLASS1 TYPE${type} \\# ${data.length} ${toHex(data)}`);

const normal = (line: string): string => {
  const [name, ttl, code, type, mark, length, ...hex] = line.split(/\s+/);
  return [name, ttl, code, type, mark, length, hex.join('').toLowerCase()].join(' ');
};
