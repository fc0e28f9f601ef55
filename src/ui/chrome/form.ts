import type {Surface} from '../../terminal/surface.ts';
import {truncate, width} from '../../terminal/width.ts';
import {visiblePart} from '../edit.ts';
import type {FormState} from '../form.ts';
import {paintLine} from '../parts/line.ts';
import {wrapWords} from '../parts/text.ts';
import type {Theme} from '../theme.ts';
import type {Line} from '../view.ts';

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

/** Rows a form takes: one a field, and one for the hint or the complaint under them. */
export function formHeight(form: FormState, available: number): number {
  return Math.max(2, Math.min(form.names.length + 1, available));
}

/** Paints a form: labels, values, choices, and under them what is wrong or what the field means. Gives the caret. */
export function paintForm(surface: Surface, {form, theme, active}: FormPaint): Caret | undefined {
  const rows = Math.max(1, surface.height - 1);
  const top = Math.max(0, Math.min(form.index - rows + 1, form.names.length - rows));
  const labels = Math.min(24, Math.max(...form.names.map(name => width(form.fields[name]!.label))) + 1);
  let caret: Caret | undefined;
  for (let y = 0; y < rows && top + y < form.names.length; y++) {
    const column = paintField(surface, y, top + y, {form, theme, active, labels});
    if (active && top + y === form.index && column !== undefined) caret = {x: column, y};
  }
  paintHint(surface, {form, theme, active});
  return caret;
}

function paintField(
  surface: Surface,
  y: number,
  index: number,
  paint: FormPaint & {readonly labels: number},
): number | undefined {
  const {form, theme, active, labels} = paint;
  const name = form.names[index]!;
  const field = form.fields[name]!;
  const line = form.typed[name]!;
  const here = active && index === form.index;
  const wrong = form.wrong[name] !== undefined;
  const mark = here ? `${theme.glyphs.selected} ` : wrong ? '! ' : '  ';
  surface.text(0, y, mark, theme.roles[wrong ? 'bad' : 'accent']);
  surface.text(2, y, truncate(field.label, labels), theme.roles[here ? 'accent' : 'dim']);
  const x = labels + 3;
  const room = Math.max(1, surface.width - x - 1);
  if (field.options !== undefined) {
    paintLine(surface, y, choiceLine(field.options, line.text, room, here), theme, {x, width: room});
    return undefined;
  }
  const shown = visiblePart(here ? line : {text: line.text, caret: 0}, room);
  const empty = line.text === '';
  surface.text(
    x,
    y,
    truncate(empty && !here ? '(empty)' : shown.text, room),
    theme.roles[wrong ? 'bad' : empty ? 'dim' : 'plain'],
  );
  return here ? x + shown.column : undefined;
}

/** All choices when they fit, the chosen one in brackets; only the chosen one, with arrows, when they do not. */
function choiceLine(options: readonly string[], chosen: string, room: number, here: boolean): Line {
  const whole = options.reduce((cells, option) => cells + width(option) + 2, 0);
  if (whole > room)
    return [
      [here ? '‹ ' : '', 'accent'],
      [chosen, 'strong'],
      [here ? ` › ${options.indexOf(chosen) + 1} of ${options.length}` : '', 'dim'],
    ];
  return options.flatMap(option => {
    const [open, close] = option === chosen ? ['[', ']'] : [' ', ' '];
    return [[`${open}${option}${close}`, option === chosen ? (here ? 'accent' : 'strong') : 'dim']] as Line;
  });
}

function paintHint(surface: Surface, {form, theme, active}: FormPaint): void {
  const name = form.names[form.index];
  const y = surface.height - 1;
  if (name === undefined || y < 1) return;
  const wrongs = form.names.filter(other => form.wrong[other] !== undefined);
  const worst = form.wrong[name] === undefined ? wrongs[0] : name;
  if (worst !== undefined) {
    const said = wrapWords(form.wrong[worst]!, Math.max(10, surface.width - 4));
    surface.text(0, y, truncate(`! ${said.join(' ')}`, surface.width), theme.roles.bad);
  } else if (active) surface.text(2, y, truncate(form.fields[name]!.hint, surface.width - 2), theme.roles.dim);
}
