import {encodeHalf} from '../../wire/struct/half.ts';
import type {LayoutEntry} from '../../wire/struct/layout.ts';
import {toHex} from '../../wire/text/hex.ts';
import type {StructAsk} from './struct-shape.ts';
import {hexOf, type Plain, type Slot, slotsOf} from './struct-slots.ts';

/** The same with the methods of Node's Buffer. Undefined where nothing of the kind can be written. */
export function structNode(ask: StructAsk): string | undefined {
  const program = slotsOf(ask);
  if (program === undefined) return undefined;
  if (ask.op === 'calcsize') return sizing(program.layout, ask.format);
  if (ask.op === 'pack') {
    const lines = program.slots.flatMap(write);
    return `const data = Buffer.alloc(${program.size});\n${lines.join('')}console.log(data.toString('hex'));\n`;
  }
  const hex = hexOf(ask);
  const reads = program.slots.map(slot => `  ${read(slot)},\n`).join('');
  const record = `const record = at => [\n${reads}];\n`;
  const input =
    hex === undefined
      ? "import {readFileSync} from 'node:fs';\n\nconst data = readFileSync(0);\n"
      : `const data = Buffer.from('${hex}', 'hex');\n`;
  if (ask.op === 'iter_unpack')
    return `${input}${record}for (let at = 0; at < data.length; at += ${program.size}) console.log(record(at));\n`;
  const at = ask.op === 'unpack_from' ? (ask.offset < 0 ? `data.length - ${-ask.offset}` : ask.offset) : 0;
  return `${input}${record}console.log(record(${at}));\n`;
}

function write(slot: Slot): string[] {
  const {kind, offset, size, little, value} = slot;
  if (value === undefined) return [];
  const end = little ? 'LE' : 'BE';
  if (value.t === 'bytes') return writeBytes(slot, value.v);
  if (value.t === 'float') {
    if (size === 2) {
      const bits = `0x${encodeHalf(value.v).toString(16).padStart(4, '0')}`;
      return [`data.writeUInt16${end}(${bits}, ${offset}); // ${number(value)} in half precision\n`];
    }
    return [`data.${size === 4 ? 'writeFloat' : 'writeDouble'}${end}(${number(value)}, ${offset});\n`];
  }
  const signed = value.v < 0n;
  const sign = kind === 'signed' || signed ? '' : 'U';
  if (size === 8) return [`data.writeBig${sign}Int64${end}(${value.v}n, ${offset});\n`];
  return [`data.write${sign}Int${size * 8}${size === 1 ? '' : end}(${value.v}, ${offset});\n`];
}

function writeBytes({kind, offset, size}: Slot, bytes: Uint8Array): string[] {
  const pascal = kind === 'pascal';
  const room = Math.max(0, size - (pascal ? 1 : 0));
  const shown = bytes.subarray(0, room);
  const at = offset + (pascal ? 1 : 0);
  const lines: string[] = [];
  if (pascal && size > 0) lines.push(`data[${offset}] = ${Math.min(bytes.length, room, 255)};\n`);
  if (shown.length > 0) lines.push(`data.set(Buffer.from('${toHex(shown)}', 'hex'), ${at});\n`);
  return lines;
}

const number = ({v}: Extract<Plain, {t: 'float'}>) => (Object.is(v, -0) ? '-0' : String(v));

function read({kind, offset, size, little}: Slot): string {
  const at = offset === 0 ? 'at' : `at + ${offset}`;
  const end = little ? 'LE' : 'BE';
  switch (kind) {
    case 'bool':
      return `data[${at}] !== 0`;
    case 'char':
    case 'bytes':
      return `data.subarray(${at}, at + ${offset + size})`;
    case 'pascal':
      return `data.subarray(${at} + 1, ${at} + 1 + Math.min(data[${at}], ${Math.max(0, size - 1)}))`;
    case 'float':
      // Half precision by hand: the oldest supported Node has no method for it.
      if (size === 2)
        return `(h => (h >> 15 ? -1 : 1) * (h & 0x7c00 ? ((h & 0x7c00) === 0x7c00 ? (h & 1023 ? NaN : Infinity) : 2 ** (((h >> 10) & 31) - 25) * (1024 + (h & 1023))) : 2 ** -24 * (h & 1023)))(data.readUInt16${end}(${at}))`;
      return `data.${size === 4 ? 'readFloat' : 'readDouble'}${end}(${at})`;
    default: {
      const sign = kind === 'signed' ? '' : 'U';
      if (size === 8) return `data.readBig${sign}Int64${end}(${at})`;
      return `data.read${sign}Int${size * 8}${size === 1 ? '' : end}(${at})`;
    }
  }
}

/** calcsize has no relative in Node: the sum, with what alignment adds. */
function sizing(layout: readonly LayoutEntry[], format: string): string {
  const terms = layout.map(entry =>
    entry.kind === 'pad'
      ? `size += ${entry.size}; // ${entry.why === 'x' ? 'x' : 'alignment'}\n`
      : `size += ${entry.count === 1 ? '' : `${entry.count} * `}${entry.size}; // ${entry.code}, ${entry.c}\n`,
  );
  return `// ${JSON.stringify(format)}: Node has no calcsize.\nlet size = 0;\n${terms.join('')}console.log(size);\n`;
}
