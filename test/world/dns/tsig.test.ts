import {describe, expect, test} from 'vitest';
import {formatProblem} from '../../../src/journal/problem.ts';
import {parseTsigKey, type TsigKey, withoutTsig, withTsig} from '../../../src/wire/dns/tsig.ts';
import {signTsig, TsigVerifier, tsigSigner, verifyTsig} from '../../../src/world/dns/tsig.ts';
import vectors from '../../vectors/dns-tsig.json' with {type: 'json'};

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

function keyOf(text: string): TsigKey {
  const read = parseTsigKey(text);
  if (!read.ok) throw new Error(read.says);
  return read.key;
}

const said = (verdict: ReturnType<typeof verifyTsig>): string => (verdict.ok ? 'good' : formatProblem(verdict.problem));

describe.each(vectors.cases.map(one => [one.key.split(':')[0]!, one] as const))(
  'as dnspython signs, %s',
  (_name, one) => {
    // dnspython writes the key's name as it was typed.
    const key = {...keyOf(one.key), name: 'Transfer.Key.example.'};

    test('a query', () => {
      const signed = signTsig(bytes(one.query), key, one.time);
      expect(signed.bytes).toEqual(bytes(one.signedQuery));
      expect(signed.mac).toEqual(bytes(one.mac));
      expect(verifyTsig(signed.bytes, key, one.time)).toMatchObject({ok: true, message: bytes(one.query)});
    });

    test('an answer, which covers the MAC of the query', () => {
      expect(signTsig(bytes(one.answer), key, one.time, bytes(one.mac)).bytes).toEqual(bytes(one.signedAnswer));
      expect(said(verifyTsig(bytes(one.signedAnswer), key, one.time, bytes(one.mac)))).toBe('good');
      expect(verifyTsig(bytes(one.signedAnswer), key, one.time)).toMatchObject({ok: false, error: 16});
    });

    test('the messages of a transfer, each of which covers the one before', () => {
      const verifier = new TsigVerifier(key, bytes(one.mac));
      const signer = tsigSigner(key, bytes(one.mac));
      for (const piece of one.pieces) {
        const verdict = verifier.check(bytes(piece), one.time);
        expect(said(verdict)).toBe('good');
        expect(signer.sign(verdict.ok ? verdict.message : new Uint8Array(0), one.time)).toEqual(bytes(piece));
      }
      expect(verifier.end().ok).toBe(true);
    });

    test('one piece left out, or two exchanged, is noticed', () => {
      const verifier = new TsigVerifier(key, bytes(one.mac));
      expect(verifier.check(bytes(one.pieces[0]!), one.time).ok).toBe(true);
      expect(verifier.check(bytes(one.pieces[2]!), one.time)).toMatchObject({ok: false, error: 16});
    });
  },
);

describe('what is wrong is said', () => {
  const one = vectors.cases[3]!;
  const key = keyOf(one.key);
  const query = bytes(one.query);
  const at = (change: object, signing = key) => {
    const signed = signTsig(query, signing, one.time);
    return withTsig(query, {...withoutTsig(signed.bytes).tsig!, ...change});
  };

  test('another secret, and any bit that was changed', () => {
    const other = keyOf('hmac-sha256:transfer.key.example:b3RoZXI=');
    expect(said(verifyTsig(bytes(one.signedQuery), other, one.time))).toMatch(
      /does not fit the key transfer.key.example/,
    );
    for (let offset = 2; offset < query.length; offset++) {
      const changed = bytes(one.signedQuery);
      changed[offset]! ^= 1;
      expect(verifyTsig(changed, key, one.time).ok).toBe(false);
    }
  });

  test('another name, another algorithm', () => {
    const name = keyOf(`hmac-sha256:other:${one.key.split(':')[2]}`);
    expect(verifyTsig(bytes(one.signedQuery), name, one.time)).toMatchObject({ok: false, error: 17});
    const algorithm = keyOf(`hmac-sha1:transfer.key.example:${one.key.split(':')[2]}`);
    expect(said(verifyTsig(bytes(one.signedQuery), algorithm, one.time))).toMatch(
      /signed with another key.*hmac-sha256/,
    );
  });

  test('clocks that are more than the fudge apart, before and after', () => {
    expect(said(verifyTsig(bytes(one.signedQuery), key, one.time + 300))).toBe('good');
    expect(said(verifyTsig(bytes(one.signedQuery), key, one.time + 301))).toMatch(/301 s before the time here/);
    expect(said(verifyTsig(bytes(one.signedQuery), key, one.time - 500))).toMatch(/500 s ahead of/);
  });

  test('no signature at all, and one that is too short', () => {
    expect(said(verifyTsig(query, key, one.time))).toMatch(/not signed/);
    expect(verifyTsig(at({mac: new Uint8Array(31)}), key, one.time)).toMatchObject({ok: false, error: 22});
    const cut = keyOf(one.key.replace('sha256', 'sha256-128'));
    const signed = signTsig(query, cut, one.time);
    expect(signed.mac.length).toBe(16);
    expect(said(verifyTsig(signed.bytes, cut, one.time))).toBe('good');
    expect(verifyTsig(signed.bytes, key, one.time)).toMatchObject({ok: false, error: 22});
  });

  test.each([
    [16, /BADSIG/],
    [17, /does not know the key transfer.key.example/],
    [22, /BADTRUNC/],
    [99, /TSIG error 99/],
  ])('what the server says: %d', (error, words) => {
    const verdict = verifyTsig(at({error, mac: new Uint8Array(0)}), key, one.time);
    expect(verdict).toMatchObject({ok: false, error});
    expect(said(verdict)).toMatch(words);
  });

  test('BADTIME says how far the server’s clock is away', () => {
    const time = one.time + 4000;
    const other = new Uint8Array(6);
    new DataView(other.buffer).setUint32(2, time);
    expect(said(verifyTsig(at({error: 18, mac: new Uint8Array(0), other}), key, one.time))).toMatch(/4000 s ahead/);
    expect(said(verifyTsig(at({error: 18, mac: new Uint8Array(0)}), key, one.time))).toMatch(
      /does not say by how much/,
    );
  });

  test('unsigned messages may stand between signed ones, up to 99, and not at the ends', () => {
    const mac = bytes(one.mac);
    expect(new TsigVerifier(key, mac).check(query, one.time).ok).toBe(false);
    const verifier = new TsigVerifier(key, mac);
    expect(verifier.end().ok).toBe(false);
    expect(verifier.check(bytes(one.pieces[0]!), one.time).ok).toBe(true);
    for (let count = 0; count < 99; count++) expect(verifier.check(query, one.time)).toMatchObject({signed: false});
    expect(verifier.end().ok).toBe(false);
    expect(verifier.check(query, one.time).ok).toBe(false);
  });
});
