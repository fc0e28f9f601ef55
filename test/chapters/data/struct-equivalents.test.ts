import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {structEquivalents} from '../../../src/chapters/data/struct-equivalents.ts';
import type {StructAsk} from '../../../src/chapters/data/struct-shape.ts';
import {nodeProgram, wirebookScript} from '../../support/wirebook.ts';
import {has, runNode, runPython} from './running.ts';
import {answerOf} from './struct-asking.ts';

const ask = (op: StructAsk['op'], format: string, values = '', offset = 0): StructAsk => ({
  op,
  format,
  values,
  offset,
  python: pythonVersion,
});

const pythonHere = has('python3');
const [, major, minor] = /(\d+)\.(\d+)/.exec(pythonHere ? versionOf('python3') : '3.13') ?? [];
/** In whose words the python3 of this machine speaks. */
const pythonVersion: StructAsk['python'] = Number(major) === 3 && Number(minor) < 12 ? '3.11' : '3.13';

function versionOf(program: string): string {
  const {stdout, stderr} = spawnSync(program, ['--version'], {encoding: 'utf8'});
  return stdout + stderr;
}

const packs = [
  ask('pack', '<iH3s', "4253, 80, b'abc'"),
  ask('pack', '>iH3s', "4253, 80, b'abc'"),
  ask('pack', '!HHIIBBHHH', '1060, 80, 1, 2, 80, 24, 65535, 0, 0'),
  ask('pack', '@bhiq', '-1, -2, -3, -4'),
  ask('pack', 'b3xq0i', '1, 2'),
  ask('pack', '>qQ', '-9223372036854775808, 18446744073709551615'),
  ask('pack', '<lL', '-2147483648, 4294967295'),
  ask('pack', 'nNP', '-1, 2, 0xdeadbeef'),
  ask('pack', '<efd', '1.5, 0.1, -0.0'),
  ask('pack', '>efd', '65504, 3.4028234663852886e38, 5e-324'),
  ask('pack', '<fd', 'inf, -inf'),
  ask('pack', '<ed', 'nan, nan'),
  ask('pack', 'f', '1e39'),
  ask('pack', '<5s3s0s', "b'hi', b'abcdef', b''"),
  ask('pack', '<5p2pp', "b'hi', b'abcdef', b'x'"),
  ask('pack', '<3c?', "b'a', b'\\\\', b'\"', []"),
  ask('pack', '<4s', "b'\\x00f0\\xff'"),
  ask('pack', '<2d', '1, True'),
];

const reads = [
  ask('unpack', '<iH3s', '9d10000050 00616263'),
  ask('unpack', '>iH3s', '0000109d0050616263'),
  ask('unpack', '@b?x0h', '80ff0000'),
  ask('unpack', '>qQ', '8000000000000000ffffffffffffffff'),
  ask('unpack', '<efd', '003e0000c03f9a9999999999b93f'),
  ask('unpack', '<5p2c', '0268692020 6162'),
  ask('unpack_from', '<h', 'ffff0100ff7f', 2),
  ask('unpack_from', '<h', 'ffff0100ff7f', -2),
  ask('iter_unpack', '<hb', '010002030004'),
];

const sizes = ['qb0q', '@ib', 'llh0l', '<iH3s', '>e3xd', 'nNP?c', '5p3s0i', '100h2x', '', 'e0i'].map(format =>
  ask('calcsize', format),
);

const mistakes = [
  ask('pack', '<iz', '1'),
  ask('pack', '<H', '70000'),
  ask('pack', '3s', "'abc'"),
  ask('pack', '<i', ''),
  ask('pack', '<e', '1e6'),
  ask('unpack', '<i', '9d10'),
  ask('unpack_from', '<h', '0100', 5),
  ask('iter_unpack', '<h', '010203'),
  ask('calcsize', '3'),
];

const codeOf = (asked: StructAsk, language: string) =>
  structEquivalents(asked).find(one => one.language === language)?.code;

const codesOf = (asked: readonly StructAsk[], language: string) => asked.map(one => codeOf(one, language)!);

const formats = (asked: readonly StructAsk[]) => asked.map(({op, format}) => `${op} ${format}`);

