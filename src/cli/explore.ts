import type {AnyExperiment} from '../chapters/contract.ts';
import type {Config} from '../chapters/settings.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {Saved} from '../journal/file.ts';
import {visible} from '../wire/text/visible.ts';
import type {Ask} from './ask.ts';
import type {Io} from './io.ts';
import type {Known} from './parse.ts';

/** What the explorer is opened with. */
export interface Exploring {
  readonly workbench: Workbench;
  readonly config: Config;
  /** An experiment to start at once. */
  readonly open?: {readonly experiment: AnyExperiment; readonly ask: Ask};
  /** A journal to show, read-only. */
  readonly saved?: Saved;
}

/** The heavy parts of the program, each loaded when it is first needed. Tests pass their own. */
export interface Parts extends Known {
  openWorld(): Promise<Workbench['world']>;
  /** Begins to load what `explore` needs, so that it is read while the rest is made ready. */
  prepare?(): void;
  explore(options: Exploring): Promise<number>;
}

/** Opens the explorer. What the settings got wrong is said when the screen is a plain terminal again. */
export async function explore(what: Pick<Exploring, 'open' | 'saved'>, io: Io, parts: Parts): Promise<number> {
  parts.prepare?.();
  const [{Workbench: Bench}, {loadConfig}, world] = await Promise.all([
    import('../chapters/workbench.ts'),
    import('./config.ts'),
    parts.openWorld(),
  ]);
  const loaded = loadConfig(io.env);
  const {config} = loaded;
  const workbench = new Bench(world);
  try {
    return await parts.explore({workbench, config, ...what});
  } finally {
    await workbench.close();
    const [{unknownActions}, experiments] = await Promise.all([import('./keys.ts'), parts.experiments()]);
    const warnings = [...loaded.warnings, ...(await unknownActions(loaded, experiments))];
    for (const warning of warnings) io.stderr.write(`wirebook: ${visible(warning)}\n`);
  }
}
