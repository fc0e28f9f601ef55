import {nearest} from '../wire/text/nearest.ts';
import {type Failure, good, type Result, wrong} from './result.ts';

/** A flag the command line may carry. `value` names what it takes (`S`, `FILE`); without it, it is there or not. */
export interface Flag {
  readonly name: string;
  readonly value?: string;
  /** `--no-name` is understood, and so is `--name=no`. */
  readonly negatable?: boolean;
  readonly short?: string;
}

export interface Scanned {
  /** In the order they stood; `value` is `''` for a bare flag and `no` for `--no-flag`. */
  readonly flags: readonly {readonly name: string; readonly value: string}[];
  readonly positionals: readonly string[];
}

/** Parts words into flags and positionals. After `--` everything is positional; so are `-`, numbers and `-inf`. */
export function scan(words: readonly string[], known: readonly Flag[]): Result<Scanned> {
  const flags: {name: string; value: string}[] = [];
  const positionals: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') {
      positionals.push(...words.slice(at + 1));
      break;
    }
    if (isPositional(word)) {
      positionals.push(word);
      continue;
    }
    const read = readFlag(word, words[at + 1], known);
    if (!read.ok) return read;
    const {name, value, took} = read.value;
    flags.push({name, value});
    if (took) at++;
  }
  return good({flags, positionals});
}

/** What a flag is called on the command line: `sendBuffer` is `--send-buffer`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

const isPositional = (word: string) => !word.startsWith('-') || /^-($|[.\d]|inf|nan)/i.test(word);

interface ReadFlag {
  readonly name: string;
  readonly value: string;
  /** True when the following word was the value. */
  readonly took: boolean;
}

function readFlag(word: string, following: string | undefined, known: readonly Flag[]): Result<ReadFlag> {
  const [, dashes, typed, , given] = /^(--?)([^=]*)(=(.*))?$/s.exec(word)!;
  const flag = find(dashes!, typed!, known);
  const short = flag === undefined && dashes === '-' ? attached(typed!, known) : undefined;
  if (short !== undefined) return good({name: short.name, value: word.slice(2), took: false});
  if (flag === undefined) return unknown(word, typed!, known);
  const {name, value} = flag;
  const off = flag.negatable === true && typed === `no-${kebab(name)}`;
  if (value === undefined) {
    if (given !== undefined && (off || flag.negatable !== true))
      return wrong('usage.flag', `${dashes}${typed} takes no value`, `Leave out “=${given}”.`);
    return good({name, value: off ? 'no' : (given ?? ''), took: false});
  }
  if (given !== undefined) return good({name, value: given, took: false});
  if (following !== undefined && !/^--[a-z]/.test(following)) return good({name, value: following, took: true});
  return wrong('usage.flag', `${dashes}${typed} needs a value`, `Write --${kebab(name)}=${value}.`);
}

/** `-c8` is `-c 8`. */
function attached(typed: string, known: readonly Flag[]): Flag | undefined {
  return known.find(({short, value}) => value !== undefined && short !== undefined && typed[0] === short);
}

function find(dashes: string, typed: string, known: readonly Flag[]): Flag | undefined {
  if (dashes === '-') return known.find(({short}) => short !== undefined && short === typed);
  return known.find(
    ({name, negatable}) =>
      typed === name || typed === kebab(name) || (negatable === true && typed === `no-${kebab(name)}`),
  );
}

function unknown(word: string, typed: string, known: readonly Flag[]): Failure {
  const names = known.map(({name}) => kebab(name));
  const near = nearest(typed, names);
  const next = near === undefined ? 'Add --help to see those there are.' : `Did you mean --${near}?`;
  const bare = word.startsWith('--') ? '' : ' To give it as a value, put -- before it.';
  return wrong('usage.flag', `There is no flag ${word.replace(/=.*/s, '')} here`, next + bare);
}
