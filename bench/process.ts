import {existsSync, readdirSync, readFileSync} from 'node:fs';

/** Whether this system tells about processes in /proc, as Linux does. */
export const hasProc = existsSync('/proc/self/stat');

/** CPU milliseconds that all processes of a session have used so far (proc_pid_stat(5): utime and stime, 100 ticks a second). */
export function cpuMilliseconds(session: number): number {
  return membersOf(session).reduce((sum, {fields}) => sum + (Number(fields[11]) + Number(fields[12])) * 10, 0);
}

/** Resident megabytes of one process, and of all processes of its session (shared pages counted for each). */
export function residentMegabytes(session: number): {own: number; all: number; processes: number} {
  const members = membersOf(session);
  const own = resident(session);
  return {own, all: members.reduce((sum, {pid}) => sum + resident(pid), 0), processes: members.length};
}

function resident(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readOrEmpty(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

function membersOf(session: number): {pid: number; fields: readonly string[]}[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => ({pid: Number(name), fields: fieldsOf(name)}))
    .filter(({fields}) => Number(fields[3]) === session);
}

/** The fields after the command's name, which may hold blanks and brackets: state, ppid, pgrp, session, … */
function fieldsOf(pid: string): readonly string[] {
  const line = readOrEmpty(`/proc/${pid}/stat`);
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** A process may end between the listing and the reading. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
