import {expect, test} from 'vitest';
import {reprStr} from '../../../src/wire/python/repr.ts';

test.each([
  ['\u1c89', "'\\u1c89'", 'Unicode 16'],
  ['\u20c1', "'\\u20c1'", 'Unicode 17'],
  ['\u{1fae9}', "'\\U0001fae9'", 'Unicode 16'],
  ['\u{2ebf0}', "'\u{2ebf0}'", 'Unicode 15.1'],
  ['\u{1e4d0}', "'\u{1e4d0}'", 'Unicode 15'],
  ['\u088e\u0898', "'\u088e\u0898'", 'Unicode 14, on both sides of a range'],
])('%j is written %s: it is of %s', (text, written) => {
  expect(reprStr(text)).toBe(written);
});
