import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {labZones} from '../../../src/lab/zones/zones.ts';
import {typeName, typeNumbers} from '../../../src/wire/dns/tables.ts';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';
import {parseZone} from '../../../src/wire/dns/zone-file.ts';
import {toHex} from '../../../src/wire/text/hex.ts';
import {has} from '../../world/support/tools.ts';
import {openedLab} from './opened.ts';
import {ran} from './tools.ts';
import {loadedZones, ownSets} from './zones.ts';

const lab = openedLab();

test.each(labZones.map(({origin, text}) => [origin, text]))('the master file of %s has no fault', (origin, text) => {
  expect(parseZone(text, {origin, ttl: 3600}).faults).toEqual([]);
});

/** Those that only questions and messages have, that are signed in at every answer, or that nobody has given a form. */
const elsewhere = ['ANY', 'AXFR', 'IXFR', 'MAILA', 'MAILB', 'NXNAME', 'OPT', 'RRSIG', 'TKEY', 'TSIG'];
const formless = ['BRID', 'CLA', 'GID', 'HHIT', 'IPN', 'SINK', 'UID', 'UINFO', 'UNSPEC'];

test('the zones have every type there is', () => {
  const present = new Set(loadedZones().flatMap(({zone}) => [...zone.sets()].map(set => set[0]!.type)));
  const missing = typeNumbers.filter(type => !present.has(type)).map(typeName);
  expect(missing.sort()).toEqual([...elsewhere, ...formless].sort());
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

describe.skipIf(!has('kdig', '-V'))('and so does kdig', () => {
  test.each([...new Set(sets.map(({origin}) => origin))])('%s', async origin => {
    const own = sets.filter(one => one.origin === origin);
    const to = lab().reach(own[0]!.server, 53);
    // Its own words for each question: a type that has no name there is asked for by number.
    const questions = own.flatMap(({set}) => ['-q', set[0]!.name, '-t', `TYPE${set[0]!.type}`]);
    const at = [`@${to.address}`, '-p', String(to.port), '+generic', '+noidn', '+noall', '+answer', '+norec'];
    const said = (await ran('kdig', [...at, ...questions]))
      .split('\n')
      .filter(line => line !== '' && !line.startsWith(';'));
    const expected = own.flatMap(({set}) => set).map(lineOf);
    expect(said.map(line => normal(line.replace(/\sIN\s/, ' CLASS1 '))).sort()).toEqual(expected.sort());
  });
});

const lineOf = ({name, ttl, type, data}: ResourceRecord): string =>
  normal(`${name} ${ttl} CLASS1 TYPE${type} \\# ${data.length} ${toHex(data)}`);

const normal = (line: string): string => {
  const [name, ttl, code, type, mark, length, ...hex] = line.split(/\s+/);
  return [name, ttl, code, type, mark, length, hex.join('').toLowerCase()].join(' ');
};
