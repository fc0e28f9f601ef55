import {reprBytes, reprStr} from '../../wire/python/repr.ts';
import {toHex} from '../../wire/text/hex.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {quoteC} from '../../wire/text/quote-c.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {type HexAsk, readPattern} from './hex-shape.ts';

/** The same bytes with what every system has: the part from `offset` on, or the places of a pattern. */
export function hexEquivalents(ask: HexAsk): readonly Equivalent[] {
  return [
    {language: 'Python', code: python(ask)},
    {language: 'C', code: c(ask)},
    {language: 'Node', code: node(ask)},
    {language: 'shell', code: shell(ask)},
  ];
}

function pythonData({file, bytes}: HexAsk): string {
  if (file === '-') return 'sys.stdin.buffer.read()';
  if (file !== '') return 'mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)';
  const typed = typedBytes(bytes);
  return typed === undefined ? 'bytes(range(256))' : reprBytes(typed);
}

function python(ask: HexAsk): string {
  const imports =
    ask.file === '-'
      ? 'import sys\n\n'
      : ask.file === ''
        ? ''
        : `import mmap\n\nfile = open(${reprStr(ask.file)}, 'rb')\n`;
  const data = `data = ${pythonData(ask)}\n`;
  const wanted = ask.find === '' ? undefined : readPattern(ask.find, ask.findAs);
  if (wanted instanceof Uint8Array)
    return `${imports}${data}at = data.find(${reprBytes(wanted)}, ${ask.offset})
while at != -1:
    print(at)
    at = data.find(${reprBytes(wanted)}, at + 1)
`;
  return `${imports}${data}for at in range(${ask.offset}, min(len(data), ${ask.offset + ask.length}), 16):
    row = data[at:min(at + 16, ${ask.offset + ask.length})]
    print(f'{at:08x}: {row.hex(" "):47}  {"".join(chr(b) if 32 <= b < 127 else "." for b in row)}')
`;
}

function node(ask: HexAsk): string {
  const {file, offset, length} = ask;
  const typed = typedBytes(ask.bytes);
  const hex = typed === undefined ? undefined : toHex(typed);
  const open =
    file === '' || file === '-'
      ? `const data = ${file === '-' ? 'readFileSync(0)' : hex === undefined ? 'Buffer.from(Array(256).keys())' : `Buffer.from('${hex}', 'hex')`};
const part = data.subarray(${offset}, ${offset + length});
`
      : `const descriptor = openSync(${JSON.stringify(file)}, 'r');
const buffer = Buffer.alloc(${length});
const part = buffer.subarray(0, readSync(descriptor, buffer, 0, ${length}, ${offset}));
`;
  const names =
    file === '' ? '' : `import {${file === '-' ? 'readFileSync' : 'openSync, readSync'}} from 'node:fs';\n\n`;
  return `${names}${open}for (let at = 0; at < part.length; at += 16) {
  const row = part.subarray(at, at + 16);
  const text = row.toString('latin1').replace(/[^ -~]/g, '.');
  console.log((${offset} + at).toString(16).padStart(8, '0') + ': ' + row.toString('hex').replace(/..(?=.)/g, '$& ').padEnd(47) + '  ' + text);
}
`;
}

function c({file, offset, length}: HexAsk): string {
  const name = file === '' || file === '-' ? 'file.bin' : file;
  const end = offset + length;
  return `#include <stdio.h>

int main(void) {
    FILE *file = fopen(${quoteC(new TextEncoder().encode(name))}, "rb");
    if (file == NULL) { perror("fopen"); return 1; }
    if (fseek(file, ${offset}L, SEEK_SET) != 0) { perror("fseek"); return 1; }
    unsigned char row[16];
    for (long at = ${offset}; at < ${end}L; at += 16) {
        size_t room = ${end}L - at < 16 ? (size_t)(${end}L - at) : 16;
        size_t got = fread(row, 1, room, file);
        if (got == 0) break;
        printf("%08lx:", at);
        for (size_t i = 0; i < got; i++) printf(" %02x", row[i]);
        printf("\\n");
    }
    return fclose(file);
}
`;
}

function shell({file, bytes, offset, length, find, findAs}: HexAsk): string {
  const name = file === '' ? 'file.bin' : file;
  const make =
    file === '' && typedBytes(bytes) !== undefined ? `printf %s ${quoteShell(bytes)} | xxd -r -p > file.bin\n` : '';
  const wanted = find === '' ? undefined : readPattern(find, findAs);
  if (wanted instanceof Uint8Array) {
    const as = findAs === 'hex' ? ' --find-as hex' : '';
    const escaped = `\\x${toHex(wanted, '\\x')}`;
    return `${make}wirebook data hex ${quoteShell(name)} --find ${quoteShell(find)}${as}
LC_ALL=C grep -obUaP '${escaped}' ${quoteShell(name)}
`;
  }
  return `${make}wirebook data hex ${quoteShell(name)} --offset ${offset} --length ${length}
xxd -s ${offset} -l ${length} ${quoteShell(name)}
`;
}

function typedBytes(bytes: string): Uint8Array | undefined {
  const read = parseHex(bytes);
  return read.kind === 'bytes' && read.bytes.length > 0 ? read.bytes : undefined;
}
