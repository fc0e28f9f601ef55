import {reprFloat} from '../../wire/python/repr.ts';
import {toHex} from '../../wire/text/hex.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {readSubject} from './number-describe.ts';
import type {NumberAsk} from './number-shape.ts';

/** The same elsewhere: every program prints the same lines. Empty while there is no number. */
export function numberEquivalents(ask: NumberAsk): readonly Equivalent[] {
  const subject = readSubject(ask);
  if (!('type' in subject)) return [];
  const flags = [
    ...(ask.as === 'python' ? [] : ['--as', ask.as]),
    ...(ask.width === 'auto' ? [] : ['--width', ask.width]),
  ];
  const command = ['wirebook data number', ...flags, quoteShell(ask.value)].join(' ');
  if (subject.type === 'int') return integerPrograms(subject.value, command);
  if (subject.type === 'float') return floatPrograms(subject.value, command);
  return bytesPrograms(toHex(subject.bytes), command);
}

function integerPrograms(n: bigint, command: string): readonly Equivalent[] {
  const inC = n >= -(2n ** 63n) && n < 2n ** 64n;
  return [
    {
      language: 'Python',
      code: `n = ${n}
print(hex(n), oct(n), bin(n))
for bits in 8, 16, 32, 64:
    word = n & (1 << bits) - 1
    big, little = (word.to_bytes(bits // 8, order).hex(' ') for order in ('big', 'little'))
    print(bits, big, '|', little)
`,
    },
    ...(inC ? [{language: 'C', code: integerC(n)} as const] : []),
    {
      language: 'Node',
      code: `const n = ${n}n;
const sign = n < 0n ? '-' : '';
const digits = base => (n < 0n ? -n : n).toString(base);
console.log(\`\${sign}0x\${digits(16)} \${sign}0o\${digits(8)} \${sign}0b\${digits(2)}\`);
for (const bits of [8, 16, 32, 64]) {
  const hex = BigInt.asUintN(bits, n).toString(16).padStart(bits / 4, '0');
  const big = hex.match(/../g);
  console.log(bits, big.join(' '), '|', big.toReversed().join(' '));
}
`,
    },
    {language: 'shell', code: n >= -(2n ** 63n) && n < 2n ** 63n ? integerShell(n, command) : `${command}\n`},
  ];
}

function integerC(n: bigint): string {
  const pattern = `UINT64_C(0x${BigInt.asUintN(64, n).toString(16)})`;
  const negative = n < 0n;
  return `#include <inttypes.h>
#include <stdio.h>

int main(void) {
  uint64_t n = ${pattern}; /* ${n}${negative ? ' in two’s complement' : ''} */
  uint64_t size = ${negative ? '-n' : 'n'};
  int length = 1;
  while (length < 64 && size >> length != 0) length++;
  printf("${negative ? '-' : ''}0x%" PRIx64 " ${negative ? '-' : ''}0o%" PRIo64 " ${negative ? '-' : ''}0b", size, size);
  for (int bit = length - 1; bit >= 0; bit--) putchar('0' + (int)(size >> bit & 1));
  putchar('\\n');
  for (int bits = 8; bits <= 64; bits *= 2) {
    printf("%d", bits);
    for (int at = bits - 8; at >= 0; at -= 8) printf(" %02x", (unsigned)(n >> at & 0xff));
    printf(" |");
    for (int at = 0; at < bits; at += 8) printf(" %02x", (unsigned)(n >> at & 0xff));
    putchar('\\n');
  }
  return 0;
}
`;
}

function integerShell(n: bigint, command: string): string {
  const sign = n < 0n ? '-' : '';
  const size = n < 0n ? -n : n;
  // A shell's printf has 64 bits and no sign in other bases.
  return `${command}\n\n# What printf knows, in hexadecimal and octal:\nprintf '${sign}0x%x ${sign}0o%o\\n' ${size} ${size}\n`;
}

function floatPrograms(value: number, command: string): readonly Equivalent[] {
  const text = reprFloat(value);
  const python = Number.isFinite(value) ? text : `float('${text}')`;
  const single = Number.isFinite(value) === Number.isFinite(Math.fround(value));
  const c = Number.isNaN(value) ? 'NAN' : Number.isFinite(value) ? text : value > 0 ? 'INFINITY' : '-INFINITY';
  return [
    {
      language: 'Python',
      code: `import struct

n = ${python}
${single ? `print('single', struct.pack('>f', n).hex(' '))\n` : ''}print('double', struct.pack('>d', n).hex(' '))
`,
    },
    {
      language: 'C',
      code: `#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  double n = ${c};
${single ? singleC : ''}  uint64_t bits;
  memcpy(&bits, &n, sizeof bits);
  printf("double");
  for (int at = 56; at >= 0; at -= 8) printf(" %02x", (unsigned)(bits >> at & 0xff));
  putchar('\\n');
  return 0;
}
`,
    },
    {
      language: 'Node',
      code: `const n = ${Object.is(value, -0) ? '-0' : value};
const data = Buffer.alloc(8);
const hex = length => data.toString('hex', 0, length).match(/../g).join(' ');
${single ? "data.writeFloatBE(n);\nconsole.log('single', hex(4));\n" : ''}data.writeDoubleBE(n);
console.log('double', hex(8));
`,
    },
    {language: 'shell', code: `${command}\n`},
  ];
}

const singleC = `  float single = (float)n;
  uint32_t word;
  memcpy(&word, &single, sizeof word);
  printf("single");
  for (int at = 24; at >= 0; at -= 8) printf(" %02x", (unsigned)(word >> at & 0xff));
  putchar('\\n');
`;

function bytesPrograms(hex: string, command: string): readonly Equivalent[] {
  return [
    {
      language: 'Python',
      code: `data = bytes.fromhex('${hex}')
for order in 'big', 'little':
    print(order, int.from_bytes(data, order), int.from_bytes(data, order, signed=True))
`,
    },
    {
      language: 'Node',
      code: `const data = Buffer.from('${hex}', 'hex');
for (const [order, bytes] of [['big', data], ['little', Buffer.from(data).reverse()]]) {
  const unsigned = BigInt(\`0x0\${bytes.toString('hex')}\`);
  console.log(order, String(unsigned), String(BigInt.asIntN(8 * bytes.length, unsigned)));
}
`,
    },
    {language: 'shell', code: `${command}\n`},
  ];
}
