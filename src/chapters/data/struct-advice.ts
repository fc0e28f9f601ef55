import {repr} from '../../wire/python/repr.ts';
import type {PyValue} from '../../wire/python/value.ts';
import {codes} from '../../wire/struct/codes.ts';
import type {StructError} from '../../wire/struct/error.ts';
import type {LayoutEntry, LayoutValue} from '../../wire/struct/layout.ts';
import {counted} from '../../wire/text/counted.ts';

/** What was being done when Python refused it. */
export interface Attempt {
  readonly format: string;
  /** Empty when the format itself is refused. */
  readonly layout: readonly LayoutEntry[];
  readonly values: readonly PyValue[];
  /** How many bytes were given to unpack. */
  readonly given: number;
}

/** The next step after an error of `struct`; undefined where Python's own words leave nothing to add. */
export function adviceFor(error: StructError, attempt: Attempt): string | undefined {
  const {message} = error;
  if (message === 'bad char in struct format') return adviceForCharacter(error, attempt.format);
  if (message === 'repeat count given without format specifier') return 'Write a code behind the number: 3i.';
  if (/^pack expected/.test(message)) return adviceForCount(attempt);
  if (/^(unpack|iterative unpacking) requires/.test(message)) return `${counted(attempt.given, 'byte')} given.`;
  const index = error.valueIndex;
  const value = index === undefined ? undefined : attempt.values[index];
  const entry = index === undefined ? undefined : entryOf(attempt.layout, index);
  if (index === undefined || value === undefined || entry === undefined) return undefined;
  const given = shortened(repr(value));
  return `Value ${index + 1} is ${given}. ${adviceForValue(entry, value)}`;
}

/** The run that takes the value of this index. */
export function entryOf(layout: readonly LayoutEntry[], index: number): LayoutValue | undefined {
  return layout.find(
    (entry): entry is LayoutValue =>
      entry.kind === 'value' && index >= entry.index && BigInt(index) < BigInt(entry.index) + BigInt(entry.count),
  );
}

function adviceForCharacter({formatAt}: StructError, format: string): string {
  const at = formatAt?.[0] ?? 0;
  const character = format[at] ?? '';
  if (/^[@=<>!]$/.test(character)) return `${character} stands only at the very beginning.`;
  if (/^[nNP]$/.test(character)) return `${character} exists in native mode only: begin with @, or write q or Q.`;
  if (/^\s$/.test(character)) return 'No space may stand between a count and its code.';
  return `Use ${[...codes.keys()].join(' ')}.`;
}

function adviceForCount({layout, values}: Attempt): string {
  const wanted = layout.flatMap(entry => (entry.kind === 'value' ? [entry] : []));
  const list = wanted.slice(0, 12).map(({code, count, size}) => {
    if (code === 's' || code === 'p') return `${size}${code}`;
    return count === 1 ? code : `${count}${code}`;
  });
  const takes = list.length === 0 ? 'The format takes none' : `It takes ${list.join(', ')}`;
  return `${takes}${wanted.length > 12 ? ', …' : ''}; ${counted(values.length, 'value')} given.`;
}

function adviceForValue(entry: LayoutValue, value: PyValue): string {
  const {type, code} = entry;
  if (type === 'char') return "c takes one byte: b'a'.";
  if (type === 'bytes' || type === 'pascal')
    return value.t === 'str'
      ? `${code} takes bytes; text becomes bytes by encode(): write b'…'.`
      : `${code} takes b'…'.`;
  if (type === 'float') return value.t === 'float' || value.t === 'int' ? 'd holds more.' : `${code} takes a number.`;
  if (value.t === 'int') return holder(value.v, /[A-Z]/.test(code));
  return value.t === 'float' ? `${code} takes an int; f and d take floats.` : `${code} takes an int.`;
}

const holders: readonly (readonly [code: string, bits: bigint])[] = [
  ['b', 8n],
  ['h', 16n],
  ['i', 32n],
  ['q', 64n],
];

/** The smallest code that holds an integer; one that is unsigned too where an unsigned one was meant. */
function holder(value: bigint, unsigned: boolean): string {
  for (const [code, bits] of holders) {
    const signed = value >= -(2n ** (bits - 1n)) && value < 2n ** (bits - 1n);
    if (signed && !(unsigned && value >= 0n)) return `${code} holds it.`;
    if (value >= 0n && value < 2n ** bits) return `${code.toUpperCase()} holds it.`;
  }
  return 'No code holds it: q and Q have 64 bits.';
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
