import {type FieldKind, meant} from './kind.ts';
import {TextMistake, type Token} from './lexer.ts';
import {MalformedRdata, type RdataReader} from './reader.ts';
import type {Words} from './words.ts';

/** LOC (RFC 1876 §2): its bytes are sizes first and places last, and its text has them the other way round. */
export const location: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const version = reader.number(1, 'version');
    if (version !== 0) throw new MalformedRdata(offset, `LOC has version 0 only, and this is ${version}.`);
    reader.add(offset, {name: 'version', value: '0', text: '', meaning: 'The version of this form: always 0.'});
    const sizes = sizeFields.map(([field, said]) => size(reader, field, said));
    const latitude = angle(reader, 'latitude', 'NS', 90);
    const longitude = angle(reader, 'longitude', 'EW', 180);
    const altitudeAt = reader.at;
    const altitude = altitudeText(reader.number(4, 'altitude'));
    const text = [latitude, longitude, altitude, ...sizes].join(' ');
    reader.add(altitudeAt, {name: 'altitude', value: altitude, text, meaning: meant(meaning, name)});
  },
  write(words, bytes) {
    const latitude = parseAngle(words, 'NS', 90);
    const longitude = parseAngle(words, 'EW', 180);
    const altitude = centimetres(words.take('the altitude'), -10_000_000, 2 ** 32 - 1 - 10_000_000) + 10_000_000;
    bytes.number(0, 1);
    for (const [, , usual] of sizeFields) bytes.number(words.done ? usual : sizeByte(words.take('a size')), 1);
    bytes.number(latitude, 4);
    bytes.number(longitude, 4);
    bytes.number(altitude, 4);
  },
};

/** Their usual values, 1 m, 10 km and 10 m (RFC 1876 §3). */
const sizeFields = [
  ['size', 'The diameter of a sphere that encloses what is there.', 0x12],
  ['horizontalPrecision', 'How exact the place is: the diameter of a circle.', 0x16],
  ['verticalPrecision', 'How exact the altitude is.', 0x13],
] as const;

/** A digit and a power of ten, in centimetres, each at most 9. */
function size(reader: RdataReader, name: string, meaning: string): string {
  const offset = reader.at;
  const byte = reader.number(1, name);
  const digit = byte >> 4;
  const power = byte & 0x0f;
  if (digit > 9 || power > 9)
    throw new MalformedRdata(offset, `The ${name} 0x${byte.toString(16)} is not two decimal digits.`);
  const value = power >= 2 ? `${digit * 10 ** (power - 2)}m` : `0.${String(digit * 10 ** power).padStart(2, '0')}m`;
  reader.add(offset, {name, value, text: '', meaning});
  return value;
}

const middle = 2 ** 31;

/** Thousandths of a second of arc, 2^31 being the equator or the prime meridian. */
function angle(reader: RdataReader, name: string, sides: string, most: number): string {
  const offset = reader.at;
  const raw = reader.number(4, name) - middle;
  const total = Math.abs(raw);
  if (total > most * 3_600_000) throw new MalformedRdata(offset, `The ${name} is beyond ${most} degrees.`);
  const seconds = (total % 60_000) / 1000;
  const value = `${Math.floor(total / 3_600_000)} ${Math.floor(total / 60_000) % 60} ${seconds.toFixed(3)} ${sides[raw < 0 ? 1 : 0]}`;
  reader.add(offset, {name, value, text: '', meaning: `The ${name}: degrees, minutes and seconds.`});
  return value;
}

/** Centimetres above 100 km below the ellipsoid. */
function altitudeText(raw: number): string {
  const above = raw - 10_000_000;
  return `${above < 0 ? '-' : ''}${Math.floor(Math.abs(above) / 100)}.${String(Math.abs(above) % 100).padStart(2, '0')}m`;
}

function parseAngle(words: Words, sides: string, most: number): number {
  const shapes = [/^\d{1,3}$/, /^\d{1,2}$/, /^\d{1,2}(?:\.\d{1,3})?$/];
  let total = 0;
  for (const [index, scale] of [3_600_000, 60_000, 1000].entries()) {
    const token = words.take('a part of an angle');
    const side = sides.indexOf(token.text.toUpperCase());
    if (index > 0 && token.text.length === 1 && side !== -1) return place(total, side, most, token);
    if (!shapes[index]!.test(token.text) || (index > 0 && Number(token.text) >= 60))
      throw new TextMistake(
        token.at,
        `"${token.text}" is not a part of an angle: degrees, minutes, seconds, then ${sides[0]} or ${sides[1]}.`,
      );
    total += Math.round(Number(token.text) * scale);
  }
  const token = words.take(`${sides[0]} or ${sides[1]}`);
  const side = sides.indexOf(token.text.toUpperCase());
  if (token.text.length !== 1 || side === -1)
    throw new TextMistake(token.at, `"${token.text}" stands where ${sides[0]} or ${sides[1]} is expected.`);
  return place(total, side, most, token);
}

function place(total: number, side: number, most: number, token: Token): number {
  if (total > most * 3_600_000) throw new TextMistake(token.at, `This angle is more than ${most} degrees.`);
  return side === 0 ? middle + total : middle - total;
}

function centimetres(token: Token, least: number, most: number): number {
  const value = /^-?\d+(?:\.\d{1,2})?m?$/i.test(token.text)
    ? Math.round(Number.parseFloat(token.text) * 100)
    : Number.NaN;
  if (!(value >= least && value <= most))
    throw new TextMistake(token.at, `"${token.text}" is not a number of metres that fits here, such as -2.50m.`);
  return value;
}

function sizeByte(token: Token): number {
  let digit = centimetres(token, 0, 9_000_000_000);
  let power = 0;
  for (; digit > 9; power++) digit = Math.floor(digit / 10);
  return (digit << 4) | power;
}
