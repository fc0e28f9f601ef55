import type {Surface} from '../../terminal/surface.ts';
import {sliceByWidth, truncate, width} from '../../terminal/width.ts';
import {edit, visiblePart} from '../edit.ts';
import {type FormState, moveTo, setTyped} from '../form.ts';
import {paintLine} from '../parts/line.ts';
import {wrapWords} from '../parts/text.ts';
import type {Theme} from '../theme.ts';
import type {Line} from '../view.ts';
import type {Hit} from './header.ts';

/** A place on a surface, for the real cursor. */
export interface Caret {
  readonly x: number;
  readonly y: number;
}

export interface FormPaint {
  readonly form: FormState;
  readonly theme: Theme;
  /** Whether the keys go here. */
  readonly active: boolean;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Rows a form takes: one a field, and under them `hintRows` (1 or 2) for the hint or the complaint. */
export function formHeight(form: FormState, available: number, hintRows = 1): number {
  return Math.max(2, Math.min(form.names.length + hintRows, available));
}

/** Paints a form: labels, values, choices, and under them what is wrong or what the field means. Gives the caret. */
export function paintForm(surface: Surface, {form, theme, active}: FormPaint): Caret | undefined {
  const {rows, top, x} = placesOf(form, surface);
  let caret: Caret | undefined;
  for (let y = 0; y < rows && top + y < form.names.length; y++) {
    const column = paintField(surface, y, top + y, {form, theme, active, x});
    if (active && top + y === form.index && column !== undefined) caret = {x: column, y};
  }
  if (top > 0) surface.text(0, 0, '^', theme.roles.dim);
  if (top + rows < form.names.length) surface.text(0, rows - 1, 'v', theme.roles.dim);
  paintHint(surface, {form, theme, active});
  return caret;
}

/** The form after a click in its own cells: the field there gets the caret, at the letter there; a choice is chosen. */
export function formAfterClick(form: FormState, at: Caret, size: Size): FormState {
  const {rows, top, x} = placesOf(form, size);
  const index = top + at.y;
  const name = form.names[index];
  if (at.y >= rows || name === undefined) return form;
  const moved = moveTo(form, index);
  const field = form.fields[name]!;
  const line = form.typed[name]!;
  const room = roomFor(size, x);
  if (field.options !== undefined) {
    const hit = choices(field.options, line.text, room, true).hits.find(
      ({from, to}) => at.x - x >= from && at.x - x < to,
    );
    return hit === undefined ? moved : setTyped(moved, name, hit.what);
  }
  if (at.x < x) return moved;
  const here = index === form.index;
  const shown = visiblePart(here ? line : {text: line.text, caret: 0}, room).text;
  const before = sliceByWidth(shown, 0, at.x - x);
  const start = line.text.length - shown.length;
  return {...moved, typed: {...moved.typed, [name]: edit(line.text, start + Math.min(before.length, shown.length))}};
}

/** How many fields are shown, the first of them, and the column of the values. */
function placesOf(form: FormState, size: Size): {rows: number; top: number; x: number} {
  // Fields that scroll leave room for a whole complaint, with its next step, and for a hint that is as long.
  const below = form.names.length >= size.height && size.height >= 6 ? 2 : 1;
  const rows = Math.max(1, Math.min(form.names.length, size.height - below));
  const top = Math.max(0, Math.min(form.index - rows + 1, form.names.length - rows));
  const widest = Math.max(0, ...form.names.map(name => width(form.fields[name]!.label)));
  // A narrow form keeps two thirds for the values.
  return {rows, top, x: 4 + Math.min(24, widest, Math.max(6, Math.floor(size.width / 3)))};
}

function roomFor(size: Size, x: number): number {
  return Math.max(1, size.width - x - 1);
}

function paintField(
  surface: Surface,
  y: number,
  index: number,
  paint: FormPaint & {readonly x: number},
): number | undefined {
  const {form, theme, active, x} = paint;
  const name = form.names[index]!;
  const field = form.fields[name]!;
  const line = form.typed[name]!;
  const here = active && index === form.index;
  const wrong = form.wrong[name] !== undefined;
  const mark = here ? `${theme.glyphs.selected} ` : wrong ? '! ' : '  ';
  surface.text(0, y, mark, theme.roles[wrong ? 'bad' : 'accent']);
  paintLine(surface, y, [[field.label, here ? 'accent' : 'dim']], theme, {x: 2, width: x - 4});
  const room = roomFor(surface, x);
  if (field.options !== undefined) {
    paintLine(surface, y, choices(field.options, line.text, room, here).line, theme, {x, width: room});
    return undefined;
  }
  const shown = visiblePart(here ? line : {text: line.text, caret: 0}, room);
  const empty = line.text === '';
  const text = empty && !here ? '(empty)' : shown.text;
  // While it is typed it is shown cell for cell, so that the caret stands where it seems to; a control is one mark.
  const suggestion = here && form.suggested.includes(name) && !empty;
  const role = wrong ? 'bad' : empty ? 'dim' : suggestion ? 'cursor' : 'plain';
  if (here) surface.text(x, y, truncate(text, room), theme.roles[role]);
  else paintLine(surface, y, [[text, role]], theme, {x, width: room});
  return here ? x + shown.column : undefined;
}

/** All choices when they fit, the chosen one in brackets; only the chosen one, with arrows, when they do not. */
function choices(
  options: readonly string[],
  chosen: string,
  room: number,
  here: boolean,
): {line: Line; hits: readonly Hit<string>[]} {
  const whole = options.reduce((cells, option) => cells + width(option) + 2, 0);
  if (whole > room) return oneChoice(options, chosen, here);
  const hits: Hit<string>[] = [];
  let x = 0;
  const line = options.map((option): Line[number] => {
    const [open, close] = option === chosen ? ['[', ']'] : [' ', ' '];
    hits.push({from: x, to: x + width(option) + 2, what: option});
    x += width(option) + 2;
    return [`${open}${option}${close}`, option === chosen ? (here ? 'accent' : 'strong') : 'dim'];
  });
  return {line, hits};
}

function oneChoice(
  options: readonly string[],
  chosen: string,
  here: boolean,
): {line: Line; hits: readonly Hit<string>[]} {
  const at = options.indexOf(chosen);
  const other = (by: number) => options[(at + by + options.length) % options.length] ?? chosen;
  const line: Line = [
    [here ? '‹ ' : '', 'accent'],
    [chosen, 'strong'],
    [here ? ' ›' : '', 'accent'],
    [` ${at + 1} of ${options.length}`, 'dim'],
  ];
  const end = 2 + width(chosen);
  return {
    line,
    hits: [
      {from: 0, to: 2, what: other(-1)},
      {from: 2, to: end + 2, what: other(1)},
    ],
  };
}

function paintHint(surface: Surface, {form, theme, active}: FormPaint): void {
  const name = form.names[form.index];
  const {rows} = placesOf(form, surface);
  const room = surface.height - rows;
  if (name === undefined || room < 1) return;
  const wrongs = form.names.filter(other => form.wrong[other] !== undefined);
  const worst = form.wrong[name] === undefined ? wrongs[0] : name;
  if (worst === undefined && !active) return;
  const [said, role] =
    worst === undefined ? ([form.fields[name]!.hint, 'dim'] as const) : ([form.wrong[worst]!, 'bad'] as const);
  const lines = room === 1 ? [said] : wrapWords(said, Math.max(10, surface.width - 3));
  const shown = lines.length > room ? [...lines.slice(0, room - 1), lines.slice(room - 1).join(' ')] : lines;
  for (const [index, line] of shown.entries())
    paintLine(
      surface,
      rows + index,
      [
        [index === 0 && worst !== undefined ? '! ' : '  ', role],
        [line, role],
      ],
      theme,
    );
}