describe.skipIf(!pythonHere)('Python prints the same', () => {
  test('values, bytes and sizes', () => {
    const asked = [...packs, ...reads, ...sizes];
    const ran = runPython(codesOf(asked, 'Python'));
    expect(ran.map(({out, error}, index) => `${formats(asked)[index]}: ${out}${error}`)).toEqual(
      asked.map((one, index) => `${formats(asked)[index]}: ${answerOf(one)}\n`),
    );
  });

  test('and raises the same', () => {
    expect(runPython(codesOf(mistakes, 'Python')).map(({error}) => error)).toEqual(mistakes.map(answerOf));
  });
});

test('Node packs the same bytes and finds the same sizes', () => {
  const asked = [...packs, ...sizes];
  expect(runNode(codesOf(asked, 'Node'))).toEqual(asked.map(one => ({out: `${answerOf(one)}\n`, error: ''})));
});

test('Node reads the same values', () => {
  const ran = runNode(codesOf(reads, 'Node'));
  expect(ran.map(({error}) => error)).toEqual(reads.map(() => ''));
  expect(ran.map(({out}) => out.trim())).toEqual([
    '[ 4253, 80, <Buffer 61 62 63> ]',
    '[ 4253, 80, <Buffer 61 62 63> ]',
    '[ -128, true ]',
    '[ -9223372036854775808n, 18446744073709551615n ]',
    '[ 1.5, 1.5, 0.1 ]',
    '[ <Buffer 68 69>, <Buffer 61>, <Buffer 62> ]',
    '[ 1 ]',
    '[ 32767 ]',
    '[ 1, 2 ]\n[ 3, 4 ]',
  ]);
});

const gcc = has('gcc');

describe.skipIf(!gcc)('C, with every warning an error', () => {
  test('packs the same bytes', {timeout: 60_000}, () => {
    const asked = packs.filter((_, index) => index % 2 === 0 || index > 9);
    expect(compiled(codesOf(asked, 'C'))).toEqual(asked.map(one => `${answerOf(one)}\n`));
  });

  test('reads the same values', {timeout: 60_000}, () => {
    const asked = [reads[1]!, reads[2]!, reads[3]!, reads[4]!, reads[5]!, reads[7]!, reads[8]!];
    expect(compiled(codesOf(asked, 'C'))).toEqual([
      '4253\n80\n616263\n',
      '-128\ntrue\n',
      '-9223372036854775808\n18446744073709551615\n',
      '1.5\n1.5\n0.10000000000000001\n',
      '6869\n61\n62\n',
      '32767\n',
      '1\n2\n3\n4\n',
    ]);
  });

  test('places fields where calcsize says', {timeout: 60_000}, () => {
    const asked = sizes;
    expect(compiled(codesOf(asked, 'C'))).toEqual(asked.map(one => `${answerOf(one)}\n`));
  });
});

function compiled(programs: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-c-'));
  try {
    return programs.map((code, index) => {
      const source = join(folder, `p${index}.c`);
      writeFileSync(source, code);
      const built = spawnSync('gcc', ['-O0', '-Wall', '-Werror', '-o', join(folder, `p${index}`), source], {
        encoding: 'utf8',
      });
      if (built.status !== 0) throw new Error(`${built.stderr}\n${code}`);
      return spawnSync(join(folder, `p${index}`), {encoding: 'utf8'}).stdout;
    });
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

describe.skipIf(!has('sh', '-c', 'command -v xxd') || !has('xxd', '-v'))('the shell', () => {
  const shell = (code: string) =>
    spawnSync('sh', ['-c', `wirebook() { '${nodeProgram}' '${wirebookScript}' "$@"; }\n${code}`], {encoding: 'utf8'});

  test.each([packs[0]!, packs[15]!, reads[7]!, reads[8]!, sizes[0]!])(
    '$op $format prints the same, as a command and by hand',
    asked => {
      const {stdout, stderr} = shell(codeOf(asked, 'shell')!);
      expect(stderr).toBe('');
      const twice = asked.op === 'calcsize' ? 1 : 2;
      expect(stdout).toBe(`${answerOf(asked)}\n`.repeat(twice));
    },
  );
});

test('C and Node are left out where there is nothing to say or too much', () => {
  const languages = (asked: StructAsk) => structEquivalents(asked).map(({language}) => language);
  expect(languages(packs[0]!)).toEqual(['Python', 'C', 'Node', 'shell']);
  expect(languages(ask('pack', '<iz', '1'))).toEqual(['Python', 'shell']);
  expect(languages(ask('unpack', '1000b', '00'.repeat(1000)))).toEqual(['Python', 'shell']);
});
