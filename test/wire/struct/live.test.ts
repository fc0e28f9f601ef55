import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answerStructRequest} from '../../../src/wire/struct/batch.ts';
import {parseLines, vectors} from './cases.ts';

const version = spawnSync('python3', ['-c', 'import platform; print(platform.python_version())'], {encoding: 'utf8'});
const [major = 0, minor = 0] = version.status === 0 ? version.stdout.split('.').map(Number) : [];
const known = major === 3 && minor >= 11 && minor <= 13;
if (!known)
  console.warn(`SKIPPED: struct against the python3 here needs 3.11 to 3.13, found ${version.stdout ?? 'none'}.`);

test.skipIf(!known)('what the python3 of this machine answers to random cases made now', () => {
  const seed = process.env.WIREBOOK_SEED ?? String(process.pid);
  const arguments_ = [join(vectors, 'make-struct.py'), '--seed', seed, '--count', '800'];
  const made = spawnSync('python3', arguments_, {encoding: 'utf8', maxBuffer: 2 ** 26});
  expect(made.stderr).toBe('');
  const {cases} = parseLines(made.stdout);
  expect(cases).toHaveLength(800);
  const python = minor === 11 ? '3.11' : '3.13';
  const wrong = cases
    // 3.12 speaks as 3.13 and treats `0p` as 3.11 does: it has no profile of its own.
    .filter(one => minor !== 12 || !/(^|\D)0+p/.test(one.format))
    .flatMap(({expect: wanted, ...request}) => {
      const got = answerStructRequest({...request, python});
      return JSON.stringify(got) === JSON.stringify(wanted) ? [] : [{seed, request, got, wanted}];
    });
  expect(wrong).toEqual([]);
});
