import type {PartModel, PartReply} from '../view.ts';
import type {HexOf} from './hex-grid.ts';
import {bases} from './hex-layout.ts';

/** Whether the digits typed now change bytes. */
export function isEditing<State>(hex: HexOf<State>, model: PartModel<State>): boolean {
  return model.kept['editing'] === 1 && mayEdit(hex, model);
}

export function mayEdit<State>(hex: HexOf<State>, model: PartModel<State>): boolean {
  return hex.edit !== undefined && hex.edit.editable?.(model) !== false && hex.bytes(model).length > 0;
}

/** The keys that must not reach anybody else: Enter where bytes can be changed, and the digits while they are. */
export function hexGrabs<State>(hex: HexOf<State>, key: string, model: PartModel<State>): boolean {
  if (isEditing(hex, model)) return /^([0-9a-fA-F]|enter|escape|backspace)$/.test(key);
  return key === 'enter' && mayEdit(hex, model);
}

/** `b` shows the next base, Enter begins and ends changing bytes, a digit changes half of the byte under the cursor. */
export function hexPress<State>(hex: HexOf<State>, key: string, model: PartModel<State>): PartReply | undefined {
  const {cursor, kept} = model;
  if (isEditing(hex, model)) {
    if (key === 'enter' || key === 'escape') return {keep: {editing: 0, typed: 0}};
    if (key === 'backspace') return {cursor: Math.max(0, cursor - 1), keep: {typed: 0}};
    if (/^[0-9a-fA-F]$/.test(key)) return typeDigit(hex, Number.parseInt(key, 16), model);
    return undefined;
  }
  if (key === 'enter' && mayEdit(hex, model)) return {keep: {editing: 1, typed: 0, base: 0}};
  if (key === 'b') return {keep: {base: ((kept['base'] ?? 0) + 1) % bases.length}};
  return undefined;
}

/** The first digit sets the high half and stays, the second sets the low half and moves on. A moved cursor starts anew. */
function typeDigit<State>(hex: HexOf<State>, digit: number, model: PartModel<State>): PartReply {
  const {cursor, kept} = model;
  const bytes = hex.bytes(model);
  const {action} = hex.edit!;
  if (kept['typed'] === cursor + 1) {
    const value = ((kept['high'] ?? 0) << 4) | digit;
    return {action, args: {offset: cursor, value}, cursor: Math.min(bytes.length - 1, cursor + 1), keep: {typed: 0}};
  }
  const value = (digit << 4) | (bytes.at(cursor, cursor + 1)[0]! & 0x0f);
  return {action, args: {offset: cursor, value}, keep: {typed: cursor + 1, high: digit}};
}
