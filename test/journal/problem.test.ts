import {expect, test} from 'vitest';
import {formatProblem, ProblemError, problemOf} from '../../src/journal/problem.ts';

test.each([
  [{code: 'a', says: 'It broke'}, 'It broke.'],
  [{code: 'a', says: 'It broke.'}, 'It broke.'],
  [{code: 'a', says: 'It broke', next: 'Mend it.'}, 'It broke. Mend it.'],
  [{code: 'a', says: 'It broke', errno: 'EPIPE', next: 'Mend it.'}, 'It broke (EPIPE). Mend it.'],
  [{code: 'a', says: 'EPIPE: it broke', errno: 'EPIPE'}, 'EPIPE: it broke.'],
  [{code: 'a', says: 'No such option. Did you mean SO_RCVBUF?'}, 'No such option. Did you mean SO_RCVBUF?'],
])('%j reads %s', (problem, sentence) => {
  expect(formatProblem(problem)).toBe(sentence);
});

test('a thrown problem is itself; anything else is a surprise', () => {
  const problem = {code: 'a', says: 'It broke'};
  expect(problemOf(new ProblemError(problem, {cause: 1}))).toBe(problem);
  expect(problemOf(new Error('odd'))).toMatchObject({code: 'unexpected', says: 'odd'});
  expect(problemOf(new Error(''))).toMatchObject({code: 'unexpected', says: expect.stringMatching(/./)});
  expect(problemOf('text')).toMatchObject({code: 'unexpected', says: 'text'});
});
