import type {JsonSchema} from '../journal/shape.ts';

/** What came of reading a typed text: a value, or a sentence and a next step. `at` is the offset of the mistake. */
export type Read<T> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly says: string; readonly next?: string; readonly at?: number};

/**
 * One thing an experiment asks for. It makes the form's line, the command's flag, its help, its completion and its
 * JSON schema.
 */
export interface Field<T> {
  readonly label: string;
  /** One line under the field: unit, range, what it changes. */
  readonly hint: string;
  readonly default: T;
  /** How the value is typed; `choice` and `flag` are picked instead. */
  readonly input: 'text' | 'integer' | 'number' | 'choice' | 'flag';
  readonly options?: readonly string[];
  /** Set when the flag may be given again and again: what stands between the values then. */
  readonly repeated?: string;
  /** How the remaining words of a command line become its text. Default: with `, ` between. */
  join?(words: readonly string[]): string;
  readonly schema: JsonSchema;
  read(typed: string): Read<T>;
  /** The text that `read` turns into this value again. */
  show(value: T): string;
}

export type Fields = {readonly [name: string]: Field<unknown>};

/** The values these fields ask for. */
export type AskOf<F extends Fields> = {readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never};

interface Words<T> {
  readonly label: string;
  readonly hint?: string;
  readonly default: T;
}

/** Free text. `check` gives the complaint about a text that cannot be meant. */
export function textField(
  words: Words<string> & {readonly check?: (text: string) => string | undefined; readonly repeated?: string},
): Field<string> {
  return {
    ...base(words, 'text', {type: 'string'}),
    ...(words.repeated !== undefined && {repeated: words.repeated}),
    read(typed) {
      const complaint = words.check?.(typed);
      return complaint === undefined ? {ok: true, value: typed} : {ok: false, says: complaint};
    },
    show: value => value,
  };
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly unit?: string;
}

/** A whole number within bounds, both included. Hexadecimal (`0x…`) and `_` between digits are understood. */
export function integerField(words: Words<number> & Bounds): Field<number> {
  const {from, to, unit} = words;
  return {
    ...base(words, 'integer', {type: 'integer', minimum: from, maximum: to}),
    hint: words.hint ?? `${from} to ${to}${unit === undefined ? '' : ` ${unit}`}`,
    read(typed) {
      const digits = typed.trim().replace(/(?<=\d)_(?=\d)/g, '');
      if (!/^[+-]?(\d+|0x[0-9a-f]+)$/i.test(digits))
        return {ok: false, says: `“${typed}” is not a whole number`, next: `Type one from ${from} to ${to}.`};
      const size = Number(digits.replace(/^[+-]/, ''));
      const value = digits.startsWith('-') && size > 0 ? -size : size;
      if (value < from || value > to)
        return {
          ok: false,
          says: `${words.label} must be from ${from} to ${to}`,
          next: `Type ${value < from ? from : to} or a number between.`,
        };
      return {ok: true, value};
    },
    show: String,
  };
}

/** A length of time in seconds; `250ms` and `2s` are understood. 0 means none where the hint says so. */
export function secondsField(words: Words<number> & Bounds): Field<number> {
  const {from, to} = words;
  return {
    ...base(words, 'number', {type: 'number', minimum: from, maximum: to}),
    read(typed) {
      const match = /^(\d+(?:\.\d*)?(?:e-?\d+)?|\.\d+)\s*(ms|s|)$/.exec(typed.trim());
      if (match === null)
        return {ok: false, says: `“${typed}” is not a length of time`, next: 'Type seconds such as 2.5, or 250ms.'};
      const value = Number(match[1]) / (match[2] === 'ms' ? 1000 : 1);
      return value < from || value > to
        ? {ok: false, says: `${words.label} must be from ${from} to ${to} s`}
        : {ok: true, value};
    },
    show: String,
  };
}

/** A port. 0 is taken only where a socket is bound: the kernel then chooses. */
export function portField(
  words: Partial<Words<number>> & {readonly default: number; readonly zero?: boolean},
): Field<number> {
  const from = words.zero === true ? 0 : 1;
  const hint = words.hint ?? (from === 0 ? '1 to 65535, or 0: the kernel chooses a free one' : '1 to 65535');
  const field = integerField({label: 'Port', ...words, hint, from, to: 65_535});
  return {
    ...field,
    read(typed) {
      const read = field.read(typed);
      if (read.ok) return read;
      if (/^\s*0\s*$/.test(typed))
        return {ok: false, says: 'Nobody can listen on port 0', next: 'Type the port the server printed.'};
      return {...read, next: `A port is a number from ${from} to 65535.`};
    },
  };
}

export function choiceField<const T extends readonly string[]>(
  words: Words<T[number]> & {readonly options: T},
): Field<T[number]> {
  const {options} = words;
  return {
    ...base(words, 'choice', {enum: options}),
    options,
    hint: words.hint ?? options.join(', '),
    read(typed) {
      const exact = options.find(option => option === typed.trim());
      if (exact !== undefined) return {ok: true, value: exact};
      const starts = options.filter(option => option.startsWith(typed.trim()));
      if (starts.length === 1) return {ok: true, value: starts[0]!};
      return {ok: false, says: `${words.label} has no choice “${typed}”`, next: `Choose one of ${options.join(', ')}.`};
    },
    show: value => value,
  };
}

export function flagField(words: Words<boolean>): Field<boolean> {
  return {
    ...base(words, 'flag', {type: 'boolean'}),
    options: ['yes', 'no'],
    read(typed) {
      if (/^(yes|y|true|on|1|)$/i.test(typed.trim())) return {ok: true, value: true};
      if (/^(no|n|false|off|0)$/i.test(typed.trim())) return {ok: true, value: false};
      return {ok: false, says: `“${typed}” is neither yes nor no`, next: 'Type yes or no.'};
    },
    show: value => (value ? 'yes' : 'no'),
  };
}

/** The default of every field. */
export function defaultsOf<F extends Fields>(fields: F): AskOf<F> {
  const entries = Object.entries(fields).map(([name, field]) => [name, field.default]);
  return Object.fromEntries(entries) as AskOf<F>;
}

function base<T>(words: Words<T>, input: Field<T>['input'], schema: JsonSchema) {
  const described = {...schema, description: words.hint ?? words.label, default: words.default};
  return {label: words.label, hint: words.hint ?? '', default: words.default, input, schema: described};
}
