import {bitLength} from '../../wire/number/base.ts';
import type {Reading} from '../../wire/number/bytes-as-numbers.ts';
import {describeInteger, describeNumber, describeText} from '../../wire/number/describe.ts';
import {describeFloat, type Encoded, type FloatBits, type FloatFormat} from '../../wire/number/float-bits.ts';
import type {Span} from '../../wire/number/span.ts';
import type {Word} from '../../wire/number/twos-complement.ts';
import {hexPairs, toHex} from '../../wire/text/hex.ts';
import type {BitSpan, NumberAsk, NumberFields, RefusedFields} from './number-shape.ts';

/** A number that has been read, ready to be changed bit by bit. */
export type Subject =
  | {readonly type: 'int'; readonly value: bigint; readonly signed: boolean}
  /** `pattern`: its bits in the format shown, where they are a NaN that the number alone does not tell. */
  | {readonly type: 'float'; readonly value: number; readonly pattern?: bigint}
  | {readonly type: 'bytes'; readonly bytes: Uint8Array};

export type Width = NumberAsk['width'];

/** Longer numbers are refused: every digit of them would be written out at each key. */
const mostBits = 65_536;

/** More bits than this are not shown one by one. */
const mostShown = 1024;

const howToWrite = 'Write 4253, -1, 0x109d, 0b101, 1.5 or inf, or say that it is read as hex.';

/** Read what was typed. */
export function readSubject({value, as}: NumberAsk): Subject | RefusedFields {
  const notation = {python: 'python', dec: 10, hex: 16, oct: 8, bin: 2, float: 'python', bytes: 'bytes'} as const;
  const read = describeText(value, notation[as]);
  const refused = (message: string, next: string, at = 0) => ({message, next, text: value, at});
  if (!read.ok) {
    const plain = as !== 'bytes' && /is not a value|cannot follow/.test(read.message);
    return refused(read.message, plain ? howToWrite : read.next, read.offset);
  }
  if (read.kind === 'bytes') {
    if (as === 'float') return refused('Bytes are no float.', 'Write 1.5, or read the bytes as bytes.');
    if (8 * read.bytes.length > mostBits) return refused('These are too many bytes.', `Write up to ${mostBits / 8}.`);
    return {type: 'bytes', bytes: read.bytes};
  }
  if (read.kind === 'float') return {type: 'float', value: read.float.value};
  const integer = read.int.value;
  if (as === 'float') {
    if (!Number.isFinite(Number(integer)))
      return refused('int too large to convert to float', 'Write inf for infinity.');
    return {type: 'float', value: Number(integer)};
  }
  if (bitLength(integer) > mostBits) return refused('This number is too long.', `Write up to ${mostBits} bits.`);
  return {type: 'int', value: integer, signed: integer < 0n};
}

/** How many bits of it are shown; 0 when there are too many. */
export function shownWidth(subject: Subject, width: Width): number {
  if (subject.type === 'bytes') return 8 * subject.bytes.length <= mostShown ? 8 * subject.bytes.length : 0;
  if (subject.type === 'float') return {auto: 64, '8': 16, '16': 16, '32': 32, '64': 64}[width];
  if (width !== 'auto') return Number(width);
  const {value} = subject;
  const needed = value < 0n || subject.signed ? bitLength(value < 0n ? ~value : value) + 1 : bitLength(value);
  const fitting = [8, 16, 32, 64].find(bits => needed <= bits) ?? 64 * Math.ceil(needed / 64);
  return fitting <= mostShown ? fitting : 0;
}

export const formatOfWidth = (width: number): FloatFormat =>
  width === 16 ? 'half' : width === 32 ? 'single' : 'double';

/** The bits on screen as one unsigned number. A float that the format does not hold is shown as a double. */
export function patternOf(subject: Subject, width: number): {readonly pattern: bigint; readonly width: number} {
  if (subject.type === 'int') return {pattern: BigInt.asUintN(width, subject.value), width};
  if (subject.type === 'bytes') return {pattern: BigInt(`0x0${toHex(subject.bytes)}`), width};
  if (subject.pattern !== undefined) return {pattern: subject.pattern, width};
  const {formats} = describeNumber(subject.value);
  const encoded = formats[formatOfWidth(width)];
  if (encoded.ok) return {pattern: encoded.float.bits, width};
  const double = formats.double as Extract<Encoded, {ok: true}>;
  return {pattern: double.float.bits, width: 64};
}

