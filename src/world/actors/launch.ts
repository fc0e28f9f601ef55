import {type ChildProcess, spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import type {FromActor} from './messages.ts';

/** The first descriptor number that is free for inheriting: 0 to 2 are the standard ones, 3 is the channel. */
export const firstInherited = 4;

export interface Launch {
  name: string;
  epoch: bigint;
  /** Descriptors of this process that the new one shall hold as well, from `firstInherited` up. */
  inherit: readonly number[];
  /** A command that replaces itself by the one behind it (exec), so that the process and its channel stay the same. */
  within?: readonly string[];
  onMessage(message: FromActor): void;
  onComplaint(text: string): void;
  onExit(code: number | null, signal: string | null): void;
}

/** Starts an actor's process. Its name is in its command line, so that `ps` shows who is who. */
export function launch({name, epoch, inherit, within = [], onMessage, onComplaint, onExit}: Launch): ChildProcess {
  const {NODE_OPTIONS: _debugger, ...environment} = process.env;
  const words = [...within, process.execPath, program(), name, String(epoch), String(inherit.length)];
  const child = spawn(words[0]!, words.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', ...inherit],
    serialization: 'advanced',
    env: environment,
    // A session of its own: Ctrl-C and Ctrl-Z in the terminal are for the screen's process, which then decides.
    detached: true,
  });
  child.on('message', message => onMessage(message as FromActor));
  child.stderr!.setEncoding('utf8').on('data', onComplaint);
  child.on('error', cause => onComplaint(`${cause.message}\n`));
  // An exit that the channel's last messages follow would lose them: `close` comes after all of them.
  child.on('close', onExit);
  return child;
}

/** The built program lies beside the bundle; started from the sources, it lies in dist/. */
function program(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? '../../../dist/actor.js' : './actor.js', here));
}
