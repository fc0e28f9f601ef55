import {join, resolve} from 'node:path';
import {build, type Plugin} from 'esbuild';
import {buildOptions} from '../../scripts/build.ts';

const here = import.meta.dirname;
const root = resolve(here, '../..');

/** Builds the explorer around the flood, where the program has its registries, and gives the file to run. */
export async function buildFlood(folder: string): Promise<string> {
  const options = buildOptions({flood: join(here, 'main.ts')});
  await build({...options, plugins: [ownRegistries, ...options.plugins], outdir: folder, logLevel: 'error'});
  return join(folder, 'flood.js');
}

const replaced: Readonly<Record<string, string>> = {
  [join(root, 'src/chapters/registry.ts')]: join(here, 'registry.ts'),
  [join(root, 'src/ui/view-registry.ts')]: join(here, 'view-registry.ts'),
};

const ownRegistries: Plugin = {
  name: 'own-registries',
  setup(on) {
    on.onResolve({filter: /registry\.ts$/}, ({path, resolveDir}) => {
      const own = replaced[join(resolveDir, path)];
      return own === undefined ? undefined : {path: own};
    });
  },
};
