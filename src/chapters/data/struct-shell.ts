import {readLiterals} from '../../wire/python/literal.ts';
import {repr} from '../../wire/python/repr.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import {compute} from './struct-compute.ts';
import type {StructAsk} from './struct-shape.ts';
import {hexOf} from './struct-slots.ts';

/** The command that prints the same, and the bytes with the tools every system has. */
export function structShell(ask: StructAsk): string {
  const python = ask.python === '3.13' ? [] : ['--python', ask.python];
  const offset = ask.op === 'unpack_from' ? ['--offset', String(ask.offset)] : [];
  const start = ['wirebook', 'data', 'struct', ask.op, ...python, ...offset, quoteShell(ask.format)];
  if (ask.op === 'calcsize') return `${start.join(' ')}\n`;
  if (ask.op === 'pack') return `${[...start, ...wordsOf(ask.values)].join(' ')}\n${printed(ask)}`;
  const hex = hexOf(ask);
  if (hex === undefined) return `${[...start, '-'].join(' ')}\n`;
  return `${[...start, quoteShell(hex)].join(' ')}\n\n# The same bytes through a pipe:\necho ${quoteShell(hex)} | xxd -r -p | ${[...start, '-'].join(' ')}\n`;
}

function wordsOf(values: string): readonly string[] {
  const read = readLiterals(values);
  if (!read.ok) return [quoteShell(values)];
  return read.value.map(value => quoteShell(repr(value)));
}

/** The bytes by hand. POSIX printf knows octal escapes, and hexadecimal ones only in some shells. */
function printed(ask: StructAsk): string {
  const packed = compute(ask);
  if (!packed.ok || packed.bytes === undefined || packed.bytes.length === 0 || packed.bytes.length > 256) return '';
  const escapes = Array.from(packed.bytes, byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `\n# The same bytes by hand:\nprintf '${escapes}' | xxd -p -c 256\n`;
}

/** A word for a POSIX shell: as it is where that is safe, else in quotes. */
