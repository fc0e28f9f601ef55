import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

const noProc = process.platform !== 'linux' && 'needs /proc to read processor time';
if (noProc) console.warn(`idle.test.ts: ${noProc}`);

const subjects = [[], ['data', 'struct'], ['tcp', 'half-close', '--port', '0', '--server', '127.0.11.9']];

test.skipIf(noProc)('at rest nothing is written and nothing is computed', async () => {
  await Promise.all(subjects.map(rests));
});

async function rests(args: readonly string[]): Promise<void> {
  await using terminal = await openWirebook(args);
  await terminal.waitFor('? keys');
  // What is put off until after the first frame belongs to the start.
  await new Promise(done => setTimeout(done, 3500));
  const before = {bytes: terminal.raw().length, ticks: ticks(terminal.pid)};
  await new Promise(done => setTimeout(done, 2000));
  expect(terminal.raw().length - before.bytes, args.join(' ')).toBe(0);
  // A tick is 10 ms. One may fall on us by chance; a timer of 60 frames a second would take dozens.
  expect(ticks(terminal.pid) - before.ticks, args.join(' ')).toBeLessThanOrEqual(3);
}

/** utime and stime of proc_pid_stat(5). */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