/** Everything there is to say about a number: the event without its stamp. */
export function describeSubject(subject: Subject, width: Width): NumberFields {
  const shown = shownWidth(subject, width);
  const {pattern, width: bits} = shown === 0 ? {pattern: 0n, width: 0} : patternOf(subject, shown);
  const common = {
    bits: bits === 0 ? '' : pattern.toString(2).padStart(bits, '0'),
    signed: subject.type === 'int' && subject.signed,
    words: [],
    floats: [],
    readings: [],
  };
  if (subject.type === 'int') return {...common, ...describeInt(subject, pattern, bits)};
  if (subject.type === 'float') {
    const float = describeFloat(pattern, formatOfWidth(bits));
    const {value} = subject;
    const fits = Number.isNaN(value) || float.value === value;
    return {...common, ...describeReal(value), spans: spansOf(float.fields), fits, type: 'float'};
  }
  const {bytes} = subject;
  const {big, little} = bytesAsNumbers(bytes);
  return {
    ...common,
    type: 'bytes',
    value: toHex(bytes),
    readings: [reading(big), reading(little)],
    floats: [big, little].flatMap(one =>
      one.float === undefined ? [] : [floatRow(one.float, `read ${one.order}-endian`)],
    ),
    spans: Array.from(bytes.length * 8 === bits ? bytes : [], (byte, index) => ({
      name: `byte ${index}`,
      start: 8 * index,
      end: 8 * index + 8,
      bits: byte.toString(2).padStart(8, '0'),
      meaning: `0x${hexPairs[byte]}, ${byte}`,
    })),
    fits: true,
  };
}

function bytesAsNumbers(bytes: Uint8Array): {readonly big: Reading; readonly little: Reading} {
  const read = describeText(toHex(bytes), 'bytes');
  if (!read.ok || read.kind !== 'bytes') throw new Error('Hex made here cannot be read');
  return read;
}

type Told<K extends keyof NumberFields> = Pick<NumberFields, K>;

function describeInt(
  {value, signed}: Extract<Subject, {type: 'int'}>,
  pattern: bigint,
  width: number,
): Omit<NumberFields, 'bits' | 'signed' | 'readings'> {
  const {decimal, hex, oct, bin, bitLength: length, words} = describeInteger(value);
  const real = Number(value);
  return {
    type: 'int',
    value: decimal,
    hex,
    oct,
    bin,
    bitLength: length,
    words: words.map(wordRow),
    floats: Number.isFinite(real) ? describeReal(real, value).floats : [],
    spans: width === 0 ? [] : intSpans(pattern, width, signed),
    fits: width === 0 || BigInt.asIntN(width, value) === value || pattern === value,
  };
}

function intSpans(pattern: bigint, width: number, signed: boolean): BitSpan[] {
  const bits = pattern.toString(2).padStart(width, '0');
  const spans: BitSpan[] = [];
  for (let start = 0; start < width; start += 8) {
    const byte = bits.slice(start, start + 8);
    const power = width - start - 8;
    const hex = Number.parseInt(byte, 2).toString(16).padStart(2, '0');
    const weight = power === 0 ? 'the least significant byte' : `× 2^${power}`;
    const sign = start === 0 && signed ? '; its first bit counts negative' : '';
    spans.push({name: `0x${hex}`, start, end: start + 8, bits: byte, meaning: `${weight}${sign}`});
  }
  return spans;
}

function describeReal(value: number, exactly?: bigint): Told<'value' | 'hex' | 'floats'> {
  const {repr, formats} = describeNumber(value);
  const double = formats.double as Extract<Encoded, {ok: true}>;
  // An integer beyond 2^53 has been rounded already when it becomes a double.
  const lost = exactly !== undefined && BigInt(Number.isFinite(value) ? value : 0) !== exactly;
  const rows = (Object.entries(formats) as [FloatFormat, Encoded][]).map(([format, encoded]) => {
    const code = {half: 'e', single: 'f', double: 'd'}[format];
    if (!encoded.ok) return {format, code, holds: false, says: encoded.says};
    const says =
      lost && !encoded.rounded ? `A ${format} holds ${encoded.float.exact} instead: the nearest it has.` : encoded.says;
    return {...floatRow(encoded.float, says), holds: !encoded.rounded && !lost};
  });
  return {value: repr, hex: double.float.floatHex, floats: rows};
}

function wordRow({width, signed, unsigned, fitsSigned, fitsUnsigned, codes, binary, big, little, says}: Word) {
  const fits =
    fitsSigned && fitsUnsigned ? 'signed and unsigned' : fitsSigned ? 'signed' : fitsUnsigned ? 'unsigned' : 'no';
  return {
    width,
    signed: String(signed),
    unsigned: String(unsigned),
    fits,
    codes: codes.join(' '),
    bin: binary,
    big: toHex(big),
    little: toHex(little),
    says,
  } as const;
}

function floatRow({format, code, kind, repr, exact, floatHex, big, little, fields}: FloatBits, says: string) {
  return {
    format,
    code,
    holds: true,
    says,
    kind,
    value: repr,
    ...(exact !== undefined && {exact}),
    hex: floatHex,
    big: toHex(big),
    little: toHex(little),
    spans: spansOf(fields),
  };
}

function spansOf(fields: readonly Span[]): BitSpan[] {
  return fields.map(({name, start, end, text, meaning}) => ({name, start, end, bits: text, meaning}));
}

function reading({order, unsigned, signed, float}: Reading) {
  return {order, unsigned: String(unsigned), signed: String(signed), ...(float !== undefined && {float: float.repr})};
}
