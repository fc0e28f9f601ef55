import type {Surface} from '../../terminal/surface.ts';
import type {Copy, Explanation, PaneModel, Part, PartModel} from '../view.ts';
import {hexCopies} from './hex-copies.ts';
import {fieldAt, type HexBytes, type HexField, roleOfField} from './hex-fields.ts';
import {hexGrabs, hexPress, isEditing, mayEdit} from './hex-keys.ts';
import {bases, columnAt, type HexLayout, hexFixedRows, hexLayout} from './hex-layout.ts';
import {paintHexRows, paintRuler} from './hex-rows.ts';
import {hexStatus} from './hex-status.ts';
import {paintLine} from './line.ts';

export interface HexOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  bytes(model: PaneModel<State>): HexBytes;
  /** In the order of their starts; one within another comes after it and is painted over it. */
  fields?(model: PaneModel<State>): readonly HexField[];
  /** What is selected elsewhere; without it, the innermost field under the cursor lights up. */
  highlight?(model: PartModel<State>): {readonly start: number; readonly end: number} | undefined;
  /** Where the cursor goes while another part has the keys: the first byte of what is selected there. */
  linked?(model: PartModel<State>): number | undefined;
  /** Makes the bytes changeable: the action gets `{offset, value}`. */
  readonly edit?: {readonly action: string; editable?(model: PaneModel<State>): boolean};
  empty?(model: PaneModel<State>): string;
  explain?(model: PartModel<State>): Explanation | undefined;
  copies?(model: PartModel<State>): readonly Copy[];
}

/** The one byte grid of every chapter: offsets, digits in any base, text, fields in colours, and what is under the cursor. */
export function hexPart<State>(hex: HexOf<State>): Part<State> {
  const {explain, linked} = hex;
  return {
    id: hex.id,
    title: hex.title,
    range: model => ({first: 0, end: hex.bytes(model).length}),
    perRow: model => layoutOf(hex, model).perRow,
    fixedRows({size}) {
      const {ruler, status} = hexFixedRows(size.height);
      return ruler + status;
    },
    paint: (surface, model) => paintHex(surface, hex, model),
    at(x, y, model) {
      const {ruler, status} = hexFixedRows(model.size.height);
      const layout = layoutOf(hex, model);
      const column = columnAt(layout, x);
      if (column === undefined || y < ruler || y >= model.size.height - status) return undefined;
      const offset = rowStart(model.top, layout) + (y - ruler) * layout.perRow + column;
      return offset < hex.bytes(model).length ? offset : undefined;
    },
    grabs: (key, model) => hexGrabs(hex, key, model),
    press: (key, model) => hexPress(hex, key, model),
    ...(explain !== undefined && {explain: (model: PartModel<State>) => explain(model)}),
    ...(linked !== undefined && {linked}),
    copies: model => hex.copies?.(model) ?? hexCopies(hex.bytes(model), lit(hex, model)),
  };
}

function layoutOf<State>(hex: HexOf<State>, model: PartModel<State>): HexLayout {
  return hexLayout(model.size.width, hex.bytes(model).length, bases[model.kept['base'] ?? 0] ?? bases[0]);
}

function rowStart(offset: number, {perRow}: HexLayout): number {
  return offset - (offset % perRow);
}

function lit<State>(hex: HexOf<State>, model: PartModel<State>): {start: number; end: number} | undefined {
  const elsewhere = hex.highlight?.(model);
  if (elsewhere !== undefined) return elsewhere;
  const fields = hex.fields?.(model) ?? [];
  return fields[fieldAt(fields, model.cursor)];
}

function paintHex<State>(surface: Surface, hex: HexOf<State>, model: PartModel<State>): void {
  const {theme, cursor} = model;
  const bytes = hex.bytes(model);
  if (bytes.length === 0) {
    paintLine(surface, 0, [[hex.empty?.(model) ?? 'No bytes yet.', 'dim']], theme, {x: 1});
    return;
  }
  const layout = layoutOf(hex, model);
  const {ruler, status} = hexFixedRows(surface.height);
  if (ruler === 1) paintRuler(surface, layout, cursor, theme);
  const rows = surface.height - ruler - status;
  const start = rowStart(model.top, layout);
  const end = Math.min(bytes.length, start + rows * layout.perRow);
  const fields = hex.fields?.(model) ?? [];
  const window = {start, bytes: bytes.at(start, end), fields, layout, lit: lit(hex, model)};
  paintHexRows(surface.sub(0, ruler, surface.width, rows), window, model);
  if (status > 0) paintStatus(surface, status, hex, model);
}

function paintStatus<State>(surface: Surface, rows: number, hex: HexOf<State>, model: PartModel<State>): void {
  const {theme, cursor} = model;
  const fields = hex.fields?.(model) ?? [];
  const index = fieldAt(fields, cursor);
  const field = index === -1 ? undefined : {...fields[index]!, role: roleOfField(fields[index]!, index)};
  const editing = isEditing(hex, model);
  const hint = editing ? 'Enter ends' : model.focused && mayEdit(hex, model) ? 'Enter: change bytes' : '';
  const room = surface.width - (hint === '' || surface.width < 60 ? 0 : hint.length + 2);
  const y = surface.height - rows;
  const lines = hexStatus({bytes: hex.bytes(model), cursor, field, editing}, room, rows, theme);
  for (const [row, line] of lines.entries()) paintLine(surface, y + row, line, theme, {width: room});
  if (room < surface.width) paintLine(surface, y, [[hint, 'dim']], theme, {x: room + 2});
}
