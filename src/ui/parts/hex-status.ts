import {truncate} from '../../terminal/width.ts';
import {byteClass, byteClasses} from '../../wire/hex/byte-class.ts';
import {hexPairs} from '../../wire/text/hex.ts';
import {gutter} from '../../wire/text/visible.ts';
import type {Theme} from '../theme.ts';
import type {Line} from '../view.ts';
import {drawingOf} from './drawing.ts';
import {fieldName, type HexBytes, type HexField} from './hex-fields.ts';
import {lineWidth} from './line.ts';

/** Where the cursor is, and in what. */
export interface HexPlace {
  readonly bytes: HexBytes;
  readonly cursor: number;
  readonly field: HexField | undefined;
  readonly editing: boolean;
}

/**
 * What the byte under the cursor is: its offset, the field it belongs to, the byte in every base, and the numbers that
 * begin there in both orders. As many of these as fit in `rows` rows.
 */
export function hexStatus(place: HexPlace, cells: number, rows: number, theme: Theme): Line[] {
  const lines: Line[] = [];
  let line: Line[number][] = [];
  for (const piece of pieces(place, theme)) {
    if (line.length > 0 && lineWidth(line) + 2 + lineWidth(piece) > cells) {
      lines.push(line);
      line = [];
      if (lines.length === rows) break;
    }
    line.push(...(line.length === 0 ? [] : ['  ']), ...piece);
  }
  if (lines.length < rows) lines.push(line);
  return lines;
}

function pieces({bytes, cursor, field, editing}: HexPlace, theme: Theme): Line[] {
  const near = bytes.at(cursor, Math.min(bytes.length, cursor + 8));
  const byte = near[0];
  if (byte === undefined) return [];
  const bits = byte.toString(2).padStart(8, '0');
  const character = byte >= 0x20 && byte <= 0x7e ? ` '${gutter(byte)}'` : '';
  const found: Line[] = [];
  if (editing) found.push([['typing hex', 'warn']]);
  found.push([
    [`@${cursor}`, 'strong'],
    [` 0x${cursor.toString(16)}`, 'dim'],
  ]);
  if (field !== undefined) found.push(fieldPiece(field, theme));
  found.push([`0x${hexPairs[byte]} ${byte} 0b${bits}${character}`]);
  const view = new DataView(near.buffer, near.byteOffset, near.byteLength);
  if (near.length >= 2) found.push(both('u16', view.getUint16(0, true), view.getUint16(0)));
  if (character === '') found.push([[byteClasses.find(({id}) => id === byteClass(byte))!.title, 'dim']]);
  if (near.length >= 4) found.push(both('u32', view.getUint32(0, true), view.getUint32(0)));
  if (near.length >= 8) found.push(both('u64', view.getBigUint64(0, true), view.getBigUint64(0)));
  return found;
}

function fieldPiece(field: HexField, theme: Theme): Line {
  const {start, end, role} = field;
  const name = truncate(fieldName(field), 24, {ellipsis: drawingOf(theme).ellipsis});
  return [
    [name, role ?? 'strong'],
    [end - start > 1 ? ` ${start}-${end - 1}` : ` ${start}`, 'dim'],
  ];
}

function both(name: string, little: number | bigint, big: number | bigint): Line {
  return [[`${name} `, 'dim'], `${little}`, [' LE ', 'dim'], `${big}`, [' BE', 'dim']];
}
