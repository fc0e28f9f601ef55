import {stringify} from '../journal/json.ts';
import {ProblemError} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import {exitCodes} from './general.ts';
import type {Io} from './io.ts';
import {startInBackground} from './lab-background.ts';
import {runForeground} from './lab-foreground.ts';
import {beganAt, type LabState, readState, removeState, stateFolder} from './lab-state.ts';
import {stateText} from './lab-text.ts';
import {printText} from './print-text.ts';

export interface LabAsk {
  /** 0: the first free one of 5300, 5310, … */
  readonly port: number;
  /** Empty: keys are new at each start. */
  readonly folder: string;
  readonly foreground: boolean;
  readonly json: boolean;
}

export type LabVerb = 'up' | 'status' | 'down';

/** `wirebook lab`: the lab as a process of its own, for other programs. */
export async function runLab(verb: LabVerb, ask: LabAsk, io: Io): Promise<number> {
  const folder = stateFolder(io.env);
  switch (verb) {
    case 'up':
      return up(folder, ask, io);
    case 'status':
      return status(readState(folder), ask, io);
    case 'down':
      return down(folder, ask, io);
  }
}

async function up(folder: string, ask: LabAsk, io: Io): Promise<number> {
  const running = readState(folder);
  if (running !== undefined) {
    io.stderr.write('wirebook: The lab is up already.\n');
    return status(running, ask, io);
  }
  if (ask.foreground) return runForeground(folder, ask, io);
  const state = await startInBackground(folder, ask, io.env);
  return printState(state, `The lab is up: process ${state.pid}. End it with wirebook lab down.`, ask.json, io);
}

async function status(state: LabState | undefined, {json}: LabAsk, io: Io): Promise<number> {
  if (state !== undefined) return printState(state, `The lab is up: process ${state.pid}.`, json, io);
  await printText(json ? `${stringify({up: false})}\n` : 'The lab is down. Start it with wirebook lab up.\n', io);
  return exitCodes.failed.code;
}

function printState(state: LabState, first: string, json: boolean, io: Io): Promise<number> {
  const text = json ? `${stringify({up: true, ...state})}\n` : visible(stateText(state, first), {lines: true});
  return printText(text, io);
}

/** How long the process may take to close what it has open. */
const patienceMilliseconds = 3000;

async function down(folder: string, {json}: LabAsk, io: Io): Promise<number> {
  const state = readState(folder);
  if (state === undefined) return printText(json ? `${stringify({up: false})}\n` : 'The lab is down.\n', io);
  if (!(await ended(state)))
    throw new ProblemError({
      code: 'lab.down',
      says: `Process ${state.pid}, which is the lab, does not end`,
      next: `Look at it with ps -fp ${state.pid}.`,
    });
  removeState(folder, state.pid);
  const said = {up: false, ended: state.pid};
  return printText(json ? `${stringify(said)}\n` : `The lab is down: process ${state.pid} has ended.\n`, io);
}

/** Asks exactly that process to end, and waits for it; when it does not, it is ended. */
async function ended(state: LabState): Promise<boolean> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      if (beganAt(state.pid) !== state.began) return true;
      process.kill(state.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
      return false;
    }
    for (const until = performance.now() + patienceMilliseconds; performance.now() < until; ) {
      if (beganAt(state.pid) !== state.began) return true;
      await new Promise(done => setTimeout(done, 20));
    }
  }
  return false;
}
