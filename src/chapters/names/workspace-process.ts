import {type ChildProcess, spawn} from 'node:child_process';

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  onOutput(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
}

/** Runs a command to its end. It is ended with everything it started when the signal comes. Rejects when it cannot be started. */
export function runProcess(words: readonly string[], options: ProcessOptions): Promise<ProcessEnd> {
  const {environment, signal, input, onOutput} = options;
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it starts can be ended too.
    const child = spawn(words[0]!, words.slice(1), {
      env: {...process.env, ...environment},
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const end = () => endGroup(child);
    signal.addEventListener('abort', end, {once: true});
    process.on('exit', end);
    if (signal.aborted) end();
    child.stdout!.on('data', (bytes: Uint8Array) => onOutput('stdout', bytes));
    child.stderr!.on('data', (bytes: Uint8Array) => onOutput('stderr', bytes));
    const forget = () => {
      signal.removeEventListener('abort', end);
      process.off('exit', end);
    };
    child.on('error', cause => {
      forget();
      reject(cause);
    });
    child.on('close', (code, killed) => {
      forget();
      resolve({code, signal: killed});
    });
    if (input !== undefined) feed(child, input).catch(() => undefined);
  });
}

async function feed(child: ChildProcess, input: AsyncIterable<Uint8Array>): Promise<void> {
  const to = child.stdin!;
  // It need not read everything.
  to.on('error', () => undefined);
  for await (const chunk of input) {
    if (to.destroyed) return;
    if (!to.write(chunk)) await new Promise(done => to.once('drain', done).once('close', done));
  }
  to.end();
}

export function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended a moment ago.
  }
}
