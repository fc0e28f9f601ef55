import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {digestInput, keyTag, readDelegation, readKey} from '../../../../src/wire/dns/dnssec/key.ts';
import {hashName, mostIterations, Nsec3Proofs, readNsec3} from '../../../../src/wire/dns/dnssec/nsec3.ts';
import {countedLabels, isExpanded, readSignature, signedData} from '../../../../src/wire/dns/dnssec/signature.ts';
import {sameName} from '../../../../src/wire/dns/name.ts';
import {typeNumber} from '../../../../src/wire/dns/tables.ts';
import type {ResourceRecord} from '../../../../src/wire/dns/types.ts';
import {dnssecVectors, recordsOf, type SignedVector} from '../../../world/dns/signed-zones.ts';

const RRSIG = 46;
const sha1 = (bytes: Uint8Array) => Uint8Array.from(createHash('sha1').update(bytes).digest());

/** SHA-256 of what each signature of a name and type is over, as we see it. */
function digestsOf(records: readonly ResourceRecord[], [name, typed]: SignedVector): string[] {
  const type = typeNumber(typed)!;
  const here = records.filter(record => sameName(record.name, name));
  // In an order that is not the canonical one, with letters in another case, and one record twice.
  const set = here.filter(record => record.type === type).toReversed();
  const disturbed = [...set, set[0]!].map(record => ({...record, name: record.name.toUpperCase(), ttl: 1}));
  return here
    .filter(record => record.type === RRSIG)
    .map(({data}) => readSignature(data)!)
    .filter(({covered}) => covered === type)
    .map(signature => createHash('sha256').update(signedData(signature, disturbed)).digest('hex'));
}

describe(`what is signed, as ${dnssecVectors.madeWith} see it`, () => {
  const zones = [
    ...dnssecVectors.small.map(({algorithm, text, sets}) => ({title: algorithm, name: 'small.', text, sets})),
    ...dnssecVectors.tree.map(zone => ({...zone, title: zone.name})),
  ].filter(({sets}) => sets.length > 0);

  test.each(zones)('$title', ({name, text, sets}) => {
    const records = recordsOf(text, name);
    for (const vector of sets) expect(digestsOf(records, vector), `${vector[0]} ${vector[1]}`).toContain(vector[2]);
    expect(sets.length).toBeGreaterThan(5);
  });
});

test('a wildcard’s expansion is signed as the wildcard', () => {
  const plain = dnssecVectors.tree.find(({name}) => name === 'plain.')!;
  const records = recordsOf(plain.text, 'plain.');
  const [set, signature] = ofWildcard(records);
  const expanded = set.map(record => ({...record, name: 'Any.thing.Wild.plain.'}));
  expect(signedData(signature, expanded)).toEqual(signedData(signature, set));
  expect(isExpanded('any.thing.wild.plain.', signature)).toBe(true);
  expect(isExpanded('*.wild.plain.', signature)).toBe(false);
  expect([countedLabels('.'), countedLabels('*.a.'), countedLabels('a.*.b.')]).toEqual([0, 1, 3]);
});

function ofWildcard(records: readonly ResourceRecord[]) {
  const here = records.filter(({name}) => sameName(name, '*.wild.plain.'));
  const signatures = here.filter(({type}) => type === RRSIG).map(({data}) => readSignature(data)!);
  return [here.filter(({type}) => type === 1), signatures.find(({covered}) => covered === 1)!] as const;
}

test('key tags and what a DS digests, by dnspython', () => {
  for (const {keys} of dnssecVectors.small)
    for (const {data, tag, digests} of keys) {
      const bytes = Uint8Array.from(Buffer.from(data, 'hex'));
      expect(keyTag(bytes)).toBe(tag);
      const input = digestInput('Small.', bytes);
      const ours = ['sha1', 'sha256', 'sha384'].map(name => createHash(name).update(input).digest('hex'));
      expect(ours).toEqual(digests);
    }
});

test('the key tag of algorithm 1 is a piece of the modulus (RFC 4034 appendix B.1)', () => {
  expect(keyTag(Uint8Array.of(1, 1, 3, 1, 9, 0x12, 0x34, 0x56))).toBe(0x1234);
  expect(keyTag(Uint8Array.of(1, 1, 3, 1))).toBe(0);
});

test('what is too short is no key, no DS and no signature', () => {
  const {data} = dnssecVectors.small[4]!.keys[0]!;
  const key = Uint8Array.from(Buffer.from(data, 'hex'));
  for (let length = 0; length < 5; length++) {
    expect(readKey(key.subarray(0, length))).toBeUndefined();
    expect(readDelegation(key.subarray(0, length))).toBeUndefined();
  }
  const records = recordsOf(dnssecVectors.small[4]!.text, 'small.');
  const signature = records.find(({type}) => type === RRSIG)!.data;
  for (let length = 0; length < 25; length++) expect(readSignature(signature.subarray(0, length))).toBeUndefined();
  for (const record of records.filter(({type}) => type === 50 || type === 47))
    for (let length = 0; length < record.data.length; length++)
      expect(() => readNsec3(record.name, record.data.subarray(0, length))).not.toThrow();
});

describe('NSEC3 hashes', () => {
  test.each(dnssecVectors.hashes)('%s salt “%s” %i times', (name, salt, iterations, expected) => {
    const hash = hashName(name, {salt: Uint8Array.from(Buffer.from(salt, 'hex')), iterations}, sha1);
    expect(base32hex(hash)).toBe(expected);
  });

  test('the example of RFC 5155 appendix A', () => {
    const hash = hashName('example.', {salt: Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd), iterations: 12}, sha1);
    expect(base32hex(hash)).toBe('0p9mhaveqvm6t7vbl5lop2u3t2rp3tom');
  });

  test('records with other parameters do not count', () => {
    const hashed = dnssecVectors.tree.find(({name}) => name === 'hashed.')!;
    const records = recordsOf(hashed.text, 'hashed.').filter(({type}) => type === 50);
    const read = records.map(({name, data}) => readNsec3(name, data)!);
    const mixed = [read[0]!, ...read.slice(1).map(one => ({...one, salt: Uint8Array.of(1)}))];
    expect(new Nsec3Proofs(read, 'hashed.', sha1).noName('nothing.hashed.').proved).toBe(true);
    expect(new Nsec3Proofs(mixed, 'hashed.', sha1).noName('nothing.hashed.').proved).toBe(false);
    expect(new Nsec3Proofs(read, 'other.', sha1).noName('nothing.other.').proved).toBe(false);
    expect(mostIterations).toBeLessThan(500);
  });
});

function base32hex(bytes: Uint8Array): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map(five => '0123456789abcdefghijklmnopqrstuv'[Number.parseInt(five, 2)]).join('');
}
