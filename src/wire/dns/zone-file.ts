import {recordText} from './dig-record.ts';
import {parseName} from './name.ts';
import {Lexer, TextMistake, type Token} from './rdata/lexer.ts';
import {rdataOf} from './rdata/parse.ts';
import {parsePeriod} from './rdata/period.ts';
import {Words} from './rdata/words.ts';
import {className, classNumber, typeName, typeNumber} from './tables.ts';
import type {ResourceRecord} from './types.ts';

export interface ZoneOptions {
  /** Relative names are below it, until $ORIGIN says otherwise. Absolute. Default: the root. */
  readonly origin?: string;
  /** Seconds, for records before any TTL is known. Default: that of the SOA's last field, or 3600. */
  readonly ttl?: number;
}

export interface ZoneFault {
  /** Counted from 1. */
  readonly line: number;
  /** A sentence, with no period at its end. */
  readonly says: string;
}

export interface ZoneRead {
  readonly records: readonly ResourceRecord[];
  readonly faults: readonly ZoneFault[];
}

/** Reads a master file (RFC 1035 §5.1, $TTL of RFC 2308 §4). A faulty entry is told with its line, and the others are kept. */
export function parseZone(text: string, {origin = '.', ttl}: ZoneOptions = {}): ZoneRead {
  const state: State = {
    origin,
    owner: undefined,
    ttl: undefined,
    defaultTtl: undefined,
    fallback: ttl,
    zoneClass: undefined,
  };
  const lexer = new Lexer(text);
  const records: ResourceRecord[] = [];
  const faults: ZoneFault[] = [];
  const lines = lineCounter(text);
  if (text !== '')
    do {
      try {
        const record = entry(lexer, state);
        if (record !== undefined) records.push(record);
      } catch (error) {
        if (!(error instanceof TextMistake)) throw error;
        faults.push({line: lines(error.at), says: error.message.replace(/\.$/, '')});
      }
    } while (lexer.nextEntry());
  return {records, faults};
}

/** Records as a master file, as {@link parseZone} and servers that know the types read it: absolute names, one record on a line. */
export function zoneText(records: Iterable<ResourceRecord>): string {
  let text = '';
  for (const record of records) text += `${recordText(record)}\n`;
  return text;
}

interface State {
  origin: string;
  owner: string | undefined;
  /** Of the record before. */
  ttl: number | undefined;
  /** What $TTL said. */
  defaultTtl: number | undefined;
  fallback: number | undefined;
  zoneClass: number | undefined;
}

function entry(lexer: Lexer, state: State): ResourceRecord | undefined {
  const indented = /[ \t]/.test(lexer.text[lexer.at] ?? '');
  const first = lexer.peek();
  if (first === undefined) return undefined;
  if (!indented && !first.quoted && first.text.startsWith('$')) {
    lexer.next();
    directive(first, lexer, state);
    return undefined;
  }
  const words = new Words(lexer, state.origin);
  if (!indented) state.owner = words.name('the owner').text;
  if (state.owner === undefined)
    throw new TextMistake(first.at, 'A line that starts with a blank repeats the owner before it, and there is none');
  return record(state.owner, words, state);
}

function record(name: string, words: Words, state: State): ResourceRecord {
  let ttl: number | undefined;
  let code: number | undefined;
  let token = words.take('the type');
  for (;;) {
    const seconds = ttl === undefined && /^\d/.test(token.text) ? parsePeriod(token.text) : undefined;
    const named = seconds === undefined && code === undefined ? zoneClassNumber(token.text) : undefined;
    if (seconds === undefined && named === undefined) break;
    ttl ??= seconds;
    code ??= named;
    token = words.take('the type');
  }
  const type = dataType(token);
  const zoneClass = code ?? state.zoneClass ?? 1;
  if (state.zoneClass !== undefined && zoneClass !== state.zoneClass)
    throw new TextMistake(
      token.at,
      `All records of a zone have one class, here ${className(state.zoneClass)} (RFC 1035 §5.2)`,
    );
  const data = rdataOf(type, words);
  state.zoneClass = zoneClass;
  if (type === 6) state.fallback ??= minimumOf(data);
  const seconds = ttl ?? state.defaultTtl ?? state.ttl ?? state.fallback ?? 3600;
  if (ttl !== undefined) state.ttl = ttl;
  return {name, type, class: zoneClass, ttl: seconds, data};
}

function zoneClassNumber(text: string): number | undefined {
  const code = classNumber(text);
  return code === undefined || code >= 254 ? undefined : code;
}

/** Types of questions and of messages stand in no zone (RFC 6895 §3.1). */
function dataType(token: Token): number {
  const type = token.quoted ? undefined : typeNumber(token.text);
  if (type === undefined) throw new TextMistake(token.at, `"${token.text}" is not a type of record`);
  if (type === 0 || type === 41 || (type >= 128 && type <= 255))
    throw new TextMistake(token.at, `${typeName(type)} is a type of questions and messages, and stands in no zone`);
  return type;
}

function directive(token: Token, lexer: Lexer, state: State): void {
  const name = token.text.toUpperCase();
  const act = Object.hasOwn(directives, name) ? directives[name] : undefined;
  if (act === undefined) throw new TextMistake(token.at, `${token.text} is not known: $ORIGIN and $TTL are`);
  const words = new Words(lexer, state.origin);
  const apply = act(words, state, token);
  const more = lexer.next();
  if (more !== undefined) throw new TextMistake(more.at, `"${more.text}" is one word too many for ${name}`);
  apply();
}

/** Each reads its words, and gives what is done when no word is left over. */
const directives: Readonly<Record<string, (words: Words, state: State, token: Token) => () => void>> = {
  $ORIGIN(words, state) {
    const token = words.take('the name of the origin');
    const parsed = parseName(token.text, state.origin);
    if (!parsed.ok) throw new TextMistake(token.at + parsed.at, parsed.says);
    return () => {
      state.origin = parsed.name;
    };
  },
  $TTL(words, state) {
    const token = words.take('the time to live');
    const seconds = parsePeriod(token.text);
    if (seconds === undefined)
      throw new TextMistake(token.at, `A time to live is a number of seconds, or like 1h30m, not "${token.text}"`);
    return () => {
      state.defaultTtl = seconds;
    };
  },
  $INCLUDE(_words, _state, token) {
    throw new TextMistake(token.at, '$INCLUDE is not followed: put the records of that file here');
  },
  $GENERATE(_words, _state, token) {
    throw new TextMistake(token.at, '$GENERATE belongs to BIND and not to master files: write the records out');
  },
};

/** The last field of an SOA. */
function minimumOf(data: Uint8Array): number {
  return new DataView(data.buffer, data.byteOffset, data.length).getUint32(data.length - 4);
}

/** Gives the line of a place. Places come in order, more or less, so it counts on from the one before. */
function lineCounter(text: string): (at: number) => number {
  let counted = 0;
  let line = 1;
  return at => {
    if (at < counted) [counted, line] = [0, 1];
    for (let next = text.indexOf('\n', counted); next !== -1 && next < at; next = text.indexOf('\n', counted)) {
      counted = next + 1;
      line++;
    }
    return line;
  };
}
