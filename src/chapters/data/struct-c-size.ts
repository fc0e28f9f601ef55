import {codes} from '../../wire/struct/codes.ts';
import type {LayoutEntry} from '../../wire/struct/layout.ts';
import type {Slots} from './struct-slots.ts';

/** The size as a C compiler finds it: up to a last char, so that nothing is put behind the last field. */
export function structSizing({layout}: Slots, format: string): string {
  const native = !/^[=<>!]/.test(format);
  const members = layout.flatMap((entry, index) => member(entry, index, native, layout[index + 1]));
  return `#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct record {
${members.map(line => `  ${line}\n`).join('')}  char end; /* calcsize puts no padding behind the last field; sizeof would */
}${native ? '' : ' __attribute__((packed))'};

int main(void) {
  printf("%zu\\n", offsetof(struct record, end));
  return 0;
}
`;
}

const standardTypes: Readonly<Record<string, string>> = {
  b: 'int8_t',
  B: 'uint8_t',
  h: 'int16_t',
  H: 'uint16_t',
  i: 'int32_t',
  I: 'uint32_t',
  l: 'int32_t',
  L: 'uint32_t',
  q: 'int64_t',
  Q: 'uint64_t',
  '?': '_Bool',
  e: 'uint16_t',
  f: 'float',
  d: 'double',
};

/** What Python's documentation calls a type is C's own name for it, except for these. */
const nativeTypes: Readonly<Record<string, string>> = {e: 'uint16_t'};

function member(entry: LayoutEntry, index: number, native: boolean, next: LayoutEntry | undefined): string[] {
  const name = `f${index}`;
  if (entry.kind === 'pad') {
    // The compiler aligns by itself what follows; a count of 0, such as 0i, has nothing that follows.
    if (entry.why === 'alignment' && next?.at[0] === entry.at[0]) return [];
    return [`char ${name}[${entry.size}]; /* ${entry.why === 'x' ? 'x' : 'alignment for a count of 0'} */`];
  }
  const {code, count, size} = entry;
  if (code === 's' || code === 'p') return [`char ${name}[${size}]; /* ${code} */`];
  const type = native ? (nativeTypes[code] ?? codes.get(code)?.type ?? 'char') : (standardTypes[code] ?? 'char');
  return [`${type} ${name}${count === 1 ? '' : `[${count}]`}; /* ${code} */`];
}
