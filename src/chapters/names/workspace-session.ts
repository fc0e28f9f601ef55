import {join, resolve} from 'node:path';
import {type Problem, ProblemError, problemOf} from '../../journal/problem.ts';
import {splitShell} from '../../wire/text/split-shell.ts';
import type {Kit} from '../contract.ts';
import {checkWorkspace, createWorkspace, type Found, isWorkspace} from './workspace-files.ts';
import {runProcess} from './workspace-process.ts';
import {readRegistry, register} from './workspace-registry.ts';
import type {Verb, WorkspaceAsk, workspaceEvents} from './workspace-shape.ts';
import {activateLine, deactivateLine, environmentOf, shellOf} from './workspace-shell.ts';
import {runVirtualenv} from './workspace-venv.ts';

export type WorkspaceKit = Kit<typeof workspaceEvents, Exclude<Verb, 'list'> | 'refresh', WorkspaceAsk>;

/** Does one thing after another with workspaces. */
export class WorkspaceSession {
  readonly #kit: WorkspaceKit;

  constructor(kit: WorkspaceKit) {
    this.#kit = kit;
  }

  /** Resolves with the problem when it did not go well. */
  async perform(ask: WorkspaceAsk): Promise<Problem | undefined> {
    const kit = this.#kit;
    const dir = folderOf(ask);
    // Nothing begins in a directory that is no workspace: the one on the screen stays.
    const missing = inside.has(ask.verb) ? await notThere(dir) : undefined;
    if (missing !== undefined) return missing;
    kit.emit('began', {verb: ask.verb, dir});
    try {
      return await this.#verb(ask, dir);
    } catch (error) {
      if (error instanceof ProblemError) return problemOf(error);
      throw error;
    } finally {
      if (!kit.signal.aborted) kit.emit('done', {});
    }
  }

  async list(): Promise<void> {
    this.#kit.emit('began', {verb: 'list', dir: ''});
    await this.#list();
    this.#kit.emit('done', {});
  }

  async #verb(ask: WorkspaceAsk, dir: string): Promise<Problem | undefined> {
    const kit = this.#kit;
    const shell = shellOf(ask.shell);
    switch (ask.verb) {
      case 'list':
        await this.#list();
        return undefined;
      case 'create':
        return this.#create(dir);
      case 'deactivate':
        kit.emit('shell', deactivateLine(shell));
        return undefined;
      case 'virtualenv': {
        const why = await runVirtualenv({signal: kit.signal, tell: step => kit.emit('venv', step)});
        return why === undefined
          ? undefined
          : {code: 'workspace.python', says: why, next: 'Install Python 3 with venv.'};
      }
      default:
    }
    if (ask.verb === 'check') return this.#tellFaults(await checkWorkspace(dir, part => kit.emit('part', part)));
    if (ask.verb === 'run') return this.#run(dir, ask.command);
    kit.emit('shell', activateLine(dir, shell));
    return undefined;
  }

  async #list(): Promise<void> {
    const active = process.env['WIREBOOK_WORKSPACE'] ?? '';
    const known = await readRegistry();
    const others = active === '' || known.some(({path}) => path === active) ? [] : [{path: active, created: ''}];
    for (const {path, created} of [...known, ...others])
      this.#kit.emit('workspace', {path, created, there: await isWorkspace(path), active: path === active});
    // A pane shows the empty list, which says so itself.
    if (known.length + others.length === 0 && this.#kit.headless)
      this.#kit.emit('notice', {says: 'No workspace was made here yet: wirebook names workspace create DIR makes one'});
  }

  async #create(dir: string): Promise<Problem | undefined> {
    if (dir === '')
      return {
        code: 'workspace.unnamed',
        says: 'A workspace needs a directory',
        next: 'Write create DIR; it may be new.',
      };
    const faults = await createWorkspace(dir, part => this.#kit.emit('part', part));
    try {
      await register(dir);
    } catch (error) {
      const says = error instanceof Error ? error.message : String(error);
      this.#kit.emit('notice', {says: `It could not be noted for list: ${says}`});
    }
    return this.#tellFaults(faults);
  }

  #tellFaults(faults: Found['faults']): Problem | undefined {
    for (const fault of faults) this.#kit.emit('fault', fault);
    const [first] = faults;
    if (first === undefined) return undefined;
    const where = first.line === 0 ? first.file : `${first.file}, line ${first.line}`;
    return {
      code: 'workspace.faulty',
      says: `${where}: ${first.says}${faults.length > 1 ? ` (the first of ${faults.length} mistakes)` : ''}`,
      next: 'Correct the file, then check again; create makes anew what is missing.',
    };
  }

  async #run(dir: string, command: string): Promise<Problem | undefined> {
    const kit = this.#kit;
    const split = splitShell(command);
    const words = split.ok ? split.words : [];
    if (words.length === 0)
      return {
        code: 'workspace.command',
        says: 'There is no command to run',
        next: 'Write run DIR -- COMMAND, with its arguments.',
      };
    const environment = environmentOf(dir);
    const started = kit.now();
    const ended = await runProcess(words, {
      environment,
      signal: kit.signal,
      ...(kit.headless && kit.input !== undefined && {input: kit.input}),
      onOutput: (stream, bytes) => kit.signal.aborted || kit.emit('output', {stream}, bytes),
    }).catch((error: NodeJS.ErrnoException) => error);
    if (ended instanceof Error) return notStarted(words[0]!, ended);
    const {code, signal} = ended;
    const how = {...(code !== null && {code}), ...(signal !== null && {ended: signal})};
    kit.emit('ran', {command: words, environment, ...how, seconds: kit.now() - started});
    if (code === 0) return undefined;
    return {
      code: 'workspace.command',
      says: `${words[0]} ended with ${signal ?? `exit code ${code}`}`,
      next: 'What it printed may say why.',
    };
  }
}

/** What is done in a workspace that is there already. */
const inside: ReadonlySet<Verb> = new Set<Verb>(['check', 'run', 'activate']);

/** Absolute: a line to eval holds in every directory. */
function folderOf({dir, verb}: WorkspaceAsk): string {
  const active = verb === 'create' ? '' : (process.env['WIREBOOK_WORKSPACE'] ?? '');
  const typed = dir.trim() === '' ? active : dir;
  if (typed === '') return '';
  return resolve(typed.startsWith('~/') ? join(process.env['HOME'] ?? '/', typed.slice(2)) : typed);
}

async function notThere(dir: string): Promise<Problem | undefined> {
  if (dir === '')
    return {code: 'workspace.unnamed', says: 'No workspace is active, and none is named', next: 'Name its directory.'};
  if (await isWorkspace(dir)) return undefined;
  return {
    code: 'workspace.none',
    says: `${dir} is no workspace: it has no wirebook-workspace.json`,
    next: `Make it one with: wirebook names workspace create ${dir}.`,
  };
}

function notStarted(command: string, {code, message}: NodeJS.ErrnoException): Problem {
  const says = code === 'ENOENT' ? `There is no command ${command}` : `${command} could not be started: ${message}`;
  return {
    code: 'workspace.command',
    says,
    next: 'Check its name and the PATH.',
    ...(code !== undefined && {errno: code}),
  };
}
