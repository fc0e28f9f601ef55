import {encodeHalf} from '../../wire/struct/half.ts';
import {quoteC} from '../../wire/text/quote-c.ts';
import {structSizing} from './struct-c-size.ts';
import type {StructAsk} from './struct-shape.ts';
import {hexOf, type Plain, type Slot, type Slots, slotsOf} from './struct-slots.ts';

/** The same in C: byte by byte in the order that was asked for, so that it does not depend on the machine. */
export function structC(ask: StructAsk): string | undefined {
  const program = slotsOf(ask);
  if (program === undefined) return undefined;
  if (ask.op === 'calcsize') return structSizing(program, ask.format);
  if (ask.op === 'pack') return packing(program);
  const hex = hexOf(ask);
  return hex === undefined || hex === '' || !/^[0-9a-f]+$/.test(hex) ? undefined : unpacking(program, hex, ask);
}

function packing({slots, size}: Slots): string | undefined {
  const lines = slots.flatMap(write).map(line => `  ${line}\n`);
  if (size === 0) return undefined;
  const uses = (name: string) => lines.some(line => line.includes(`${name}(`));
  const helpers = [
    ...(uses('put') || uses('put_float') || uses('put_double') ? [put(slots)] : []),
    ...(uses('put_float') ? [putFloat] : []),
    ...(uses('put_double') ? [putDouble] : []),
  ];
  const helped = helpers.map(helper => `${helper}\n`).join('');
  return `#include <stdint.h>
#include <stdio.h>
#include <string.h>

${helped}int main(void) {
  unsigned char data[${size}];
  memset(data, 0, sizeof data);
${lines.join('')}  for (size_t i = 0; i < sizeof data; i++) printf("%02x", data[i]);
  printf("\\n");
  return 0;
}
`;
}

const put = (slots: readonly Slot[]) =>
  slots[0]?.little === true
    ? `/* The least significant byte first: little-endian. */
static void put(unsigned char *at, uint64_t value, int size) {
  for (int i = 0; i < size; i++) at[i] = (unsigned char)(value >> 8 * i);
}
`
    : `/* The most significant byte first: big-endian, network order. */
static void put(unsigned char *at, uint64_t value, int size) {
  for (int i = 0; i < size; i++) at[size - 1 - i] = (unsigned char)(value >> 8 * i);
}
`;

const putFloat = `static void put_float(unsigned char *at, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  put(at, bits, 4);
}
`;

const putDouble = `static void put_double(unsigned char *at, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  put(at, bits, 8);
}
`;

function write({kind, code, offset, size, value}: Slot): string[] {
  if (value === undefined) return [];
  const at = `data + ${offset}`;
  if (value.t === 'bytes') {
    const pascal = kind === 'pascal';
    const room = Math.max(0, size - (pascal ? 1 : 0));
    const shown = value.v.subarray(0, room);
    const text =
      shown.length > 0 ? [`memcpy(data + ${offset + (pascal ? 1 : 0)}, ${quoteC(shown)}, ${shown.length});`] : [];
    return pascal && size > 0 ? [`data[${offset}] = ${Math.min(value.v.length, room, 255)};`, ...text] : text;
  }
  if (value.t === 'int') return [`put(${at}, ${integer(value.v)}, ${size}); /* ${code} */`];
  return [floatLine(at, size, value)];
}

function floatLine(at: string, size: number, {v}: Extract<Plain, {t: 'float'}>): string {
  const text = Object.is(v, -0) ? '-0.0' : /[.e]/.test(String(v)) ? String(v) : `${v}.0`;
  if (size === 2)
    return `put(${at}, 0x${encodeHalf(v).toString(16).padStart(4, '0')}, 2); /* ${v} in half precision */`;
  const special = !Number.isFinite(size === 4 ? Math.fround(v) : v);
  if (special) return `put(${at}, ${bits(v, size)}, ${size}); /* ${v} */`;
  return size === 4 ? `put_float(${at}, ${text}f);` : `put_double(${at}, ${text});`;
}

