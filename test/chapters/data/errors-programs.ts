import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {errorCase, errorCases} from '../../../src/chapters/data/errors-cases.ts';
import {nodeProgram, pythonProgram} from '../../../src/chapters/data/errors-statement.ts';
import {type Apart, startApart, startUnprivileged} from '../../../src/lab/apart.ts';
import {serveNames} from '../../../src/lab/failing-resolver.ts';
import type {Actor} from '../../../src/world/actors/actor.ts';
import {createWorld} from '../../../src/world/world.ts';

/** What a program said when it was run: the error's class or code, its errno, and its text. */
export interface Said {
  readonly class: string;
  readonly errno: number | null;
  readonly text: string;
  readonly cause: string | null;
}

/** What every program said, and why some could not be asked. */
export interface Asked {
  readonly said: Record<string, Said>;
  readonly left: string[];
}

/** Runs every program of one language but `without`: those that need a network of their own in one, the others as they are. */
export async function askAll(language: 'python' | 'node', without: readonly string[] = []): Promise<Asked> {
  const asked: Asked = {said: {}, left: []};
  const world = createWorld();
  const ask = language === 'python' ? askPython : askNode;
  const tell = async (id: string, inside?: Actor): Promise<void> => {
    const {class: name, errno, text, cause} = await ask(id, inside);
    asked.said[id] = {class: name, errno, text: settled(text), cause};
  };
  try {
    const [apart, noNames, unprivileged] = await Promise.all([
      startApart(world, {name: 'apart'}),
      startApart(world, {name: 'no-names'}, {hosts: 'nosuchmodule'}),
      startUnprivileged(world, {name: 'unprivileged'}),
    ]);
    const ids = errorCases
      .filter(({id, node}) => (language === 'python' || 'code' in node) && !without.includes(id))
      .map(({id}) => id as string);
    const quiet = (id: string) => errorCase(id).needs !== undefined || id === 'ETIMEDOUT';
    const inTurn = async (): Promise<void> => {
      for (const id of ids.filter(quiet)) await inside(id, {apart, noNames, unprivileged}, asked, tell);
    };
    const rest = ids.filter(id => !quiet(id));
    // Two at a time beside those that wait: each is a process of its own.
    const worker = async (): Promise<void> => {
      for (let id = rest.shift(); id !== undefined; id = rest.shift()) await tell(id);
    };
    await Promise.all([inTurn(), worker(), worker()]);
  } finally {
    await world.close();
  }
  return asked;
}

const disappointments = {'no-such-name': 'no such name', EAI_NODATA: 'no address', EAI_AGAIN: 'silence'} as const;

async function inside(
  id: string,
  places: Record<'apart' | 'noNames' | 'unprivileged', Apart>,
  asked: Asked,
  tell: (id: string, inside?: Actor) => Promise<void>,
): Promise<void> {
  const {needs} = errorCase(id);
  const place = id === 'EAI_SYSTEM' ? places.noNames : needs === 'unprivileged' ? places.unprivileged : places.apart;
  if (!place.ok) {
    asked.left.push(place.why);
    return;
  }
  const how = disappointments[id as keyof typeof disappointments];
  const names = how === undefined ? undefined : await serveNames(place.actor, how);
  await tell(id, place.actor);
  await names?.close();
}

/** Runs the Python program of this error, in the network of the actor if one is given. */
export async function askPython(id: string, inside?: Actor): Promise<Said> {
  const told = "print('caught', type(error).__name__, error)";
  // What the reader sees, and the rest of the error as JSON behind it.
  const more = `import json; print(json.dumps({"class": type(error).__name__, "errno": getattr(error, "errno", None), "text": str(error), "cause": type(error.__cause__).__name__ if error.__cause__ else None}))`;
  const program = pythonProgram(id);
  if (!program.includes(told)) throw new Error(`${id} does not tell what it caught`);
  return runProgram(id, [pythonItself(), 'program.py'], program.replace(told, `${told}; ${more}`), inside);
}

/** Runs the TypeScript program of this error with the Node that the project pins. */
export async function askNode(id: string, inside?: Actor): Promise<Said> {
  const told = "console.log('caught', code, message);";
  const more = `console.log(JSON.stringify({class: code, errno: (error as NodeJS.ErrnoException).errno ?? null, text: message, cause: (error as Error).cause?.constructor.name ?? null}));`;
  const program = nodeProgram(id)!;
  if (!program.includes(told)) throw new Error(`${id} does not tell what it caught`);
  const node = resolve(import.meta.dirname, '../../../node_modules/.bin/node');
  return runProgram(id, [node, 'program.mts'], program.replace(told, `${told} ${more}`), inside);
}

/** A few things of a message differ from run to run and from version to version. */
export function settled(text: string): string {
  return text
    .replace(/127\.0\.0\.1:(?!9$|80$)\d+/g, '127.0.0.1:PORT')
    .replace(/ \(_ssl\.c:\d+\)$/, '')
    .replace(/; if the root CA is installed locally, try running Node\.js with --use-system-ca$/, '')
    .replace(/^[0-9A-F]+:error:[0-9A-F]+:SSL routines:\w+:([^:]+):[\s\S]*$/, '$1');
}

let python: string | undefined;

/** The interpreter behind what may be a script that looks for it each time. */
function pythonItself(): string {
  python ??= execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {encoding: 'utf8'}).trim();
  return python;
}

async function runProgram(id: string, words: string[], program: string, inside: Actor | undefined): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-program-'));
  const [tool, file] = words as [string, string];
  const path = join(folder, file);
  writeFileSync(path, program);
  const limits = errorCase(id).symbol === 'ETIMEDOUT' ? quickerKernel : '';
  const enter =
    inside === undefined ? [] : ['nsenter', '-t', String(inside.pid), '-U', '-n', '-m', '--preserve-credentials'];
  const command = [...enter, 'sh', '-c', `${inside === undefined ? '' : limits}exec "$@"`, 'sh', tool, path];
  try {
    const {output, complaint} = await collect(command, folder);
    const last = output.split('\n').findLast(line => line.startsWith('{'));
    if (last === undefined) throw new Error(`${id} caught nothing: ${output}${complaint}`);
    const said = JSON.parse(last) as Said;
    if (!output.includes(`caught ${said.class} ${said.text}`))
      throw new Error(`${id} printed something else: ${output}`);
    return said;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** The kernel of the network apart gives up after 3 seconds instead of 2 minutes. */
const quickerKernel =
  'echo 1 > /proc/sys/net/ipv4/tcp_syn_retries; echo 0 > /proc/sys/net/ipv4/tcp_syn_linear_timeouts 2>/dev/null; ';

function collect(command: string[], folder: string): Promise<{output: string; complaint: string}> {
  return new Promise((done, fail) => {
    const child = spawn(command[0]!, command.slice(1), {cwd: folder, timeout: 15_000});
    let [output, complaint] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      complaint += text;
    });
    child.on('error', fail).on('close', () => done({output, complaint}));
  });
}
