import {spawnSync} from 'node:child_process';
import {randomFillSync} from 'node:crypto';
import {closeSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {nodeProgram, wirebookScript} from '../test/support/wirebook.ts';
import type {BenchRow} from './row.ts';
import {median} from './statistics.ts';

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  /** Slow tools get the small file: their rate does not depend on it. */
  readonly small?: boolean;
}

const megabyte = 1_000_000;
const large = 128;
const small = 8;
const rounds = 5;

const ours = (style: string): Contender => ({
  name: 'wirebook hex',
  command: [nodeProgram, wirebookScript, 'hex', '--style', style],
});

const contests = [
  {what: 'hex dump as xxd', us: ours('xxd'), peers: [{name: 'xxd', command: ['xxd']}], target: {peer: 'xxd', ratio: 3}},
  {
    what: 'hex dump as hexdump -C',
    us: ours('hexdump'),
    peers: [
      {name: 'hexdump -C', command: ['hexdump', '-C'], small: true},
      {name: 'hexyl', command: ['hexyl', '--color=never', '--border=none'], small: true},
      {name: 'od', command: ['od', '-A', 'x', '-t', 'x1z', '-v'], small: true},
    ],
    target: {peer: 'hexdump -C', ratio: 10},
  },
] as const;

/** Megabytes of random bytes for each second of CPU time of the whole process, its start included, into /dev/null. */
export async function benchHex(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-hex-'));
  try {
    const files = {large: randomFile(join(folder, 'large'), large), small: randomFile(join(folder, 'small'), small)};
    return contests.map(({what, us, peers, target}): BenchRow => {
      const present = [us, ...(peers as readonly Contender[]).filter(({command}) => exists(command[0]!))];
      const rates = new Map(present.map(({name}) => [name, [] as number[]]));
      for (let round = 0; round < rounds; round++) {
        for (const contender of present) {
          const seconds = cpuSeconds([...contender.command, contender.small ? files.small : files.large]);
          rates.get(contender.name)!.push((contender.small ? small : large) / seconds);
        }
      }
      const figures = present.map(({name}) => ({name, value: median(rates.get(name)!)}));
      const note = `files of ${large} MB (${small} for the slow), medians of ${rounds} interleaved runs`;
      return {area: 'hex', what, unit: 'MB/CPU s', ours: figures[0]!.value, peers: figures.slice(1), target, note};
    });
  } finally {
    rmSync(folder, {recursive: true});
  }
}

function randomFile(path: string, megabytes: number): string {
  const file = openSync(path, 'w');
  const block = new Uint8Array(megabyte);
  for (let k = 0; k < megabytes; k++) writeSync(file, randomFillSync(block));
  closeSync(file);
  return path;
}

/** User and system time of a command. The shell's `times` prints its own on the first line, and its children's on the second. */
function cpuSeconds(command: readonly string[]): number {
  const {stdout, status} = spawnSync('sh', ['-c', '"$@" > /dev/null && times', 'sh', ...command], {encoding: 'utf8'});
  const spent = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  if (status !== 0 || spent.length !== 2)
    throw new Error(`bench: ${command.join(' ')} ended with ${status}: ${stdout}`);
  return spent.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

function exists(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
