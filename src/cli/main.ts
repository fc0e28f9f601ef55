import {processIo} from './io.ts';
import {program} from './program.ts';

/** What is still held after this long is left behind. */
const backstopMilliseconds = 900;

const io = processIo();
process.exitCode = await program(process.argv.slice(2), io, {
  experiments: async () => (await import('../chapters/registry.ts')).allExperiments,
  async openWorld() {
    const {createWorld} = await import('../world/world.ts');
    const world = createWorld();
    process.once('exit', () => world.kill());
    return world;
  },
  explore: async options => (await import('../ui/main.tsx')).explore(options),
});
io.release();
setTimeout(() => process.exit(), backstopMilliseconds).unref();
