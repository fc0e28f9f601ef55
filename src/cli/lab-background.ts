import {spawn} from 'node:child_process';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {ProblemError} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import type {Io} from './io.ts';
import type {LabAsk} from './lab.ts';
import {type LabState, readState} from './lab-state.ts';

const patienceMilliseconds = 15_000;

/** The program that was started, or in the tests the one that the project has. */
const program = (): string => process.argv[1] ?? fileURLToPath(import.meta.url);

/** Starts this program again as a process of its own, and waits until it says that the lab is up. */
export async function startInBackground(folder: string, ask: LabAsk, env: Io['env']): Promise<LabState> {
  const log = join(folder, 'lab.log');
  const complaints = openSync(log, 'w', 0o600);
  const words = [
    ...['lab', 'up', '--foreground'],
    ...(ask.port === 0 ? [] : ['--port', String(ask.port)]),
    ...(ask.folder === '' ? [] : ['--folder', ask.folder]),
  ];
  const child = spawn(process.execPath, [program(), ...words], {
    detached: true,
    stdio: ['ignore', 'ignore', complaints],
    env: env as NodeJS.ProcessEnv,
  });
  closeSync(complaints);
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  child.unref();
  for (const until = performance.now() + patienceMilliseconds; performance.now() < until && !ended; ) {
    const state = readState(folder);
    if (state !== undefined) return state;
    await new Promise(done => setTimeout(done, 20));
  }
  if (!ended) child.kill('SIGTERM');
  const said = visible(readFileSync(log, 'utf8').trim().split('\n')[0] ?? '').replace(/^wirebook: /, '');
  throw new ProblemError({
    code: 'lab.start',
    says: said === '' ? 'The lab did not come up in time' : said.replace(/\.$/, ''),
    next: 'Run wirebook lab up --foreground to see more.',
    verbatim: said !== '',
  });
}
