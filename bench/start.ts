import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openTerminal, type VirtualTerminal} from '../test/support/terminal.ts';
import {nodeProgram, openWirebook} from '../test/support/wirebook.ts';
import type {BenchRow} from './row.ts';
import {median} from './statistics.ts';
import type {Subject} from './subject.ts';

interface Starter {
  readonly name: string;
  readonly open: () => Promise<VirtualTerminal>;
  /** On the screen when the program has drawn all of it. */
  readonly marker: string | RegExp;
}

const rounds = 9;
const size = {columns: 120, rows: 40};

/** From starting the process to the last word of its first full screen, in a terminal of 120 by 40. */
export async function firstFrames({args, ready}: Pick<Subject, 'args' | 'ready'>): Promise<BenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const starters: Starter[] = [
      {name: 'wirebook', open: () => openWirebook(args, size), marker: ready},
      {
        name: 'node -e 0',
        open: () => openTerminal({command: nodeProgram, args: ['-e', 'console.log("ready")'], ...size}),
        marker: 'ready',
      },
      ...peers(join(folder, 'empty.pcap')),
    ];
    const times = new Map(starters.map(({name}) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round++)
      for (const starter of starters) times.get(starter.name)!.push(await timed(starter));
    const figures = starters.map(({name}) => ({name, value: median(times.get(name)!)}));
    return {
      area: 'terminal',
      what: 'first full frame',
      unit: 'ms',
      better: 'lower',
      ours: figures[0]!.value,
      peers: figures.slice(1),
      target: {peer: 'node -e 0', ratio: 4},
      note: `medians of ${rounds} interleaved starts`,
    };
  } finally {
    rmSync(folder, {recursive: true});
  }
}

async function timed({name, open, marker}: Starter): Promise<number> {
  await using terminal = await open();
  try {
    await terminal.waitFor(marker, 10_000);
  } catch (cause) {
    throw new Error(`bench: ${name} did not draw its screen`, {cause});
  }
  return terminal.pieces.at(-1)!.at - terminal.startedAt;
}

function peers(pcap: string): Starter[] {
  writeFileSync(pcap, emptyCapture());
  const known = [
    {name: 'htop', command: 'htop', args: [], marker: /F10\s*Quit/},
    {name: 'mc', command: 'mc', args: ['--nosubshell'], marker: /10\s*Quit/},
    {name: 'btop', command: 'btop', args: ['--utf-force'], marker: 'proc'},
    {name: 'termshark', command: 'termshark', args: ['-r', pcap], marker: 'Filter'},
  ];
  return known
    .filter(({command}) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0)
    .map(({name, command, args, marker}) => ({name, marker, open: () => openTerminal({command, args, ...size})}));
}

/** The header of a classic pcap file, Ethernet, without packets (draft-ietf-opsawg-pcap §4). */
function emptyCapture(): Uint8Array {
  const header = new DataView(new ArrayBuffer(24));
  for (const [at, value] of [
    [0, 0xa1b2c3d4],
    [16, 65535],
    [20, 1],
  ] as const)
    header.setUint32(at, value, true);
  header.setUint16(4, 2, true);
  header.setUint16(6, 4, true);
  return new Uint8Array(header.buffer);
}
