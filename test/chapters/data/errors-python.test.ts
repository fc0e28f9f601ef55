import {execFileSync, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {errorCases} from '../../../src/chapters/data/errors-cases.ts';
import {
  lineageOf,
  type PythonClass,
  pythonAliases,
  pythonBases,
  pythonClassOf,
} from '../../../src/chapters/data/errors-python.ts';
import type {ErrorCase} from '../../../src/chapters/data/errors-shape.ts';
import {has, noLibc} from '../../world/support/tools.ts';
import {askAll, type Said} from './errors-programs.ts';

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../vectors/errors.json'), 'utf8')) as {
  python: Record<string, Said>;
};

const noPython = !has('python3', '--version') || tooOld();

/** socket.timeout has been TimeoutError since 3.10. */
function tooOld(): boolean {
  const old = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status !== 0;
  if (old) console.warn('python3 is older than 3.10: the checks against it are left out');
  return old;
}

test('the table says what Python said when it was asked', () => {
  const ours = Object.fromEntries(
    (errorCases as readonly ErrorCase[]).map(({id, python}) => [
      id,
      {class: python.class.replace(/^\w+\./, ''), errno: python.errno ?? null, text: python.text},
    ]),
  );
  const theirs = Object.fromEntries(
    Object.entries(vectors.python).map(([id, {class: name, errno, text}]) => [id, {class: name, errno, text}]),
  );
  expect(ours).toEqual(theirs);
});

test('the class of an error with an errno is the one that PEP 3151 gives it', () => {
  const wrong = errorCases
    .filter(({symbol}) => /^E(?!AI_SYSTEM)[A-Z_]+$/.test(symbol))
    .filter(({symbol, python}) => pythonClassOf(symbol) !== python.class);
  expect(wrong).toEqual([]);
  expect(pythonClassOf('ECONNABORTED')).toBe('ConnectionAbortedError');
});

test('the class of one’s own keeps the error below as its cause', () => {
  expect(vectors.python['own-class']).toMatchObject({cause: 'ConnectionRefusedError'});
});

/** OP_IGNORE_UNEXPECTED_EOF, which some versions set by themselves: then an end of file is SSLZeroReturnError. */
const ignoresEndOfFile = (): boolean =>
  execFileSync('python3', ['-c', 'import ssl; print(ssl.create_default_context().options & 128)'], {
    encoding: 'utf8',
  }).trim() === '128';

test.skipIf(noPython || noLibc)('python3 says the same today', {timeout: 60_000}, async () => {
  const without = ignoresEndOfFile() ? ['no-handshake'] : [];
  if (without.length > 0) console.warn('no-handshake is left out: this python3 ignores an unexpected end of file');
  const {said, left} = await askAll('python', without);
  for (const why of new Set(left)) console.warn(`some errors are left out: ${why}`);
  expect(Object.keys(said).length).toBeGreaterThan(25);
  // The errno that is left over there is not the same in every libc.
  const {EAI_SYSTEM, ...others} = said;
  expect(others).toEqual(Object.fromEntries(Object.entries(vectors.python).filter(([id]) => id in others)));
  expect(EAI_SYSTEM?.class ?? 'OSError').toBe('OSError');
});

test.skipIf(noPython)('the tree of classes is Python’s own, with its other names', () => {
  const names = (Object.keys(pythonBases) as PythonClass[]).filter(name => name !== 'ExchangeError');
  const program = `import json, socket, ssl
names = ${JSON.stringify(names)}
aliases = ${JSON.stringify(pythonAliases)}
full = {eval(name): name for name in names}
print(json.dumps([
    {name: [full[one] for one in eval(name).__mro__ if one is not object] for name in names},
    [alias for name in aliases for alias in aliases[name] if eval(alias) is not eval(name)],
]))`;
  const [lineages, strangers] = JSON.parse(execFileSync('python3', ['-c', program], {encoding: 'utf8'})) as unknown[];
  expect(Object.fromEntries(names.map(name => [name, lineageOf(name)]))).toEqual(lineages);
  expect(strangers).toEqual([]);
});
