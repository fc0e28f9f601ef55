import type {PyEntry, PyValue} from '../python/value.ts';

/** What `json.loads` makes of a text, or the exception it raises, in the words of CPython 3.13. */
export type ReadByPython = {readonly ok: true; readonly value: PyValue} | JsonMistake;

export interface JsonMistake {
  readonly ok: false;
  readonly class: 'json.JSONDecodeError' | 'ValueError' | 'RecursionError';
  readonly message: string;
  /** Where in the text, in characters of JavaScript. */
  readonly at: number;
}

/**
 * Reads JSON as CPython's `json.loads` does: `NaN` and `Infinity` are read although they are no JSON, integers keep all
 * their digits, and of equal keys the last value is kept in the place of the first.
 */
export function readJsonAsPython(text: string): ReadByPython {
  try {
    if (text.startsWith('\ufeff')) throw mistake(text, 0, 'Unexpected UTF-8 BOM (decode using utf-8-sig)');
    const reader = new Reader(text);
    const value = reader.value(reader.space(0), 0);
    const end = reader.space(reader.at);
    if (end < text.length) throw mistake(text, end, 'Extra data');
    return {ok: true, value};
  } catch (error) {
    if (error instanceof Mistaken) return error.mistake;
    throw error;
  }
}

class Mistaken extends Error {
  readonly mistake: JsonMistake;

  constructor(found: JsonMistake) {
    super(found.message);
    this.mistake = found;
  }
}

/** Levels of nesting. CPython's own limit depends on how deep its stack already is; it is near 1000. */
const deepest = 900;

const firstTooLong = 4300;

class Reader {
  readonly #text: string;
  /** After the value that was read last. */
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  space(from: number): number {
    let at = from;
    while (' \t\n\r'.includes(this.#text[at] ?? 'x')) at++;
    return at;
  }

  value(at: number, depth: number): PyValue {
    const first = this.#text[at];
    if (first === '"') return {t: 'str', v: this.#string(at + 1)};
    if (first === '{' || first === '[') {
      if (depth >= deepest) throw this.#deep(at);
      return first === '{' ? this.#object(at + 1, depth + 1) : this.#array(at + 1, depth + 1);
    }
    for (const [word, value] of words)
      if (this.#text.startsWith(word, at)) {
        this.at = at + word.length;
        return value;
      }
    return this.#number(at);
  }

  #array(from: number, depth: number): PyValue {
    const items: PyValue[] = [];
    let at = this.space(from);
    if (this.#text[at] === ']') return this.#closed(at, {t: 'list', v: items});
    for (;;) {
      items.push(this.value(at, depth));
      at = this.space(this.at);
      if (this.#text[at] === ']') return this.#closed(at, {t: 'list', v: items});
      at = this.#comma(at, ']', 'array');
    }
  }

  #object(from: number, depth: number): PyValue {
    const entries = new Map<string, PyEntry>();
    let at = this.space(from);
    if (this.#text[at] === '}') return this.#closed(at, {t: 'dict', v: []});
    for (;;) {
      if (this.#text[at] !== '"') throw this.#wrong(at, 'Expecting property name enclosed in double quotes');
      const key = this.#string(at + 1);
      at = this.space(this.at);
      if (this.#text[at] !== ':') throw this.#wrong(at, "Expecting ':' delimiter");
      const value = this.value(this.space(at + 1), depth);
      entries.set(key, [{t: 'str', v: key}, value]);
      at = this.space(this.at);
      if (this.#text[at] === '}') return this.#closed(at, {t: 'dict', v: [...entries.values()]});
      at = this.#comma(at, '}', 'object');
    }
  }

  /** The beginning of what follows the comma. */
  #comma(at: number, close: string, what: string): number {
    if (this.#text[at] !== ',') throw this.#wrong(at, "Expecting ',' delimiter");
    const next = this.space(at + 1);
    if (this.#text[next] === close) throw this.#wrong(at, `Illegal trailing comma before end of ${what}`);
    return next;
  }

  #closed(at: number, value: PyValue): PyValue {
    this.at = at + 1;
    return value;
  }

  #string(start: number): string {
    let read = '';
    for (let at = start; ; ) {
      const character = this.#text[at];
      if (character === undefined) throw this.#wrong(start - 1, 'Unterminated string starting at');
      if (character === '"') {
        this.at = at + 1;
        return read;
      }
      if (character < ' ') throw this.#wrong(at, 'Invalid control character at');
      if (character !== '\\') {
        read += character;
        at++;
        continue;
      }
      const escaped = this.#text[at + 1];
      if (escaped === undefined) throw this.#wrong(start - 1, 'Unterminated string starting at');
      if (escaped === 'u') {
        const digits = this.#text.slice(at + 2, at + 6);
        if (!/^[0-9a-f]{4}$/i.test(digits)) throw this.#wrong(at + 1, 'Invalid \\uXXXX escape');
        read += String.fromCharCode(Number.parseInt(digits, 16));
        at += 6;
      } else {
        const meant = escapes[escaped];
        if (meant === undefined) throw this.#wrong(at, 'Invalid \\escape');
        read += meant;
        at += 2;
      }
    }
  }

  #number(at: number): PyValue {
    numbers.lastIndex = at;
    const [whole, digits, fraction, exponent] = numbers.exec(this.#text) ?? [];
    if (whole === undefined || digits === undefined) throw this.#wrong(at, 'Expecting value');
    this.at = at + whole.length;
    if (fraction !== undefined || exponent !== undefined) return {t: 'float', v: Number(whole)};
    const count = digits.replace('-', '').length;
    if (count <= firstTooLong) return {t: 'int', v: BigInt(digits)};
    const message = `Exceeds the limit (4300 digits) for integer string conversion: value has ${count} digits; use sys.set_int_max_str_digits() to increase the limit`;
    throw new Mistaken({ok: false, class: 'ValueError', message, at});
  }

  #deep(at: number): Mistaken {
    const message = `nested more than ${deepest} deep, where Python gives up at about 1000`;
    return new Mistaken({ok: false, class: 'RecursionError', message, at});
  }

  #wrong(at: number, says: string): Mistaken {
    return mistake(this.#text, at, says);
  }
}

const words: readonly (readonly [string, PyValue])[] = [
  ['null', {t: 'none'}],
  ['true', {t: 'bool', v: true}],
  ['false', {t: 'bool', v: false}],
  ['NaN', {t: 'float', v: Number.NaN}],
  ['Infinity', {t: 'float', v: Number.POSITIVE_INFINITY}],
  ['-Infinity', {t: 'float', v: Number.NEGATIVE_INFINITY}],
];

const numbers = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Lines and columns count from 1, and in characters as Python counts them: those beyond U+FFFF are one. */
function mistake(text: string, at: number, says: string): Mistaken {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = characters(before.slice(before.lastIndexOf('\n') + 1)) + 1;
  const message = `${says}: line ${line} column ${column} (char ${characters(before)})`;
  return new Mistaken({ok: false, class: 'json.JSONDecodeError', message, at});
}

function characters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
