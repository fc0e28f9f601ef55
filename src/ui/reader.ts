import type {Interface} from 'node:readline/promises';
import {createInterface} from 'node:readline/promises';
import {type AnyExperiment, chapters, type TextLine} from '../chapters/contract.ts';
import type {Fields} from '../chapters/fields.ts';
import {Run} from '../chapters/run.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {WireEvent} from '../journal/event.ts';
import type {Saved} from '../journal/file.ts';
import {formatProblem} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import {chapterIds, experimentsOf} from './store.ts';

export interface ReaderOptions {
  readonly workbench: Workbench;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** An experiment to start at once. */
  readonly open?: {readonly experiment: AnyExperiment; readonly ask: Readonly<Record<string, unknown>>};
  /** A journal to read out first. */
  readonly saved?: Saved;
}

/**
 * The explorer for screen readers: lines that are only ever added, numbered menus, no boxes, no redrawing. Everything is
 * asked by number or name, and everything that happens is a sentence or a line. Resolves with the exit code.
 */
export async function readAloud({workbench, input, output, open, saved}: ReaderOptions): Promise<number> {
  const lines = createInterface({input, output, terminal: false});
  const asking = new Asking(lines, output);
  asking.say('Wirebook, screen reader mode. Type a number and press Enter. Type q to leave.');
  try {
    if (saved !== undefined) speakSaved(saved, workbench, asking);
    if (open !== undefined) await operate(workbench.start(open.experiment, open.ask), asking);
    for (;;) {
      const experiment = await chooseExperiment(asking);
      if (experiment === undefined) return 0;
      const ask = await askFields(experiment.fields, asking);
      await operate(workbench.start(experiment, ask), asking);
    }
  } catch (error) {
    if (error instanceof Left) return 0;
    throw error;
  } finally {
    lines.close();
  }
}

/** Thrown when the input ends or the user types `q` at any question. */
class Left extends Error {}

class Asking {
  readonly #lines: AsyncIterator<string>;
  readonly #output: NodeJS.WritableStream;

  constructor(lines: Interface, output: NodeJS.WritableStream) {
    this.#lines = lines[Symbol.asyncIterator]();
    this.#output = output;
  }

  /** The only way out: sentences hold what files, peers and the user said. */
  say(sentence: string): void {
    this.#output.write(`${visible(sentence, {lines: true})}\n`);
  }

  async ask(question: string): Promise<string> {
    this.say(question);
    const line = await this.#lines.next();
    if (line.done === true || line.value.trim() === 'q') throw new Left();
    return line.value.trim();
  }
}

async function chooseExperiment(asking: Asking): Promise<AnyExperiment | undefined> {
  const all = chapterIds.flatMap(id => experimentsOf(id).map(experiment => ({id, experiment})));
  for (const [index, {id, experiment}] of all.entries())
    asking.say(`${index + 1}. ${chapters[id].title}, ${experiment.title}. ${experiment.teaches}`);
  for (;;) {
    const typed = await asking.ask(`Which experiment? 1 to ${all.length}, or q to leave.`);
    const chosen = all[Number(typed) - 1];
    if (chosen !== undefined) return chosen.experiment;
    asking.say(`There is no ${typed}.`);
  }
}

async function askFields(fields: Fields, asking: Asking): Promise<Readonly<Record<string, unknown>>> {
  const ask: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const choices = field.options === undefined ? '' : ` One of ${field.options.join(', ')}.`;
    for (;;) {
      const shown = field.show(field.default);
      const typed = await asking.ask(
        `${field.label}: ${field.hint}.${choices} Enter for ${shown === '' ? 'nothing' : shown}.`,
      );
      const read = field.read(typed === '' ? shown : typed);
      if (read.ok) {
        ask[name] = read.value;
        break;
      }
      asking.say(`${read.says}. ${read.next ?? ''}`);
    }
  }
  return ask;
}

/** What a screen reader gets of a line that a terminal and a pipe get differently. */
function spoken(line: NonNullable<TextLine>): string | Uint8Array {
  if (typeof line !== 'object') return line;
  if ('raw' in line) return line.shown;
  return 'aside' in line ? line.aside : line;
}

function speak({experiment, journal, ask}: Run, event: WireEvent, asking: Asking): void {
  const line = experiment.line(event as never, journal.bytesOf(event), ask as never);
  if (line !== undefined) asking.say(visible(spoken(line), {lines: true}));
}

/** Reads a saved journal out, line by line. */
function speakSaved(saved: Saved, {world}: Workbench, asking: Asking): void {
  const experiment = chapterIds.flatMap(experimentsOf).find(({id}) => id === saved.experiment);
  const run = experiment && Run.replay(experiment, saved, world);
  if (run === undefined) asking.say(`There is no experiment ${saved.experiment} here.`);
  else if (!(run instanceof Run)) asking.say(formatProblem(run));
  else {
    asking.say(`A saved journal of ${run.experiment.title}.`);
    for (const event of run.journal) speak(run, event, asking);
    asking.say('The journal ends here.');
  }
}

/** Speaks what a run does, and does what is asked, until it ends or is left. */
async function operate(run: Run, asking: Asking): Promise<void> {
  const {experiment} = run;
  const unsubscribe = run.subscribe(event => {
    if (event !== undefined) speak(run, event, asking);
  });
  const names = Object.keys(experiment.actions);
  void run.ended.then(() =>
    asking.say(run.problem === undefined ? `${experiment.title} has ended.` : formatProblem(run.problem)),
  );
  asking.say(`${experiment.title} is running.`);
  try {
    for (;;) {
      const list = names.map((name, index) => `${index + 1} ${experiment.actions[name]!.title}`).join('; ');
      const typed = await asking.ask(`${list === '' ? '' : `Actions: ${list}. `}Type a number, or m for the menu.`);
      if (typed === 'm') break;
      await doAction(run, names[Number(typed) - 1], asking);
    }
  } finally {
    unsubscribe();
    await run.stop();
  }
}

async function doAction(run: Run, name: string | undefined, asking: Asking): Promise<void> {
  const action = name === undefined ? undefined : run.experiment.actions[name];
  if (name === undefined || action === undefined) {
    asking.say('There is no such action.');
    return;
  }
  const possible = run.possible(name);
  if (possible !== true) {
    asking.say(`Not now: ${possible}.`);
    return;
  }
  if (action.danger !== undefined && (await asking.ask(`${action.danger} Type yes to do it.`)) !== 'yes') return;
  const args = action.fields === undefined ? {} : await askFields(action.fields, asking);
  const problem = await run.act({action: name, args});
  asking.say(problem === undefined ? 'Done.' : formatProblem(problem));
}
