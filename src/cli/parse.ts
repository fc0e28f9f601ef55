import {type AnyExperiment, type ChapterId, chapters, type Step} from '../chapters/contract.ts';
import {nearest} from '../wire/text/nearest.ts';
import {type Ask, flagsOf, readAsk} from './ask.ts';
import {aliases, type Command, type CommandName, commands, isCommand} from './commands.ts';
import {type GeneralName, generalFlags, timeoutField} from './general.ts';
import {good, type Result, wrong} from './result.ts';
import {type Scanned, scan} from './scan.ts';
import {readStep} from './steps.ts';

/** What the command line asks for. */
export type Invocation =
  | {readonly does: 'explore'}
  | {readonly does: 'version'}
  | {readonly does: 'help'; readonly topic: readonly string[]}
  | CommandInvocation
  | ExperimentInvocation;

export interface CommandInvocation {
  readonly does: 'command';
  readonly command: Exclude<CommandName, 'help'>;
  readonly ask: Ask;
  /** The names of the fields that were given. */
  readonly given: ReadonlySet<string>;
  readonly words: readonly string[];
}

export interface ExperimentInvocation {
  readonly does: 'experiment';
  readonly experiment: AnyExperiment;
  readonly ask: Ask;
  readonly json: boolean;
  readonly text: boolean;
  readonly once: boolean;
  readonly batch: boolean;
  readonly steps: readonly Step[];
  readonly timeout?: number;
  readonly save?: string;
}

export interface Known {
  /** All of them, or those of one chapter. Loaded only when they are needed: most commands need none, and others one chapter. */
  experiments(chapter?: ChapterId): Promise<readonly AnyExperiment[]>;
}

/** Reads the command line, the words after `wirebook`. */
export async function parse(argv: readonly string[], known: Known): Promise<Result<Invocation>> {
  const words = expand(argv);
  const [first, second, ...rest] = words;
  if (first === undefined) return good({does: 'explore'});
  if (first === '--version' || first === '-V') return good({does: 'version'});
  if (first === '--help' || first === '-h') return good({does: 'help', topic: []});
  if (isCommand(first)) return parseCommand(first, words.slice(1));
  if (!isChapter(first)) return noCommand(first);
  if (second === undefined || second === '--help' || second === '-h') return good({does: 'help', topic: [first]});
  const experiments = await known.experiments(first);
  const experiment = experiments.find(({id}) => id === `${first}.${second}`);
  return experiment === undefined ? noExperiment(first, second, experiments) : parseExperiment(experiment, rest);
}

export const isChapter = (word: string): word is ChapterId => Object.hasOwn(chapters, word);

/** Puts the words an alias stands for in its place, also after `help`. */
function expand(argv: readonly string[]): readonly string[] {
  const at = argv[0] === 'help' ? 1 : 0;
  const instead = Object.hasOwn(aliases, argv[at] ?? '') ? aliases[argv[at]!] : undefined;
  return instead === undefined ? argv : [...argv.slice(0, at), ...instead, ...argv.slice(at + 1)];
}

function parseCommand(command: CommandName, words: readonly string[]): Result<Invocation> {
  const {fields, short}: Command = commands[command];
  const scanned = scan(words, [...flagsOf(fields, short), {name: 'help', short: 'h'}]);
  if (!scanned.ok) return scanned;
  const {flags, positionals} = scanned.value;
  if (command === 'help') return good({does: 'help', topic: positionals});
  if (flags.some(({name}) => name === 'help')) return good({does: 'help', topic: [command]});
  const ask = readAsk({fields}, {flags, positionals: []});
  if (!ask.ok) return ask;
  return good({
    does: 'command',
    command,
    ask: ask.value,
    given: new Set(flags.map(flag => flag.name)),
    words: positionals,
  });
}

function parseExperiment(experiment: AnyExperiment, words: readonly string[]): Result<Invocation> {
  const scanned = scan(words, [...flagsOf(experiment.fields), ...generalFlags]);
  if (!scanned.ok) return scanned;
  const general = generalOf(scanned.value);
  if (general.has('help')) return good({does: 'help', topic: experiment.id.split('.')});
  const complaint = contradiction(experiment, general);
  if (complaint !== undefined) return complaint;
  const ask = readAsk(experiment, scanned.value);
  if (!ask.ok) return ask;
  const timeout = general.get('timeout')?.at(-1);
  const limit = timeout === undefined ? undefined : timeoutField.read(timeout);
  if (limit?.ok === false) return wrong('usage.value', `--timeout: ${limit.says}`, limit.next);
  const steps: Step[] = [];
  for (const typed of general.get('do') ?? []) {
    const step = readStep(experiment, typed);
    if (!step.ok) return step;
    steps.push(step.value);
  }
  const save = general.get('save')?.at(-1);
  return good({
    does: 'experiment',
    experiment,
    ask: ask.value,
    json: general.has('json'),
    text: general.has('text'),
    once: general.has('once'),
    batch: general.has('batch'),
    steps,
    ...(limit !== undefined && {timeout: limit.value}),
    ...(save !== undefined && {save}),
  });
}

/** The general flags given, each with its values. */
function generalOf({flags}: Scanned): ReadonlyMap<GeneralName, readonly string[]> {
  const given = new Map<GeneralName, string[]>();
  for (const {name} of generalFlags) {
    const values = flags.filter(flag => flag.name === name).map(flag => flag.value);
    if (values.length > 0) given.set(name, values);
  }
  return given;
}

function contradiction(experiment: AnyExperiment, general: ReadonlyMap<GeneralName, unknown>) {
  if (general.has('json') && general.has('text'))
    return wrong('usage.flag', 'There can be --json or --text, not both', 'Leave one out.');
  if (general.has('batch') && experiment.batch === undefined)
    return wrong('usage.flag', `${experiment.id.replace('.', ' ')} answers no --batch`, 'Leave it out.');
  return undefined;
}

export function noCommand(word: string): Result<never> {
  const names = [...Object.keys(chapters), ...Object.keys(commands), ...Object.keys(aliases)];
  if (word.startsWith('-'))
    return wrong(
      'usage.flag',
      `There is no flag ${word} here`,
      'Flags follow an experiment; wirebook help lists them.',
    );
  const near = nearest(word, names);
  const next = near === undefined ? 'wirebook help lists what there is.' : `Did you mean wirebook ${near}?`;
  return wrong('usage.command', `Wirebook has no chapter or command “${word}”`, next);
}

export function noExperiment(chapter: ChapterId, word: string, experiments: readonly AnyExperiment[]): Result<never> {
  const names = experiments.map(({id}) => id.split('.')).flatMap(([of, name]) => (of === chapter ? [name!] : []));
  const near = nearest(word, names);
  const next =
    near === undefined ? `wirebook ${chapter} lists its experiments.` : `Did you mean wirebook ${chapter} ${near}?`;
  return wrong('usage.experiment', `The chapter ${chapters[chapter].title} has no experiment “${word}”`, next);
}
