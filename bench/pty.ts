import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {openTerminal, type VirtualTerminal} from '../test/support/terminal.ts';
import {nodeProgram, openWirebook, wirebookScript} from '../test/support/wirebook.ts';
import {cpuMilliseconds, hasProc, residentMegabytes} from './process.ts';
import type {BenchRow} from './row.ts';
import {firstFrames} from './start.ts';
import {median, quantile} from './statistics.ts';
import {calm, flooded, opening, type Subject} from './subject.ts';

const area = 'terminal';

/** Wirebook as somebody at a terminal meets it: start, keys, rest. Wall times are of a process at normal priority. */
export async function benchTerminal(): Promise<BenchRow[]> {
  const rows = [await firstFrames(opening), help(), ...(await keys(calm, 'idle', 300)), ...(await rest(calm))];
  return [...rows, ...(await keys(flooded, '50 000 events/s', 300))];
}

function help(): BenchRow {
  const rounds = 9;
  const [ours, floor] = [[] as number[], [] as number[]];
  for (let round = 0; round < rounds; round++) {
    ours.push(wall([wirebookScript, '--help']));
    floor.push(wall(['-e', '0']));
  }
  const peers = [{name: 'node -e 0', value: median(floor)}];
  return {
    area,
    what: 'wirebook --help',
    unit: 'ms',
    better: 'lower',
    ours: median(ours),
    peers,
    target: {peer: 'node -e 0', ratio: 2},
  };
}

function wall(args: readonly string[]): number {
  const start = performance.now();
  const {status} = spawnSync(nodeProgram, args, {stdio: 'ignore'});
  if (status !== 0) throw new Error(`bench: node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

/** From writing a key to reading the bytes that change the watched cells; and what a frame costs, on a screen of 200 by 60. */
async function keys(subject: Subject, when: string, presses: number): Promise<BenchRow[]> {
  await using terminal = await start(subject);
  await terminal.waitFor(subject.ready);
  await terminal.settle(300, 1000);
  // The first press of a key may change more than the later ones (hints, for one): a late frame must not pass for an answer.
  for (const key of subject.keys) {
    terminal.press(key);
    await terminal.settle(300, 1000);
  }
  const frames = () => count(terminal, '\x1b[?2026l');
  const before = {cpu: hasProc ? cpuMilliseconds(terminal.pid) : 0, frames: frames()};
  const times: number[] = [];
  for (let press = 0; press < presses; press++) {
    times.push(await answered(terminal, subject, subject.keys[press % 2]!));
    // People do not press in step with a frame timer.
    await pause(5 + ((press * 7) % 23));
  }
  const drawn = frames() - before.frames;
  const note = `${presses} keys, 200x60`;
  const key = {area, unit: 'ms', better: 'lower', peers: []} as const;
  return [
    {...key, what: `key to changed cells, ${when}, median`, ours: median(times), target: {atMost: 10}, note},
    {...key, what: `key to changed cells, ${when}, p99`, ours: quantile(times, 0.99), target: {atMost: 33}, note},
    ...(hasProc && drawn > 0
      ? [
          {
            ...key,
            what: `CPU per key and its frame, ${when}`,
            ours: (cpuMilliseconds(terminal.pid) - before.cpu) / drawn,
            target: {atMost: 2},
            note: `${drawn} frames, 200x60, the first and slowest included`,
          },
        ]
      : []),
  ];
}

/** Wirebook, or the program that the subject builds, in a folder that is gone afterwards. */
async function start({args, program}: Subject): Promise<VirtualTerminal> {
  const size = {columns: 200, rows: 60};
  if (program === undefined) return openWirebook(args, size);
  const folder = mkdtempSync(join(tmpdir(), 'bench-program-'));
  const cleanUp = () => rmSync(folder, {recursive: true, force: true});
  // What is not bundled is looked for upwards of the file.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const file = await program(folder);
  return openTerminal({command: nodeProgram, args: [file, ...args], ...size, cleanUp});
}

async function answered(terminal: VirtualTerminal, {watched}: Subject, key: string): Promise<number> {
  const look = () =>
    terminal
      .lines()
      .slice(0, watched.rows)
      .map(line => line.slice(watched.from, watched.to))
      .join('\n') + inverseOf(terminal, watched.rows);
  const before = look();
  const pieces = terminal.pieces.length;
  const pressed = performance.now();
  terminal.press(key);
  await terminal.waitFor(() => terminal.pieces.length > pieces && look() !== before, 5000);
  return terminal.pieces.at(-1)!.at - pressed;
}

/** Memory, CPU time and bytes written while nobody does anything. */
async function rest(subject: Subject): Promise<BenchRow[]> {
  if (!hasProc) return [];
  const seconds = 5;
  await using terminal = await openWirebook(subject.args, {columns: 200, rows: 60});
  await using bare = await openTerminal({
    command: nodeProgram,
    args: ['-e', 'setInterval(() => {}, 1e6); console.log("up")'],
  });
  await terminal.waitFor(subject.ready);
  await terminal.settle(300, 1000);
  await bare.waitFor('up');
  // What is put off until after the first frame (caches, imports) belongs to the start.
  await pause(4000);
  const before = {cpu: cpuMilliseconds(terminal.pid), bytes: terminal.raw().length};
  await pause(seconds * 1000);
  const share = (cpuMilliseconds(terminal.pid) - before.cpu) / (seconds * 10);
  const {own, all, processes} = residentMegabytes(terminal.pid);
  const row = {area, better: 'lower', peers: []} as const;
  return [
    {
      ...row,
      what: 'CPU at rest',
      unit: '% of a core',
      ours: share,
      target: {atMost: 0.2},
      note: `over ${seconds} s; a tick is ${10 / seconds / 10} %`,
    },
    {...row, what: 'written at rest', unit: 'bytes', ours: terminal.raw().length - before.bytes, target: {atMost: 0}},
    {
      ...row,
      what: 'resident at rest',
      unit: 'MB',
      ours: own,
      peers: [{name: 'node, doing nothing', value: residentMegabytes(bare.pid).own}],
      target: {atMost: 90},
      note: `${processes} processes, ${all.toFixed(0)} MB together`,
    },
  ];
}

/** A selection may be shown by inverse cells alone. */
function inverseOf(terminal: VirtualTerminal, rows = terminal.rows()): string {
  return Array.from({length: rows}, (_, y) => {
    let marks = '';
    for (let x = 0; x < terminal.columns(); x += 5) marks += terminal.cell(x, y).inverse ? '1' : '0';
    return marks;
  }).join('');
}

function count(terminal: VirtualTerminal, text: string): number {
  return Buffer.from(terminal.raw()).toString('latin1').split(text).length - 1;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(done => setTimeout(done, milliseconds));
}
