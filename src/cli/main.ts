import type {AnyExperiment, ChapterId} from '../chapters/contract.ts';
import {processIo} from './io.ts';
import {program} from './program.ts';

/** Everything has been written and ended by now: what still holds the process after this long is left behind. */
const backstopMilliseconds = 100;

const explorer = () => import('../ui/main.tsx');

/** A command needs the experiments of its own chapter only. */
const chapterExperiments: Readonly<Record<ChapterId, () => Promise<readonly AnyExperiment[]>>> = {
  tcp: async () => Object.values((await import('../chapters/tcp/experiments.ts')).tcpExperiments),
  names: async () => Object.values((await import('../chapters/names/experiments.ts')).namesExperiments),
  data: async () => Object.values((await import('../chapters/data/experiments.ts')).dataExperiments),
};

const io = processIo();
process.exitCode = await program(process.argv.slice(2), io, {
  experiments: async chapter =>
    chapter === undefined ? (await import('../chapters/registry.ts')).allExperiments : chapterExperiments[chapter](),
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
