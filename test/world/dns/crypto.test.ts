import {generateKeyPairSync} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {digestInput, keyTag, readDelegation} from '../../../src/wire/dns/dnssec/key.ts';
import {signedData} from '../../../src/wire/dns/dnssec/signature.ts';
import {extendedErrors} from '../../../src/wire/dns/numbers.ts';
import {typeName} from '../../../src/wire/dns/tables.ts';
import {checkSignature, digest, makeSignature, supportsAlgorithm} from '../../../src/world/dns/crypto.ts';
import {checkSet, setsOf, vouchedKeys, zoneKeysOf} from '../../../src/world/dns/validate-set.ts';
import {dnssecVectors, hexOf, recordsOf} from './signed-zones.ts';

const DNSKEY = 48;
const seconds = (date: string) => Date.parse(date) / 1000;
const during = seconds('2027-01-01T00:00:00Z');

describe('a zone signed by dnssec-signzone', () => {
  test.each(dnssecVectors.small)('with $algorithm holds, and nothing that is changed does', ({text}) => {
    const sets = setsOf(recordsOf(text, 'small.'));
    const keys = zoneKeysOf(sets.find(({type}) => type === DNSKEY)!.records);
    const signed = sets.filter(({signatures}) => signatures.length > 0);
    expect(signed.map(({type}) => typeName(type))).toEqual(expect.arrayContaining(['SOA', 'NS', 'MX', 'TXT']));
    for (const set of signed) {
      expect(checkSet(set, 'small.', keys, during), set.name).toMatchObject({ok: true, expanded: false});
      const data = Uint8Array.from(set.records[0]!.data);
      data[data.length - 1]! ^= 1;
      const changed = {...set, records: [{...set.records[0]!, data}, ...set.records.slice(1)]};
      expect(checkSet(changed, 'small.', keys, during).ok).toBe(false);
      const [signature] = set.signatures;
      const bytes = Uint8Array.from(signature!.bytes);
      bytes[3]! ^= 0x40;
      const broken = checkSet({...set, signatures: [{...signature!, bytes}]}, 'small.', keys, during);
      expect(broken).toMatchObject({ok: false, code: extendedErrors.bogus});
    }
  });
});

describe('the examples of the specifications', () => {
  test.each([
    [
      'RFC 6605 §6.1, P-256',
      'example.net. 3600 IN DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==',
      'example.net. 3600 IN DS 55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17',
      'www.example.net. 3600 IN A 192.0.2.1',
      'www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 20100812100439 55648 example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==',
      '2010-09-01',
    ],
    [
      'RFC 6605 §6.2, P-384',
      'example.net. 3600 IN DNSKEY 257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40',
      'example.net. 3600 IN DS 10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6',
      'www.example.net. 3600 IN A 192.0.2.1',
      'www.example.net. 3600 IN RRSIG A 14 3 3600 20100909102025 20100812102025 10771 example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm',
      '2010-09-01',
    ],
    [
      'RFC 8080 §6.1, Ed25519',
      'example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=',
      'example.com. 3600 IN DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b',
      'example.com. 3600 IN MX 10 mail.example.com.',
      'example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==',
      '2015-08-10',
    ],
  ])('%s', (_title, key, delegation, record, signature, date) => {
    const [dnskey] = recordsOf(`${key}\n`, '.');
    const [ds] = recordsOf(`${delegation}\n`, '.');
    const {keyTag: tag, digestType, digest: expected} = readDelegation(ds!.data)!;
    expect(keyTag(dnskey!.data)).toBe(tag);
    expect(hexOf(digest(digestType, digestInput(dnskey!.name, dnskey!.data))!)).toBe(hexOf(expected));
    const keys = zoneKeysOf([dnskey!]);
    expect(vouchedKeys(dnskey!.name, [ds!], keys)).toEqual({kind: 'keys', keys});
    const [set] = setsOf(recordsOf(`${record}\n${signature}\n`, '.'));
    expect(checkSet(set!, dnskey!.name, keys, seconds(`${date}T00:00:00Z`))).toMatchObject({ok: true});
    expect(checkSet(set!, dnskey!.name, keys, during)).toMatchObject({ok: false, code: extendedErrors.expired});
  });
});

describe('signing', () => {
  const data = new TextEncoder().encode('what is signed');
  const curve = (namedCurve: string) => generateKeyPairSync('ec', {namedCurve});
  const rsa = () => generateKeyPairSync('rsa', {modulusLength: 2048});
  test.each([
    [8, rsa(), 256],
    [10, rsa(), 256],
    [13, curve('P-256'), 64],
    [14, curve('P-384'), 96],
    [15, generateKeyPairSync('ed25519'), 64],
    [16, generateKeyPairSync('ed448'), 114],
  ])('with algorithm %i has the length of the specification, and is checked', (algorithm, pair, length) => {
    const signature = makeSignature(algorithm, pair.privateKey, data);
    expect(signature).toHaveLength(length);
    const jwk = pair.publicKey.export({format: 'jwk'});
    const decode = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
    const exponent = decode(jwk.e);
    const publicKey =
      jwk.kty === 'RSA'
        ? Buffer.concat([Buffer.of(exponent.length), exponent, decode(jwk.n)])
        : Buffer.concat([decode(jwk.x), decode(jwk.y)]);
    expect(checkSignature(algorithm, publicKey, data, signature)).toBe('valid');
    expect(checkSignature(algorithm, publicKey, data.subarray(1), signature)).toBe('invalid');
    expect(checkSignature(algorithm, publicKey.subarray(1), data, signature)).toBe('invalid');
    expect(checkSignature(algorithm, publicKey, data, signature.subarray(1))).toBe('invalid');
    expect(checkSignature(algorithm, new Uint8Array(), data, new Uint8Array())).toBe('invalid');
  });

  test('what is not known is not checked, and not signed', () => {
    expect(checkSignature(12, data, data, data)).toBe('unsupported');
    expect(supportsAlgorithm(253)).toBe(false);
    expect(digest(3, data)).toBeUndefined();
    expect(() => makeSignature(1, curve('P-256').privateKey, data)).toThrow('Algorithm 1');
    expect(() => signedData({} as never, [])).toThrow('at least one record');
  });

  test('an RSA exponent may have a length of two bytes (RFC 3110 §2)', () => {
    const pair = rsa();
    const jwk = pair.publicKey.export({format: 'jwk'});
    const [exponent, modulus] = [Buffer.from(jwk.e!, 'base64url'), Buffer.from(jwk.n!, 'base64url')];
    const long = Buffer.concat([Buffer.of(0, 0, exponent.length), exponent, modulus]);
    expect(checkSignature(8, long, data, makeSignature(8, pair.privateKey, data))).toBe('valid');
  });
});
