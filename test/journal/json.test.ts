import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fromHex, stringify, toHex, toJson} from '../../src/journal/json.ts';

describe('the JSON form of an event', () => {
  const stamp = {kind: 'sent', t: 0.123_456_789, run: 2, seq: 5};

  test('kind, t and run come first, t in microseconds', () => {
    expect(JSON.stringify(toJson({...stamp, size: 3}, undefined))).toBe(
      '{"kind":"sent","t":0.123457,"run":2,"seq":5,"size":3}',
    );
  });

  test('bytes are hex, gone bytes are null, both with their length', () => {
    const event = {...stamp, bytes: {at: 9, length: 2}};
    expect(toJson(event, new Uint8Array([0, 255]))).toMatchObject({length: 2, bytes: '00ff'});
    expect(toJson(event, undefined)).toMatchObject({length: 2, bytes: null});
  });
});

test('values that JSON has not are written as text', () => {
  const value = {
    big: 2n ** 64n,
    nan: Number.NaN,
    far: [Number.NEGATIVE_INFINITY],
    bytes: new Uint8Array([1]),
    gone: undefined,
  };
  expect(stringify(value)).toBe('{"big":"18446744073709551616","nan":"NaN","far":["-Infinity"],"bytes":"01"}');
});

describe('hex', () => {
  test('both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
    expect(toHex(new Uint8Array([0, 15, 16, 255]))).toBe('000f10ff');
    expect(fromHex('0AfF')).toEqual(new Uint8Array([10, 255]));
  });

  test.each([['0'], ['0g'], ['0x00'], [' 00'], ['00\n']])('%j is none', hex => {
    expect(fromHex(hex)).toBeUndefined();
  });
});
