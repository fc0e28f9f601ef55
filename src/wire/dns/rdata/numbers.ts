import {algorithmNumber, responseCodeName, responseCodeNumber, typeName, typeNumber} from '../tables.ts';
import {type Field, type FieldKind, meant} from './kind.ts';
import {TextMistake, type Token} from './lexer.ts';
import {parsePeriod} from './period.ts';
import type {RdataReader} from './reader.ts';
import {parseTime, timeText} from './time.ts';

export const u8 = plainNumber(1);
export const u16 = plainNumber(2);
export const u32 = plainNumber(4);
export const u48 = plainNumber(6);

/** Seconds, which people may write as `1h30m` (RFC 2308 §4 tells of it, servers took it up). */
export const period = numberKind(4, {
  write(token) {
    const seconds = parsePeriod(token.text);
    if (seconds === undefined)
      throw new TextMistake(token.at, `A time is a number of seconds, or like 1h30m, not "${token.text}".`);
    return seconds;
  },
});

/** RFC 4034 §3.2: `20261201033000`, or the number of seconds since 1970. */
export const time = numberKind(4, {
  text: timeText,
  write(token) {
    const seconds = parseTime(token.text);
    if (seconds === undefined)
      throw new TextMistake(
        token.at,
        `A time here is YYYYMMDDHHMMSS in UTC, or seconds since 1970, not "${token.text}".`,
      );
    return seconds;
  },
});

/** A DNSSEC algorithm: master files have its number, and may have its mnemonic (RFC 4034 appendix A.1). */
export const algorithm = numberKind(1, {write: (token, what) => named(token, what, 0xff, algorithmNumber)});

/** A type of record by its name. */
export const coveredType = numberKind(2, {
  text: typeName,
  write(token) {
    const type = typeNumber(token.text);
    if (type === undefined) throw new TextMistake(token.at, `"${token.text}" is not a type of record.`);
    return type;
  },
});

/** The type that a SIG covers: 0 for a whole message (RFC 2931 §3), and a number for one without a name. */
export const oldCoveredType = numberKind(2, {
  text: oldTypeName,
  write: (token, what) => named(token, what, 0xffff, typeNumber),
});

function oldTypeName(type: number): string {
  const name = typeName(type);
  return name === `TYPE${type}` ? String(type) : name;
}

/** The error of TSIG and TKEY: a response code by its name (RFC 8945 §5.3). */
export const errorCode = numberKind(2, {
  text: transactionError,
  write: (token, what) =>
    named(token, what, 0xffff, text => transactionErrors.get(text.toUpperCase()) ?? responseCodeNumber(text)),
});

export interface NumberForms {
  /** What it is shown as; by default the digits. */
  readonly text?: (number: number) => string;
  readonly write: (token: Token, what: string) => number;
}

export function numberKind(size: number, forms: NumberForms): FieldKind {
  return {
    size,
    read(reader, field) {
      addNumber(reader, field, size, forms);
    },
    write(words, bytes, {name}) {
      bytes.number(forms.write(words.take(`the ${spoken(name)}`), spoken(name)), size);
    },
  };
}

/** `keyTag` is said as "key tag". */
export function spoken(name: string): string {
  return name.replace(/[A-Z]/g, letter => ' ' + letter.toLowerCase());
}

/** A number, or a word that stands for one. */
export function named(token: Token, what: string, most: number, find: (text: string) => number | undefined): number {
  const value = /^\d+$/.test(token.text) ? Number(token.text) : find(token.text);
  if (value === undefined || value > most)
    throw new TextMistake(
      token.at,
      `The ${what} is a number from 0 to ${most}, or a name that is known, not "${token.text}".`,
    );
  return value;
}

function plainNumber(size: number): FieldKind {
  const most = 256 ** size - 1;
  return numberKind(size, {
    write(token, what) {
      const value = /^\d+$/.test(token.text) ? Number(token.text) : Number.NaN;
      if (!(value <= most))
        throw new TextMistake(token.at, `The ${what} is a number from 0 to ${most}, not "${token.text}".`);
      return value;
    },
  });
}

function addNumber(reader: RdataReader, {name, meaning}: Field, size: number, forms: NumberForms): void {
  const offset = reader.at;
  const number = reader.number(size, name);
  const value = forms.text === undefined ? String(number) : forms.text(number);
  reader.add(offset, {name, value, meaning: meant(meaning, value)});
}

/** 16 to 18 mean something else here than in EDNS, where 16 is BADVERS. */
const transactionErrors = new Map([
  ['BADSIG', 16],
  ['BADKEY', 17],
  ['BADTIME', 18],
  ['BADMODE', 19],
  ['BADNAME', 20],
  ['BADALG', 21],
  ['BADTRUNC', 22],
]);

function transactionError(code: number): string {
  for (const [name, number] of transactionErrors) if (number === code) return name;
  const name = responseCodeName(code);
  return name.startsWith('RCODE') ? String(code) : name;
}
