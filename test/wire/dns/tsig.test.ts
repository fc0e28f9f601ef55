import {describe, expect, test} from 'vitest';
import {parseTsigKey, tsigRdata, tsigVariables, withoutTsig, withTsig} from '../../../src/wire/dns/tsig.ts';
import vectors from '../../vectors/dns-tsig.json' with {type: 'json'};

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

describe('a key as dig takes it', () => {
  test('algorithm, name and secret', () => {
    const read = parseTsigKey('hmac-sha512:Transfer.Key:c2VjcmV0');
    expect(read).toMatchObject({
      ok: true,
      key: {name: 'Transfer.Key.', algorithm: {hash: 'sha512'}, secret: bytes('736563726574'), macLength: 64},
    });
  });

  test('without an algorithm it is hmac-sha256, with bits it is cut', () => {
    expect(parseTsigKey('k:c2VjcmV0')).toMatchObject({
      ok: true,
      key: {algorithm: {name: 'hmac-sha256'}, macLength: 32},
    });
    expect(parseTsigKey('HMAC-SHA256-128:k:c2VjcmV0')).toMatchObject({ok: true, key: {macLength: 16}});
  });

  test.each([
    ['', 'A key is a name and a secret'],
    ['only', 'A key is a name and a secret'],
    ['a:b:c:d', 'A key is a name and a secret'],
    ['hmac-sha3:k:c2VjcmV0', 'There is no algorithm “hmac-sha3”'],
    ['hmac-sha256-8:k:c2VjcmV0', 'hmac-sha256 is not cut to 8 bits'],
    ['hmac-sha256-512:k:c2VjcmV0', 'hmac-sha256 is not cut to 512 bits'],
    ['k..e:c2VjcmV0', 'The name of the key is none'],
    ['k:???', 'The secret of the key is not base64'],
    ['k:', 'The secret of the key is not base64'],
  ])('%j is refused', (text, says) => {
    const read = parseTsigKey(text);
    expect(read.ok ? '' : read.says).toContain(says);
    expect(read.ok ? '' : read.next).toMatch(/^\p{Lu}.*\.$/u);
  });
});

describe.each(vectors.cases.map(one => [one.key.split(':')[0]!, one] as const))('dnspython, %s', (_name, one) => {
  test('the TSIG comes off, and what is left is what was signed', () => {
    const {message, tsig} = withoutTsig(bytes(one.signedQuery));
    expect(message).toEqual(bytes(one.query));
    expect(tsig).toMatchObject({time: one.time, fudge: 300, error: 0, originalId: 0x4d2, mac: bytes(one.mac)});
    expect(withTsig(message, tsig!)).toEqual(bytes(one.signedQuery));
  });

  test('a message that is cut anywhere has none, and nothing is thrown', () => {
    const whole = bytes(one.signedQuery);
    for (let end = 0; end < whole.length; end++) {
      const {message, tsig} = withoutTsig(whole.subarray(0, end));
      expect(tsig).toBeUndefined();
      expect(message).toEqual(whole.subarray(0, end));
    }
    expect(withoutTsig(Uint8Array.of(...whole, 0)).tsig).toBeUndefined();
  });
});

test('an id that was changed on the way is put back', () => {
  const changed = bytes(vectors.cases[0]!.signedQuery);
  changed.set([0xab, 0xcd]);
  expect(withoutTsig(changed).message).toEqual(bytes(vectors.cases[0]!.query));
});

test('the variables are in lower case, with class ANY and TTL 0, and without the MAC', () => {
  const {tsig} = withoutTsig(bytes(vectors.cases[3]!.signedQuery));
  const text = (value: string) => Buffer.from(value).toString('hex');
  expect(Buffer.from(tsigVariables(tsig!)).toString('hex')).toBe(
    `08${text('transfer')}03${text('key')}07${text('example')}00` +
      `00ff00000000` +
      `0b${text('hmac-sha256')}00` +
      `00006b49d200012c` +
      '00000000',
  );
});

test('times beyond 2106 and other data are written and read', () => {
  const tsig = {
    key: 'k.',
    algorithm: 'hmac-sha1.',
    time: 2 ** 40 + 5,
    fudge: 1,
    mac: bytes('0102'),
    originalId: 7,
    error: 18,
    other: bytes('000102030405'),
  };
  expect(tsigRdata(tsig).length).toBe(11 + 8 + 2 + 2 + 6 + 6);
  const query = bytes(vectors.cases[0]!.query);
  query.set([0, 7]);
  expect(withoutTsig(withTsig(query, tsig))).toEqual({message: query, tsig});
});
