import {processIo} from './io.ts';
import {program} from './program.ts';

/** Everything has been written and ended by now: what still holds the process after this long is left behind. */
const backstopMilliseconds = 100;

const explorer = () => import('../ui/main.tsx');

const io = processIo();
process.exitCode = await program(process.argv.slice(2), io, {
  experiments: async () => (await import('../chapters/registry.ts')).allExperiments,
  async openWorld() {
    const {openWorld} = await import('../chapters/open-world.ts');
    const world = openWorld();
    process.once('exit', () => world.kill());
    return world;
  },
  prepare: () => void explorer(),
  explore: async options => (await explorer()).explore(options),
});
io.release();
setTimeout(() => process.exit(), backstopMilliseconds).unref();
