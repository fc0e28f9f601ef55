import {processIo} from '../../src/cli/io.ts';
import {program} from '../../src/cli/program.ts';
import {createWorld} from '../../src/world/world.ts';
import {quiet, toy} from './toy-experiment.ts';

// The command line around the toys, as a process of its own: `node test/support/toy-program.ts tcp toy --json`.
const io = processIo();
process.exitCode = await program(process.argv.slice(2), io, {
  experiments: async () => [toy, quiet],
  openWorld: async () => createWorld(),
  explore: async () => 3,
});
io.release();
setTimeout(() => process.exit(), 100).unref();
