import {type ChildProcess, spawn} from 'node:child_process';
import {createInterface, type Interface} from 'node:readline';

/**
 * A python3 that measures on demand, so that its turns interleave with ours on the same machine in the same minute.
 * Loops are those of `timeit` (itertools.repeat), the cheapest Python has; time is `time.process_time`.
 */
export interface Python {
  readonly version: string;
  /** Seconds of CPU that `statement` takes, run `count` times after `setup`. */
  readonly time: (setup: string, statement: string, count: number) => Promise<number>;
  readonly stop: () => void;
}

const script = `
import collections, itertools, json, platform, struct, sys, time
print(json.dumps(platform.python_version()), flush=True)
for line in sys.stdin:
    ask = json.loads(line)
    scope = {'struct': struct, 'collections': collections, 'itertools': itertools}
    exec(ask['setup'], scope)
    exec('def run(times, ' + ', '.join('%s=%s' % (n, n) for n in scope if not n.startswith('__')) + '):\\n'
         '    for _ in times: ' + ask['statement'], scope)
    times = itertools.repeat(None, ask['count'])
    start = time.process_time()
    scope['run'](times)
    print(json.dumps(time.process_time() - start), flush=True)
`;

/** Undefined where there is no python3. */
export async function startPython(): Promise<Python | undefined> {
  const child = spawn('python3', ['-c', script], {stdio: ['pipe', 'pipe', 'inherit']});
  child.on('error', () => {});
  const lines = createInterface({input: child.stdout!});
  const answer = answers(lines);
  const version = await answer();
  if (version === undefined) return undefined;
  return {
    version: String(version),
    time: async (setup, statement, count) => {
      child.stdin!.write(`${JSON.stringify({setup, statement, count})}\n`);
      return Number(await answer());
    },
    stop: () => stop(child, lines),
  };
}

function answers(lines: Interface): () => Promise<unknown> {
  const iterator = lines[Symbol.asyncIterator]();
  return async () => {
    const {done, value} = await iterator.next();
    return done === true ? undefined : JSON.parse(value);
  };
}

function stop(child: ChildProcess, lines: Interface): void {
  lines.close();
  child.stdin!.end();
}
