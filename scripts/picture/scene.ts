import type {VirtualTerminal} from '../../test/support/terminal.ts';
import {openWirebook} from '../../test/support/wirebook.ts';
import {dial, type Peer} from './peers.ts';
import {cropped, onWhite, type Snapshot, takeSnapshot, withCommand} from './snapshot.ts';

/** One thing that happens between the start and the picture. */
export type Step =
  | {readonly wait: string | RegExp; readonly ms?: number}
  | {readonly press: readonly string[]}
  | {readonly type: string}
  | {readonly paste: string}
  /** Clicks on the first place where this text stands. */
  | {readonly click: string}
  | {readonly resize: readonly [columns: number, rows: number]}
  /** Lets somebody from outside connect; the connection stays until the picture is taken. */
  | {readonly peer: Peer}
  /** Waits until nothing has been written for so many milliseconds. */
  | {readonly settle: number}
  /** Waits for the program to end; the picture then shows the command and what it printed. */
  | {readonly end: true};

/** A picture of Wirebook: how to start it, what to do, and what to call it. */
export interface Scene {
  /** The file's name in screenshots/, without its ending. */
  readonly name: string;
  /** What the picture shows, in a sentence: its title, and its text for those who cannot see it. */
  readonly title: string;
  readonly args: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** Dark letters on white. */
  readonly white?: boolean;
  /** What differs from run to run besides numbers, times and sizes: such matches are not compared. */
  readonly volatile?: readonly RegExp[];
  /** Size of the PNG: 1 is 10 by 20 pixels for a cell. */
  readonly zoom?: number;
}

/** Plays a scene in a terminal of its own. @throws with the screen's text when a step does not come about */
export async function play(scene: Scene): Promise<Snapshot> {
  const {columns = 120, rows = 36, env = {}} = scene;
  await using terminal = await openWirebook(scene.args, {columns, rows, env});
  using peers = new DisposableStack();
  for (const step of scene.steps) await perform(step, terminal, peers);
  const ended = scene.steps.some(step => 'end' in step);
  if (!ended) await terminal.settle(120, 2000);
  const snapshot = takeSnapshot(terminal);
  if (ended) return withCommand(cropped(snapshot), scene.args);
  return scene.white === true ? onWhite(snapshot) : snapshot;
}

async function perform(step: Step, terminal: VirtualTerminal, peers: DisposableStack): Promise<void> {
  if ('peer' in step) peers.adopt(await dial(step.peer), socket => socket.destroy());
  else if ('wait' in step) await terminal.waitFor(step.wait, step.ms);
  else if ('press' in step) terminal.press(...step.press);
  else if ('type' in step) terminal.type(step.type);
  else if ('paste' in step) terminal.paste(step.paste);
  else if ('resize' in step) terminal.resize(...step.resize);
  else if ('settle' in step) await terminal.settle(step.settle, Math.max(2000, 4 * step.settle));
  else if ('click' in step) {
    const place = terminal.find(step.click);
    if (place === undefined) throw new Error(`click: "${step.click}" is not on the screen\n${terminal.picture()}`);
    terminal.click(place.x, place.y);
  } else await terminal.exited;
}
