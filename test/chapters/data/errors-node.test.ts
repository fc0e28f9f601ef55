import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {errorCases} from '../../../src/chapters/data/errors-cases.ts';
import {noLibc} from '../../world/support/tools.ts';
import {askAll, type Said} from './errors-programs.ts';

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../vectors/errors.json'), 'utf8')) as {
  node: Record<string, Said>;
};

test('the table says what Node said when it was asked', () => {
  const ours = errorCases.flatMap(({id, node}) => ('code' in node ? [[id, node.code, node.message]] : []));
  expect(ours).toEqual(ours.map(([id]) => [id, vectors.node[id!]?.class, vectors.node[id!]?.text]));
});

test('where Node cannot show an error, it is said why', () => {
  const silent = errorCases.flatMap(({id, node}) => ('why' in node ? [[id, node.why.length > 20]] : []));
  expect(silent.length).toBeGreaterThan(3);
  expect(silent.every(([, said]) => said)).toBe(true);
});

test.skipIf(noLibc)('Node says the same today', {timeout: 60_000}, async () => {
  const {said, left} = await askAll('node');
  for (const why of new Set(left)) console.warn(`some errors are left out: ${why}`);
  expect(Object.keys(said).length).toBeGreaterThan(20);
  expect(said).toEqual(Object.fromEntries(Object.entries(vectors.node).filter(([id]) => id in said)));
});
