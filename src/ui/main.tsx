import module from 'node:module';
import type {AnyExperiment} from '../chapters/contract.ts';
import type {Config} from '../chapters/settings.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {Saved} from '../journal/file.ts';
import {detectBackground} from '../terminal/background.ts';
import type {ColourLevel} from '../terminal/colour.ts';
import {colourLevel} from '../terminal/colour-level.ts';
import {afterTimeout} from '../terminal/decoder/reader.ts';
import {Guard} from '../terminal/restore.ts';
import {Screen} from '../terminal/screen.ts';
import {adopt, openExperiment} from './control.ts';
import {connect} from './explorer.ts';
import {formOf} from './form.ts';
import {copyOut, saveNew} from './outside.ts';
import {readAloud} from './reader.ts';
import {showSaved} from './saved.ts';
import {Store} from './store.ts';

export interface Exploring {
  readonly workbench: Workbench;
  readonly config: Config;
  /** An experiment to start at once. */
  readonly open?: {readonly experiment: AnyExperiment; readonly ask: Readonly<Record<string, unknown>>};
  /** A journal to show, read-only. */
  readonly saved?: Saved;
}

/** Opens the explorer on this process's terminal. Resolves with the exit code when the user leaves. */
export async function explore({workbench, config, open, saved}: Exploring): Promise<number> {
  // A dumb terminal (an editor's shell, a log) has no cursor to place: it gets lines too.
  if (config.screenReader || process.env['TERM'] === 'dumb')
    return readAloud({
      workbench,
      input: process.stdin,
      output: process.stdout,
      ...(open && {open}),
      ...(saved && {saved}),
    });
  // Read and compiled while the model is made.
  const chrome = loadChrome();
  const store = new Store(workbench, config);
  const screen = new Screen({
    stdin: process.stdin,
    stdout: process.stdout,
    level: levelOf(config),
    mouse: config.mouse,
    framesPerSecond: config.framesPerSecond,
    escapeDelay: config.escapeMilliseconds,
  });
  const guard = new Guard({screen});
  guard.onLeave(() => workbench.world.kill());
  if (open !== undefined) openStarted(store, open.experiment, open.ask);
  if (saved !== undefined) showSaved(store, saved);
  const mountChrome = await chrome;
  const code = await new Promise<number>(leave => {
    const unmount = mountChrome(store, screen);
    const disconnect = connect(store, screen, {
      quit(code) {
        disconnect();
        unmount();
        leave(code);
      },
      suspend: () => guard.suspend(),
      copy: text => copyOut(text, sequence => screen.send(sequence)),
      saveFile: saveNew,
      setMouse: on => screen.setMouse(on),
    });
    screen.start();
    void followBackground(store, screen);
    flushCompileCache();
  });
  // The terminal first: whoever leaves gets the shell back at once, and what still runs is ended behind it.
  await screen.close();
  await workbench.close();
  guard.leave();
  guard.dispose();
  return code;
}

function openStarted(store: Store, experiment: AnyExperiment, ask: Readonly<Record<string, unknown>>): void {
  const page = store.pageOf(experiment);
  page.form = formOf(experiment, ask);
  openExperiment(store, experiment);
  if (page.run === undefined) adopt(store, page, store.bench.start(experiment, ask));
  store.area = 'pane';
}

/** Ink asks chalk for colours, and chalk asks the environment, once. The grid drops them again where there are none. */
async function loadChrome(): Promise<typeof import('./mount.tsx').mountChrome> {
  const before = process.env['FORCE_COLOR'];
  process.env['FORCE_COLOR'] = '3';
  const {mountChrome} = await import('./mount.tsx');
  if (before === undefined) delete process.env['FORCE_COLOR'];
  else process.env['FORCE_COLOR'] = before;
  return mountChrome;
}

function levelOf(config: Config): ColourLevel {
  const named: Readonly<Record<string, ColourLevel>> = {never: 0, '16': 1, '256': 2, true: 3};
  return named[config.colour] ?? colourLevel(process.env, process.stdout.isTTY === true);
}

/** Compiled code is kept for the next start only when a process ends by itself, and terminals are often just closed. */
function flushCompileCache(): void {
  setTimeout(() => module.flushCompileCache?.(), 2000).unref();
}

/** On a light background the default theme's yellow and cyan are hard to read: the light theme takes its place. */
async function followBackground(store: Store, screen: Screen): Promise<void> {
  if (store.themeName !== 'terminal') return;
  const background = await detectBackground({
    env: process.env,
    send: sequence => screen.send(sequence),
    onInput: listener => screen.onInput(listener),
    after: afterTimeout,
  });
  if (background === 'light' && store.themeName === 'terminal') store.chooseTheme('light');
}
