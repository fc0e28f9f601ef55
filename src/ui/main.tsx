import type {AnyExperiment} from '../chapters/contract.ts';
import type {Config} from '../chapters/settings.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {Saved} from '../journal/file.ts';
import {Screen} from '../terminal/screen.ts';
import {adopt, openExperiment} from './control.ts';
import {connect} from './explorer.ts';
import {formOf} from './form.ts';
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
export async function explore({workbench, config, open}: Exploring): Promise<number> {
  const store = new Store(workbench, config);
  const screen = new Screen({
    stdin: process.stdin,
    stdout: process.stdout,
    level: 3,
    mouse: config.mouse,
    framesPerSecond: config.framesPerSecond,
    escapeDelay: config.escapeMilliseconds,
  });
  if (open !== undefined) {
    const page = store.pageOf(open.experiment);
    page.form = formOf(open.experiment, open.ask);
    openExperiment(store, open.experiment);
    if (page.run === undefined) {
      adopt(store, page, workbench.start(open.experiment, open.ask));
      store.area = 'pane';
    }
  }
  // Ink asks chalk for colours, and chalk asks the environment. The grid drops them again where there are none.
  const forced = process.env['FORCE_COLOR'];
  process.env['FORCE_COLOR'] = '3';
  const {mountChrome} = await import('./mount.tsx');
  if (forced === undefined) delete process.env['FORCE_COLOR'];
  else process.env['FORCE_COLOR'] = forced;
  return new Promise(resolve => {
    const unmount = mountChrome(store, screen);
    const disconnect = connect(store, screen, {
      quit(code) {
        disconnect();
        unmount();
        screen.stop();
        resolve(code);
      },
      copy: async () => ({how: 'nowhere', failed: true}),
      saveFile: async name => name,
      setMouse: on => screen.setMouse(on),
      repaint: () => screen.repaint(),
      toInk: bytes => screen.ink.stdin.type(bytes),
    });
    screen.start();
  });
}