function bits(value: number, size: number): string {
  const view = new DataView(new ArrayBuffer(8));
  if (size === 4) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  const pattern = size === 4 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
  return `UINT64_C(0x${pattern.toString(16)})`;
}

function integer(value: bigint): string {
  if (value >= 2n ** 63n) return `UINT64_C(${value})`;
  if (value < -(2n ** 63n) + 1n) return '(uint64_t)INT64_MIN';
  return value >= 2n ** 31n || value < -(2n ** 31n)
    ? `(uint64_t)INT64_C(${value})`
    : value < 0n
      ? `(uint64_t)${value}`
      : `${value}`;
}

function unpacking(program: Slots, hex: string, ask: StructAsk): string | undefined {
  const {slots, size} = program;
  const given = hex.length / 2;
  if (given > 4096) return undefined;
  const bytes = Array.from({length: given}, (_, index) => `0x${hex.slice(2 * index, 2 * index + 2)}`).join(', ');
  const prints = slots.map(slot => `  ${print(slot)}\n`).join('');
  const little = slots[0]?.little === true;
  const take = slots.some(({kind}) => !['char', 'bytes', 'pascal', 'bool'].includes(kind));
  const hexes = slots.some(({kind}) => ['char', 'bytes', 'pascal'].includes(kind));
  const start = ask.op === 'unpack_from' ? (ask.offset < 0 ? given + ask.offset : ask.offset) : 0;
  const call =
    ask.op === 'iter_unpack'
      ? `  for (size_t at = 0; at < sizeof data; at += ${size}) record(data + at);\n`
      : `  record(data + ${start});\n`;
  return `#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const unsigned char data[] = {${bytes}};

${take ? taking(little) : ''}${hexes ? printingHex : ''}${slots.some(({code}) => code === 'e') ? half : ''}/* Prints each value on a line; bytes in hex. */
static void record(const unsigned char *at) {
${prints === '' ? '  (void)at;\n' : prints}}

int main(void) {
${call}  return 0;
}
`;
}

const taking = (little: boolean) => `static uint64_t take(const unsigned char *at, int size) {
  uint64_t value = 0;
  for (int i = 0; i < size; i++) value = value << 8 | at[${little ? 'size - 1 - i' : 'i'}];
  return value;
}

`;

const printingHex = `static void hex(const unsigned char *at, int length) {
  for (int i = 0; i < length; i++) printf("%02x", at[i]);
  printf("\\n");
}

`;

const half = `static double half(uint64_t bits) {
  double value = bits & 1023;
  int exponent = bits >> 10 & 31;
  if (exponent == 31) value = value != 0 ? __builtin_nan("") : __builtin_inf();
  else if (exponent > 0) value += 1024;
  for (int i = exponent > 1 ? exponent : 1; i < 25 && exponent != 31; i++) value /= 2;
  for (int i = 25; i < exponent && exponent != 31; i++) value *= 2;
  return bits >> 15 ? -value : value;
}

`;

function print({kind, offset, size}: Slot): string {
  const at = `at + ${offset}`;
  switch (kind) {
    case 'char':
    case 'bytes':
      return `hex(${at}, ${size});`;
    case 'pascal': {
      const room = Math.max(0, size - 1);
      return `hex(${at} + 1, at[${offset}] < ${room} ? at[${offset}] : ${room});`;
    }
    case 'bool':
      return `printf("%s\\n", at[${offset}] ? "true" : "false");`;
    case 'float':
      if (size === 2) return `printf("%.17g\\n", half(take(${at}, 2)));`;
      return size === 4
        ? `{ uint32_t bits = (uint32_t)take(${at}, 4); float value; memcpy(&value, &bits, 4); printf("%.17g\\n", value); }`
        : `{ uint64_t bits = take(${at}, 8); double value; memcpy(&value, &bits, 8); printf("%.17g\\n", value); }`;
    default:
      return kind === 'signed'
        ? `printf("%" PRId64 "\\n", (int64_t)(int${size * 8}_t)take(${at}, ${size}));`
        : `printf("%" PRIu64 "\\n", take(${at}, ${size}));`;
  }
}
