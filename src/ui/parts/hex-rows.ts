import {patchedStyle, type StyleId} from '../../terminal/style.ts';
import type {Surface} from '../../terminal/surface.ts';
import {type ByteClass, byteClass} from '../../wire/hex/byte-class.ts';
import {hexPairs} from '../../wire/text/hex.ts';
import type {Role, Theme} from '../theme.ts';
import type {PartModel} from '../view.ts';
import {drawingOf} from './drawing.ts';
import {type HexField, roleOfField} from './hex-fields.ts';
import {byteDigits, byteX, type HexLayout} from './hex-layout.ts';

/** What is on screen of a byte grid. */
export interface HexWindow {
  /** The offset of the first byte here. */
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly fields: readonly HexField[];
  readonly layout: HexLayout;
  /** The selected stretch. */
  readonly lit: {readonly start: number; readonly end: number} | undefined;
}

/** The last digits of the offsets in each column; the cursor's column stands out. */
export function paintRuler(surface: Surface, layout: HexLayout, cursor: number, {roles}: Theme): void {
  for (let column = 0; column < layout.perRow; column++) {
    const text = hexPairs[column]!;
    surface.text(byteX(layout, column), 0, text, column === cursor % layout.perRow ? roles.strong : roles.dim);
  }
}

/** Offsets, digits and text, one run of equal style at a time. */
export function paintHexRows<State>(surface: Surface, window: HexWindow, model: PartModel<State>): void {
  const {start, bytes, layout} = window;
  const {theme, cursor} = model;
  const styles = byteStyles(window, theme);
  for (let at = 0, y = 0; at < bytes.length; at += layout.perRow, y++) {
    const end = Math.min(bytes.length, at + layout.perRow);
    surface.text(0, y, (start + at).toString(16).padStart(layout.offsetDigits, '0'), theme.roles.dim);
    for (let from = at; from < end; ) {
      let to = from + 1;
      while (to < end && styles[to] === styles[from]) to++;
      paintRun(surface, y, from, to, at, styles[from]!, window, theme);
      from = to;
    }
    const column = cursor - start - at;
    if (model.focused && column >= 0 && column < layout.perRow) paintCursor(surface, y, column, layout, model);
  }
}

/** Bytes that belong to no field are coloured by what kind of byte they are. */
const classRoles: Readonly<Record<ByteClass, Role>> = {
  null: 'dim',
  printable: 'plain',
  space: 'plain',
  control: 'call',
  high: 'call',
};

const paddingBit = 0x1_0000;
const litBit = 0x2_0000;

/** For each byte its style, whether it is padding, and whether it is lit, in one number. */
function byteStyles({start, bytes, fields, lit}: HexWindow, {roles}: Theme): Uint32Array {
  const end = start + bytes.length;
  const styles = new Uint32Array(bytes.length);
  for (let index = 0; index < bytes.length; index++) styles[index] = roles[classRoles[byteClass(bytes[index]!)]];
  for (let index = 0; index < fields.length && fields[index]!.start < end; index++) {
    const field = fields[index]!;
    if (field.end <= start) continue;
    const style = roles[roleOfField(field, index)] | (field.padding === true ? paddingBit : 0);
    styles.fill(style, Math.max(0, field.start - start), Math.min(end, field.end) - start);
  }
  if (lit === undefined) return styles;
  for (let at = Math.max(start, lit.start); at < Math.min(end, lit.end); at++) styles[at - start]! |= litBit;
  return styles;
}

function paintRun(
  surface: Surface,
  y: number,
  from: number,
  to: number,
  row: number,
  packed: number,
  {bytes, layout}: HexWindow,
  theme: Theme,
): void {
  const padding = (packed & paddingBit) !== 0;
  const plain: StyleId = packed & 0xffff;
  const style = packed & litBit ? litStyle(plain) : plain;
  const unprintable = drawingOf(theme).ascii ? '.' : '·';
  const x = byteX(layout, from - row);
  let digits = '';
  let text = '';
  for (let index = from; index < to; index++) {
    const byte = bytes[index]!;
    // Within a run the gaps belong to it, so that a selected stretch is seen as one even without colours.
    while (x + digits.length < byteX(layout, index - row)) digits += ' ';
    digits += padding ? unprintable.repeat(layout.base.digits) : byteDigits(byte, layout.base);
    text += !padding && byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : unprintable;
  }
  surface.text(x, y, digits, style);
  surface.text(layout.textAt + from - row, y, text, style);
}

const litStyles = new Map<StyleId, StyleId>();

function litStyle(style: StyleId): StyleId {
  let lit = litStyles.get(style);
  if (lit === undefined) {
    lit = patchedStyle(style, {underline: true, bold: true, dim: false});
    litStyles.set(style, lit);
  }
  return lit;
}

/** The cursor's byte in both columns; when half of it is typed, only the half that comes next. */
function paintCursor<State>(
  surface: Surface,
  y: number,
  column: number,
  layout: HexLayout,
  {kept, cursor}: PartModel<State>,
): void {
  const half = kept['editing'] === 1 && kept['typed'] === cursor + 1 ? 1 : 0;
  surface.restyle({inverse: true}, byteX(layout, column) + half, y, layout.base.digits - half, 1);
  surface.restyle({inverse: true}, layout.textAt + column, y, 1, 1);
}
