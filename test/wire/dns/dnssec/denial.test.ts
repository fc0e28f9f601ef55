import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {covers, type Nsec, noName, noType, notItself, readNsec} from '../../../../src/wire/dns/dnssec/nsec.ts';
import {Nsec3Proofs, readNsec3} from '../../../../src/wire/dns/dnssec/nsec3.ts';
import type {Proof} from '../../../../src/wire/dns/dnssec/proof.ts';
import {dnssecVectors, recordsOf} from '../../../world/dns/signed-zones.ts';

const sha1 = (bytes: Uint8Array) => Uint8Array.from(createHash('sha1').update(bytes).digest());
const [A, NS, CNAME, TXT, AAAA, DS] = [1, 2, 5, 16, 28, 43];

interface Denial {
  noName(name: string): Proof;
  noType(name: string, type: number): Proof;
  notItself(name: string, labels: number): Proof;
}

/** Every record of a zone's chain: the most that its servers could ever show. */
const chains: Readonly<Record<string, Denial>> = {
  'plain.': withNsec(nsecs('plain.')),
  'hashed.': new Nsec3Proofs(
    zone('hashed.').flatMap(({name, type, data}) => (type === 50 ? [readNsec3(name, data)!] : [])),
    'hashed.',
    sha1,
  ),
};

function zone(origin: string) {
  return recordsOf(dnssecVectors.tree.find(({name}) => name === origin)!.text, origin);
}

function nsecs(origin: string): readonly Nsec[] {
  return zone(origin).flatMap(({name, type, data}) => (type === 47 ? [readNsec(name, data)!] : []));
}

function withNsec(records: readonly Nsec[]): Denial {
  return {
    noName: name => noName(records, name),
    noType: (name, type) => noType(records, name, type),
    notItself: name => notItself(records, name),
  };
}

describe.each(Object.entries(chains))('the whole chain of %s', (origin, denial) => {
  test.each(['nothing', '0', 'zzz', 'a.b.c', 'wwww', 'nothing.www', 'x.under.wild'])('denies the name %s', name => {
    expect(denial.noName(`${name}.${origin}`)).toMatchObject({proved: true, says: expect.stringMatching(/./)});
  });

  test.each(['www', 'WWW', 'deep.er.down', 'er.down', 'down', 'x.wild', 'old', 'host.old'])(
    'does not deny the name %s, which is there, or may be',
    name => {
      expect(denial.noName(`${name}.${origin}`).proved).toBe(false);
    },
  );

  test.each([
    ['www', TXT],
    ['er.down', A],
    ['down', TXT],
    ['x.wild', AAAA],
    ['alias', CNAME + 100],
  ])('denies of %s the type %i when it may', (name, type) => {
    expect(denial.noType(`${name}.${origin}`, type).proved).toBe(name !== 'alias');
  });

  test.each([
    ['www', A],
    ['x.wild', A],
    ['x.wild', TXT],
    ['alias', A],
    ['unsigned', A],
    ['unsigned', NS],
    ['below.unsigned', A],
  ])('does not deny of %s the type %i', (name, type) => {
    expect(denial.noType(`${name}.${origin}`, type).proved).toBe(false);
  });

  test('at an unsigned delegation it proves that there is no DS', () => {
    expect(denial.noType(`unsigned.${origin}`, DS).proved).toBe(true);
  });

  test('a DS of the apex is the parent’s to deny', () => {
    expect(denial.noType(origin, DS).proved).toBe(false);
  });

  test('a wildcard stands in for what is not there, and for nothing else', () => {
    expect(denial.notItself(`x.wild.${origin}`, 2).proved).toBe(true);
    expect(denial.notItself(`under.wild.${origin}`, 2).proved).toBe(false);
  });
});

test('opt-out is told, for it makes the absence of a DS only possible (RFC 5155 §6)', () => {
  const optedOut = chains['hashed.']!.noType('second.hashed.', DS);
  expect(optedOut).toMatchObject({proved: true, optOut: true});
  expect(chains['plain.']!.noType('second.plain.', DS)).toMatchObject({proved: true, delegated: true});
  const below = chains['hashed.']!.noName('below.unsigned.hashed.');
  expect(below).toMatchObject({proved: true, optOut: true, says: expect.stringContaining('opt-out')});
  expect(chains['plain.']!.noName('below.unsigned.plain.').proved).toBe(false);
});

test('the last NSEC of a zone goes round to its apex (RFC 4034 §4.1.1)', () => {
  const last = {owner: 'www.plain.', next: 'plain.', types: new Set([A])};
  expect(covers(last, 'zzz.plain.')).toBe(true);
  expect(covers(last, 'aaa.plain.')).toBe(false);
  expect(covers(last, 'www.plain.')).toBe(false);
  // A zone with one name only.
  expect(covers({owner: 'plain.', next: 'plain.', types: new Set([A])}, 'a.plain.')).toBe(true);
});

test('an NSEC of a cut or of a DNAME says nothing of what is below (RFC 6840 §4.1)', () => {
  const cut = {owner: 'sub.plain.', next: 'zzz.plain.', types: new Set([NS])};
  const root = {owner: 'plain.', next: 'sub.plain.', types: new Set([6, NS])};
  expect(noName([cut, root], 'a.sub.plain.').proved).toBe(false);
  expect(noName([{...cut, types: new Set([39])}, root], 'a.sub.plain.').proved).toBe(false);
  expect(noName([{...cut, types: new Set([A])}, root, {...cut, owner: 'sub.plain.'}], 'a.sub.plain.').proved).toBe(
    true,
  );
});

test('each part of a proof is needed', () => {
  const all = nsecs('plain.');
  for (const name of ['nothing.plain.', 'zzz.plain.', 'x.under.wild.plain.']) {
    const needed = all.filter(
      record =>
        !noName(
          all.filter(other => other !== record),
          name,
        ).proved,
    );
    expect(needed.length, name).toBeGreaterThan(0);
    expect(noName(needed, name).proved, name).toBe(true);
    expect(noName([], name).proved).toBe(false);
  }
});

test('cut data is no NSEC, and never throws', () => {
  for (const {name, data} of zone('plain.').filter(({type}) => type === 47))
    for (let length = 0; length < data.length; length++)
      expect(() => readNsec(name, data.subarray(0, length))).not.toThrow();
  expect(readNsec('a.', Uint8Array.of(0, 0))).toBeUndefined();
  expect(readNsec('a.', Uint8Array.of(0, 0, 33))).toBeUndefined();
});
