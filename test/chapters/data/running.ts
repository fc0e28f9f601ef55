import {spawnSync} from 'node:child_process';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {createWorld} from '../../../src/world/world.ts';

/** Starts a pure experiment as a pane does, and hands over its run once it has answered. */
export async function running(experiment: AnyExperiment, ask: object, work: (run: Run) => Promise<void> | void) {
  const bench = new Workbench(createWorld());
  try {
    const run = bench.start(experiment, {...defaultsOf(experiment.fields), ...ask});
    await new Promise(done => setImmediate(done));
    await work(run);
  } finally {
    await bench.close();
  }
}

/** Whether a program can be started here; says so on the console when it cannot. */
export function has(program: string, ...probe: readonly string[]): boolean {
  const found = spawnSync(program, probe.length === 0 ? ['--version'] : probe).error === undefined;
  if (!found) console.warn(`${program} is not installed: the tests that need it are skipped`);
  return found;
}

export interface Ran {
  readonly out: string;
  /** The last line of the complaint, without the program's own prefix. */
  readonly error: string;
}

/** Runs Python programs one after the other in one interpreter: what each prints, and what it raises. */
export function runPython(programs: readonly string[]): readonly Ran[] {
  const runner = `
import contextlib, io, json, sys
answers = []
for code in json.load(sys.stdin):
    out = io.StringIO()
    error = ''
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(code, 'program', 'exec'), {'__name__': '__main__'})
    except Exception as raised:
        kind = type(raised)
        name = kind.__name__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__name__}'
        error = f'{name}: {raised}'
    answers.append({'out': out.getvalue(), 'error': error})
print(json.dumps(answers))
`;
  return ranBy('python3', ['-c', runner], programs);
}

/** Runs scripts of Node in one process. */
export function runNode(programs: readonly string[]): readonly Ran[] {
  const runner = `
const vm = require('node:vm'), util = require('node:util');
const answers = JSON.parse(require('node:fs').readFileSync(0)).map(code => {
  let out = '', error = '';
  const console = {log: (...values) => { out += util.format(...values) + '\\n'; }};
  try { vm.runInThisContext('(function(console, require){' + code + '\\n})')(console, require); }
  catch (raised) { error = String(raised); }
  return {out, error};
});
console.log(JSON.stringify(answers));
`;
  return ranBy(process.execPath, ['-e', runner], programs);
}

function ranBy(program: string, args: readonly string[], programs: readonly string[]): readonly Ran[] {
  const {stdout, stderr, status} = spawnSync(program, args, {input: JSON.stringify(programs), encoding: 'utf8'});
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Ran[];
}
