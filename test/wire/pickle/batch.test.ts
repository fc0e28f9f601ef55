import {describe, expect, test} from 'vitest';
import {answerPickleRequest} from '../../../src/wire/pickle/batch.ts';
import {inspect} from '../../../src/wire/pickle/inspect.ts';
import {bytesOf, given} from './cases.ts';

describe('the keys of an answer are those of the vectors', () => {
  test.each(given.map(one => [one.name, one] as const))('%s', (_, one) => {
    const {hex} = one;
    expect(answerPickleRequest({op: 'dis', hex})).toEqual(one.dis);
    expect(answerPickleRequest({op: 'inspect', hex})).toEqual(inspect(bytesOf(hex)));
    const answer = answerPickleRequest({op: 'loads', hex});
    if (one.c_loads !== undefined) expect(answer).toMatchObject(one.c_loads);
    else if (one.danger === 'safe' && one.loads_repr !== undefined)
      expect(answer).toEqual({repr: one.loads_repr, consumed: hex.length / 2});
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });
});

test.each([
  [null, /op is none of/],
  [{op: 'run', hex: ''}, /op is none of/],
  [{op: 'dis'}, /pairs of hex digits/],
  [{op: 'dis', hex: '4'}, /pairs of hex digits/],
  [{op: 'dis', hex: 'zz'}, /pairs of hex digits/],
])('a request that cannot be read says why: %j', (request, says) => {
  expect(answerPickleRequest(request)).toEqual({error: 'request', message: expect.stringMatching(says)});
});

test('a repr that has no end is cut', () => {
  const hex = `5d${'3286'.repeat(60)}2e`;
  const answer = answerPickleRequest({op: 'loads', hex});
  expect('repr' in answer && answer.repr.length).toBe(16 * 2 ** 20 + 1);
});
