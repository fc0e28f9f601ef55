import {type ChildProcess, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import {endGroup} from './workspace-process.ts';

export interface ShellAnswer {
  /** The exit code; -1 when the shell has ended before. */
  readonly code: number;
  /** Standard output and error as they came, without the line feed at the end. */
  readonly output: string;
}

/** Prints the prefix of a Python, and its packages in one line. */
const lookProgram =
  "import sys, importlib.metadata as m; print(sys.prefix); p = sorted({str(d.metadata['Name']) + ' ' + d.version for d in m.distributions()}); print(', '.join(p) if len(p) < 6 else '%d, such as %s' % (len(p), p[0]))";

/** One shell that stays: `cd`, `.` and `deactivate` change it, as they do for a person. */
export class ShellSession {
  readonly #child: ChildProcess;
  readonly #mark = `wirebook-${randomBytes(8).toString('hex')}`;
  #output = '';
  #changed = Promise.withResolvers<void>();
  #ended = false;
  readonly #signal: AbortSignal;
  readonly #abort = () => endGroup(this.#child);

  constructor(folder: string, signal: AbortSignal) {
    const {VIRTUAL_ENV: _environment, PYTHONHOME: _home, PYTHONPATH: _path, ...environment} = process.env;
    this.#signal = signal;
    this.#child = spawn('sh', [], {
      cwd: folder,
      env: {...environment, WIREBOOK_LOOK: lookProgram, PIP_NO_INPUT: '1'},
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const take = (bytes: Uint8Array) => {
      this.#output += Buffer.from(bytes).toString('utf8');
      this.#poke();
    };
    this.#child.stdout!.on('data', take);
    this.#child.stderr!.on('data', take);
    this.#child.stdin!.on('error', () => undefined);
    const end = () => {
      this.#ended = true;
      this.#poke();
    };
    this.#child.on('error', end).on('close', end);
    signal.addEventListener('abort', this.#abort, {once: true});
    if (signal.aborted) this.#abort();
  }

  /** Has it carried out, in the shell itself, and waits until it is done. One at a time. */
  async run(command: string): Promise<ShellAnswer> {
    this.#output = '';
    // Nothing of the commands to come may be read by this one.
    this.#child.stdin!.write(`{ ${command}\n} </dev/null 2>&1\nprintf '\\n%s %s\\n' ${this.#mark} "$?"\n`);
    const end = new RegExp(`\\n${this.#mark} (\\d+)\\n`);
    for (;;) {
      const found = end.exec(this.#output);
      if (found !== null)
        return {code: Number(found[1]), output: this.#output.slice(0, found.index).replace(/\n$/, '')};
      if (this.#ended) return {code: -1, output: this.#output};
      await this.#changed.promise;
    }
  }

  /** Ends it, and what runs in it, at once: for a way out that cannot wait. */
  kill(): void {
    endGroup(this.#child);
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#child.stdin!.end('exit\n');
    const enough = new AbortController();
    const closed = new Promise<void>(done => (this.#ended ? done() : this.#child.once('close', () => done())));
    await Promise.race([closed, sleep(200, undefined, {signal: enough.signal}).catch(() => undefined)]);
    enough.abort();
    endGroup(this.#child);
    await closed;
  }

  #poke(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
