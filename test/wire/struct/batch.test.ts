import {expect, test} from 'vitest';
import {answerStructRequest} from '../../../src/wire/struct/batch.ts';

test.each([
  [null, /must be an object/],
  ['pack', /must be an object/],
  [{op: 'pack'}, /format must be a text/],
  [{op: 'melt', format: 'i'}, /op must be/],
  [{op: 'pack', format: 'i'}, /values must be a list/],
  [{op: 'pack', format: 'i', values: [1]}, /object with t and v/],
  [{op: 'pack', format: 'i', values: [[]]}, /object with t and v/],
  [{op: 'pack', format: 'i', values: [{t: 'complex', v: '1'}]}, /complex is no type/],
  [{op: 'pack', format: 'i', values: [{t: 'int', v: '1.5'}]}, /decimal digits/],
  [{op: 'pack', format: 'd', values: [{t: 'float', v: '1.5'}]}, /16 hex digits/],
  [{op: 'unpack', format: 'i', data: 'abc'}, /pairs of hex digits/],
  [{op: 'unpack_from', format: 'i', data: '', offset: 'x'}, /offset must be decimal/],
  [{op: 'pack_into', format: 'i', values: []}, /buffer must be pairs/],
  [{op: 'calcsize', format: 'i', python: '2.7'}, /python must be/],
  [{op: 'pack', format: '9000000000x', values: []}, /up to 16777216 bytes/],
])('a request that cannot be read says why: %j', (request, says) => {
  const answer = answerStructRequest(request);
  expect(answer).toMatchObject({error: 'request', message: expect.stringMatching(says)});
});
