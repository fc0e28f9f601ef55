import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {LabFault, LabHost} from '../chapters/open-lab.ts';
import {ProblemError} from '../journal/problem.ts';
import type {Io} from './io.ts';

/** What a lab that runs as a process of its own says of itself, in `lab.json`. */
export interface LabState {
  readonly pid: number;
  /** When that process began, as the system tells it: the same number may be another process later. */
  readonly began: string;
  readonly port: number;
  readonly hosts: readonly LabHost[];
  /** The certificate authority, the trust anchor and the root's servers, as files. */
  readonly authority: string;
  readonly anchors: string;
  readonly hints: string;
  readonly workspace?: string;
  readonly faults: readonly LabFault[];
}

/**
 * The folder for the state: one for each user, closed to others. Throws a ProblemError when somebody else owns what
 * lies there, who could have us end any of our processes.
 */
export function stateFolder(env: Io['env']): string {
  const uid = process.getuid?.() ?? 0;
  const runtime = env.XDG_RUNTIME_DIR;
  const folder = runtime ? join(runtime, 'wirebook-lab') : join(tmpdir(), `wirebook-lab-${uid}`);
  try {
    // Not with what is above it: Node does not come back from a folder such as /proc where nothing can be made.
    if (!existsSync(folder)) mkdirSync(folder, {mode: 0o700});
    if (statSync(folder).uid === uid) return folder;
  } catch (error) {
    throw unusable(folder, (error as NodeJS.ErrnoException).code);
  }
  throw unusable(folder);
}

const unusable = (folder: string, errno?: string) =>
  new ProblemError({
    code: 'lab.state',
    says: `The state of the lab cannot be kept in ${folder}`,
    next: 'Set XDG_RUNTIME_DIR to a folder of yours.',
    ...(errno !== undefined && {errno}),
  });

const fileIn = (folder: string) => join(folder, 'lab.json');

/** Written whole or not at all, so that a reader never meets half of it. */
export function writeState(folder: string, state: LabState): void {
  const path = fileIn(folder);
  writeFileSync(`${path}.new`, `${JSON.stringify(state, undefined, 2)}\n`, {mode: 0o600});
  renameSync(`${path}.new`, path);
}

/** The lab that is up. What a lab left behind that ended otherwise is taken away. */
export function readState(folder: string): LabState | undefined {
  let state: LabState;
  try {
    state = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as LabState;
  } catch {
    return undefined;
  }
  if (typeof state.pid === 'number' && state.pid > 0 && beganAt(state.pid) === state.began) return state;
  removeState(folder);
  return undefined;
}

/** Takes the state away, of the given process only when one is given: it may be another's by now. */
export function removeState(folder: string, pid?: number): void {
  if (pid !== undefined) {
    try {
      if ((JSON.parse(readFileSync(fileIn(folder), 'utf8')) as LabState).pid !== pid) return;
    } catch {
      return;
    }
  }
  rmSync(fileIn(folder), {force: true});
}

/** When a process began, in the system's own words; nothing when there is none. */
export function beganAt(pid: number): string | undefined {
  try {
    // Field 22 of proc(5) stat; the name of the program stands in parentheses and may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {encoding: 'utf8'}).trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}
