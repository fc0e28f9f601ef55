import {bitLength} from './base.ts';
import {byteSpans, bytesOf, type Span} from './span.ts';

export const widths = [8, 16, 32, 64] as const;
export type Width = (typeof widths)[number];

/** What a machine word of so many bits makes of an integer. */
export interface Word {
  readonly width: Width;
  readonly fitsSigned: boolean;
  readonly fitsUnsigned: boolean;
  /** Whether the value survives, and in which reading: a sentence. */
  readonly says: string;
  /** The low bits, which is what C keeps where the value does not fit. */
  readonly pattern: bigint;
  readonly binary: string;
  readonly hex: string;
  /** What the pattern means to a signed and to an unsigned reader. */
  readonly signed: bigint;
  readonly unsigned: bigint;
  readonly big: Uint8Array;
  readonly little: Uint8Array;
  /** The sign bit and the rest; then, for each order, the bytes. */
  readonly bits: readonly Span[];
  readonly bigBytes: readonly Span[];
  readonly littleBytes: readonly Span[];
  /** The format character of Python's struct that holds it, or the two that could. */
  readonly codes: readonly string[];
}

const structCodes: Readonly<Record<Width, readonly [signed: string, unsigned: string]>> = {
  8: ['b', 'B'],
  16: ['h', 'H'],
  32: ['i', 'I'],
  64: ['q', 'Q'],
};

/** An integer at each of the usual widths, in two's complement. */
export const words = (value: bigint): Word[] => widths.map(width => wordOf(value, width));

export function wordOf(value: bigint, width: Width): Word {
  const pattern = BigInt.asUintN(width, value);
  const signed = BigInt.asIntN(width, value);
  const fitsSigned = signed === value;
  const fitsUnsigned = pattern === value;
  const [signedCode, unsignedCode] = structCodes[width];
  const big = bytesOf(pattern, width / 8, 'big');
  const little = bytesOf(pattern, width / 8, 'little');
  const binary = pattern.toString(2).padStart(width, '0');
  return {
    width,
    fitsSigned,
    fitsUnsigned,
    says: sentence(value, width, fitsSigned, fitsUnsigned),
    pattern,
    binary,
    hex: pattern.toString(16).padStart(width / 4, '0'),
    signed,
    unsigned: pattern,
    big,
    little,
    bits: bitSpans(binary, width),
    bigBytes: byteSpans(big, 'big'),
    littleBytes: byteSpans(little, 'little'),
    codes: [...(fitsSigned ? [signedCode] : []), ...(fitsUnsigned ? [unsignedCode] : [])],
  };
}

function sentence(value: bigint, width: Width, fitsSigned: boolean, fitsUnsigned: boolean): string {
  const half = 2n ** BigInt(width - 1);
  if (fitsSigned && fitsUnsigned) return `It fits ${width} bits, signed and unsigned.`;
  if (fitsSigned) return `It fits ${width} bits signed; unsigned begins at 0.`;
  if (fitsUnsigned) return `It fits ${width} bits unsigned; signed ends at ${half - 1n}.`;
  // A negative number needs one bit more than its complement, a positive one at least its length.
  const needed = value < 0n ? bitLength(~value) + 1 : bitLength(value);
  const range = value < 0n ? `signed begins at ${-half}` : `unsigned ends at ${2n * half - 1n}`;
  return `It does not fit ${width} bits: it needs ${needed}, and ${range}.`;
}

function bitSpans(binary: string, width: Width): Span[] {
  const set = binary[0] === '1';
  const weight = `-(2^${width - 1})`;
  const sign = set ? `set: ${weight} to a signed reader, 2^${width - 1} to an unsigned one` : 'clear: not negative';
  return [
    {name: 'sign bit', unit: 'bit', start: 0, end: 1, text: binary.slice(0, 1), meaning: sign},
    {
      name: 'value bits',
      unit: 'bit',
      start: 1,
      end: width,
      text: binary.slice(1),
      meaning: `${BigInt(`0b${binary.slice(1)}`)}, added to what the sign bit is worth`,
    },
  ];
}
