import {describe, expect, test} from 'vitest';
import {stringify, toJson} from '../../src/journal/json.ts';

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

test('what a terminal would obey or not show is escaped, and read back the same', () => {
  const told = 'a\x1b[31m\x9b\x7f\u202e\u200b\u2066\ufeff é 日 👩‍👩‍👧';
  const line = stringify({told});
  expect(line).toMatch(/^[\x20-\x7eé日👩👧]*$/u);
  expect(JSON.parse(line)).toEqual({told});
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
