import {Writable} from 'node:stream';
import type {Parts} from '../../src/cli/explore.ts';
import type {Io} from '../../src/cli/io.ts';
import {program} from '../../src/cli/program.ts';
import {createWorld} from '../../src/world/world.ts';
import {quiet, toy} from './toy-experiment.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Around {
  readonly env?: Io['env'];
  readonly input?: string;
  /** Both ends are a terminal. */
  readonly interactive?: boolean;
  readonly parts?: Partial<Parts>;
  readonly signalled?: Promise<number>;
  readonly columns?: number;
}

/** Runs the command line around the toy experiments, in this process. */
export async function wirebook(words: readonly string[], around: Around = {}): Promise<Outcome> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const {interactive = false, input, columns} = around;
  const io: Io = {
    stdout: Object.assign(collect(out), {isTTY: interactive, ...(columns !== undefined && {columns})}),
    stderr: collect(err),
    env: around.env ?? {},
    interactive,
    input: evenTerminal => (interactive && evenTerminal !== true ? undefined : bytesOf(input ?? '')),
    signalled: () => around.signalled ?? new Promise(() => undefined),
    release: () => undefined,
  };
  const code = await program(words, io, {...toyParts(), ...around.parts});
  return {code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString()};
}

/** The lines of NDJSON, read. */
export function linesOf(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>);
}

function toyParts(): Parts {
  let now = 0;
  return {
    experiments: async () => [toy, quiet],
    // A clock that ticks a millisecond at each look, so that no output depends on the machine.
    openWorld: async () => ({...createWorld(), clock: {now: () => now++ / 1000}}),
    explore: async () => 0,
  };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield new TextEncoder().encode(text);
}

function collect(chunks: Uint8Array[]): Writable {
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
}
