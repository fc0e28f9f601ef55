import type {AnyExperiment} from '../chapters/contract.ts';
import {defaultsOf, type Field, type Fields} from '../chapters/fields.ts';
import {type Failure, good, type Result, wrong} from './result.ts';
import {type Flag, kebab, type Scanned} from './scan.ts';

export type Ask = Readonly<Record<string, unknown>>;

/** The part of an experiment, or of one of its actions, that says what may be given. */
export type Asking = Pick<AnyExperiment, 'fields' | 'positionals' | 'marked' | 'rest' | 'withoutRest'>;

/** The flags that fields make; `short` gives some of them a letter. */
export function flagsOf(fields: Fields, short: Readonly<Record<string, string>> = {}): readonly Flag[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    ...(field.input === 'flag' ? {negatable: true} : {value: valueName(name, field)}),
    ...(short[name] !== undefined && {short: short[name]}),
  }));
}

/** What a field's value is called in a synopsis: `PORT`, or its choices while they are few. */
export function valueName(name: string, field: Field<unknown>): string {
  return listsChoices(field) ? field.options!.join('|') : kebab(name).toUpperCase();
}

/** Whether the choices stand in the synopsis; more than a line holds are named in the explanation instead. */
export function listsChoices({options}: Field<unknown>): boolean {
  return options !== undefined && options.join('|').length <= 80;
}

/** Reads scanned words with the fields they are for. What is not given keeps its default. */
export function readAsk(asking: Asking, scanned: Scanned): Result<Ask> {
  const placed = place(asking, scanned.positionals, new Set(scanned.flags.map(({name}) => name)));
  if (!placed.ok) return placed;
  const ask: Record<string, unknown> = {...defaultsOf(asking.fields)};
  const given = new Map<string, string>();
  for (const {name, value} of [...placed.value, ...scanned.flags]) {
    const between = asking.fields[name]?.repeated;
    const before = between === undefined ? undefined : given.get(name);
    given.set(name, before === undefined ? value : `${before}${between}${value}`);
  }
  for (const [name, typed] of given) {
    const field = asking.fields[name];
    if (field === undefined) continue;
    const read = field.read(typed);
    if (!read.ok) return complaint(name, typed, read);
    ask[name] = read.value;
  }
  return good(ask);
}

type Typed = Scanned['flags'];

/**
 * Gives the words without a flag to the fields that may stand without one. A field that a flag has given takes no word, so
 * that `listen --port 80 reply` is understood and no word is ever ignored.
 */
function place(
  {fields, positionals = [], marked = {}, rest, withoutRest}: Asking,
  words: readonly string[],
  given: ReadonlySet<string>,
): Result<Typed> {
  const typed: {name: string; value: string}[] = [];
  const markOf = (word: string) => (word.length > 1 && Object.hasOwn(marked, word[0]!) ? marked[word[0]!] : undefined);
  for (const word of words) {
    const name = markOf(word);
    if (name !== undefined) typed.push({name, value: word.slice(1)});
  }
  const left = words.filter(word => markOf(word) === undefined);
  const taken = (name: string) => given.has(name) && fields[name]?.repeated === undefined;
  const names = positionals.filter(name => name !== rest && !taken(name));
  while (left.length > 0 && names.length > 0) {
    const name = names.shift()!;
    const word = left.shift()!;
    const both = name === 'host' && fields.port !== undefined ? splitHostPort(word) : undefined;
    if (both === undefined) typed.push({name, value: word});
    else {
      typed.push({name, value: both.host}, {name: 'port', value: both.port});
      if (names[0] === 'port') names.shift();
    }
  }
  const complete = rest !== undefined && names.length === 0 && words.length > 0;
  // Put first, so that a flag of the same name wins.
  if (left.length === 0 && complete && withoutRest !== undefined)
    return good([{name: rest, value: withoutRest}, ...typed]);
  if (left.length === 0) return good(typed);
  if (rest !== undefined) return good([...typed, {name: rest, value: fields[rest]?.join?.(left) ?? left.join(', ')}]);
  const next =
    positionals.length === 0 ? 'Give values with flags: add --help to see them.' : `Expected ${places(positionals)}.`;
  return wrong('usage.positional', `“${left[0]}” has no place here`, next);
}

const places = (names: readonly string[]) => names.map(name => kebab(name).toUpperCase()).join(' ');

/** `HOST:PORT`, `[::1]:80` or `[::1]`; an address of version 6 without brackets has no port. */
function splitHostPort(word: string): {host: string; port: string} | undefined {
  const match = /^\[([^\]]*)\]:(.*)$/.exec(word) ?? /^([^:]+):([^:]*)$/.exec(word);
  return match === null ? undefined : {host: match[1]!, port: match[2]!};
}

function complaint(name: string, typed: string, read: {says: string; next?: string; at?: number}): Failure {
  const {says, next, at} = read;
  const failure = wrong('usage.value', `--${kebab(name)}: ${says}`, next);
  if (at === undefined || /[\n\r]/.test(typed)) return failure;
  return {...failure, problem: {...failure.problem, mark: {text: typed, at}}};
}
