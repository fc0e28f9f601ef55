import {type AnyExperiment, chapters} from '../chapters/contract.ts';
import {flagsOf} from './ask.ts';
import {aliases, type Command, commands} from './commands.ts';
import {generalFlags} from './general.ts';
import {kebab} from './scan.ts';
import {bashScript} from './shells/bash.ts';
import {fishScript} from './shells/fish.ts';
import {zshScript} from './shells/zsh.ts';

/** Something that may be typed next. */
export interface Candidate {
  readonly word: string;
  readonly says: string;
}

/** A place on the command line: the words that lead there, and what may follow them. */
export interface Place {
  /** `tcp half-close`; the empty text is the start. */
  readonly path: string;
  readonly words: readonly Candidate[];
  readonly flags: readonly FlagCandidate[];
  /** True when a file name may be given. */
  readonly files: boolean;
}

export interface FlagCandidate extends Candidate {
  /** True when a value follows. */
  readonly takes: boolean;
  /** What the value may be, if it is one of a few. */
  readonly values: readonly string[];
}

/** A completion script, or `undefined` for a shell that is not known. */
export function completions(shell: string, experiments: readonly AnyExperiment[]): string | undefined {
  if (!Object.hasOwn(shells, shell)) return undefined;
  return shells[shell]!(places(experiments));
}

const shells: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Every place where something can be completed. */
export function places(experiments: readonly AnyExperiment[]): readonly Place[] {
  const top: Candidate[] = [
    ...Object.entries(chapters).map(([word, {number, title}]) => ({word, says: `chapter ${number}: ${title}`})),
    ...Object.entries(commands).map(([word, {says}]) => ({word, says})),
    ...Object.entries(aliases).map(([word, instead]) => ({word, says: `wirebook ${instead.join(' ')}`})),
  ];
  const start: Place = {path: '', words: top, flags: [bare('help', ''), bare('version', '')], files: false};
  const ofExperiments = experiments.map(experimentPlace);
  const ofAliases = Object.entries(aliases).flatMap(([path, instead]) =>
    ofExperiments.filter(place => place.path === instead.join(' ')).map(place => ({...place, path})),
  );
  return [
    start,
    ...chapterPlaces(experiments),
    ...ofExperiments,
    ...ofAliases,
    ...Object.entries(commands).map(commandPlace),
  ];
}

function chapterPlaces(experiments: readonly AnyExperiment[]): readonly Place[] {
  return Object.keys(chapters).map(chapter => {
    const own = experiments.filter(({id}) => id.startsWith(`${chapter}.`));
    const words = own.map(({id, title}) => ({word: id.slice(chapter.length + 1), says: title}));
    return {path: chapter, words, flags: [bare('help', 'list its experiments')], files: false};
  });
}

function experimentPlace({id, fields, positionals = []}: AnyExperiment): Place {
  const first = fields[positionals[0] ?? '']?.options ?? [];
  const words = first.map(word => ({word, says: ''}));
  const general = generalFlags.map(flag => ({
    ...bare(flag.name, flag.says),
    takes: 'value' in flag,
  }));
  return {path: id.replace('.', ' '), words, flags: [...fieldFlags(fields), ...general], files: true};
}

function commandPlace([path, command]: readonly [string, Command]): Place {
  const words = (command.words ?? []).map(word => ({word, says: ''}));
  return {path, words, flags: fieldFlags(command.fields), files: command.takes.includes('FILE')};
}

function fieldFlags(fields: AnyExperiment['fields']): readonly FlagCandidate[] {
  return flagsOf(fields).map(({name, value}) => {
    const field = fields[name]!;
    const off = field.input === 'flag' && field.default === true ? 'no-' : '';
    const says = field.hint === '' ? field.label : field.hint;
    return {
      word: `--${off}${kebab(name)}`,
      says,
      takes: value !== undefined,
      values: value === undefined ? [] : (field.options ?? []),
    };
  });
}

const bare = (name: string, says: string): FlagCandidate => ({word: `--${name}`, says, takes: false, values: []});
