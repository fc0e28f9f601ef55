import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {quoteC} from '../../../src/wire/text/quote-c.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('bytes as a C string literal', () => {
  test.each([
    ['he\nllo', '"he\\nllo"'],
    ['', '""'],
    ['say "hi" \\ back', '"say \\"hi\\" \\\\ back"'],
    ['\0\0\0\x05hello', '"\\000\\000\\000\\005hello"'],
    ['\0\0\0\x04data', '"\\000\\000\\000\\004data"'],
    ['\x1b[0m', '"\\033[0m"'],
    ['é', '"\\303\\251"'],
  ])('%j', (text, literal) => {
    expect(quoteC(utf8(text))).toBe(literal);
  });

  test('a limit leaves the rest out and says so', () => {
    expect(quoteC(utf8('hello world'), 5)).toBe('"hello"...');
    expect(quoteC(utf8('hello'), 5)).toBe('"hello"');
    expect(quoteC(utf8('hello'), 0)).toBe('""...');
  });
});

const compiler = spawnSync('cc', ['--version']).status === 0;
if (!compiler) console.warn('quote-c: no C compiler here, so no compiler reads the literals back');

test.skipIf(!compiler)('a C compiler makes the same bytes of it', () => {
  const source = Uint8Array.from({length: 1024}, (_, k) => (k * 167 + (k >> 3)) & 0xff);
  const folder = mkdtempSync(join(tmpdir(), 'quote-c-'));
  try {
    const literal = quoteC(source);
    const program = `#include <unistd.h>\nstatic const char s[] = ${literal};\nint main(void) { return write(1, s, sizeof s - 1) < 0; }\n`;
    writeFileSync(join(folder, 'a.c'), program);
    execFileSync('cc', ['-w', '-o', join(folder, 'a'), join(folder, 'a.c')]);
    expect(Uint8Array.from(execFileSync(join(folder, 'a')))).toEqual(source);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
