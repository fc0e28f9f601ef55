import type {Equivalent} from '../../chapters/contract.ts';
import type {Surface} from '../../terminal/surface.ts';
import type {Copy, Line, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {drawingOf} from './drawing.ts';
import {highlight} from './highlight.ts';
import {lineText, paintLine} from './line.ts';

export interface CodeOf<State> {
  /** Default `code`. */
  readonly id?: string;
  /** Default `The same elsewhere`. */
  title?(model: PaneModel<State>): string;
  /** Default: the pane's equivalents. */
  code?(model: PaneModel<State>): readonly Equivalent[];
  /** The lines, counted from 0, that do what is selected now. */
  marks?(model: PartModel<State>, equivalent: Equivalent): readonly number[];
  linked?(model: PartModel<State>): number | undefined;
}

/**
 * The same thing as a program, in one language at a time: left and right, or `[` and `]`, go to the next. The cursor stands
 * on lines; what is marked belongs to the step that is selected elsewhere.
 */
export function codePart<State>(code: CodeOf<State> = {}): Part<State> {
  const {linked} = code;
  const programs = (model: PaneModel<State>) => code.code?.(model) ?? model.equivalents;
  const linesOf = highlightMemo();
  // The range is asked for without what the keys have set, so it is that of the longest program; `order` is exact.
  const part: Part<State> = {
    id: code.id ?? 'code',
    title: model => code.title?.(model) ?? 'The same elsewhere',
    fixedRows: () => 1,
    range: model => ({first: 0, end: Math.max(0, ...programs(model).map(program => linesOf(program).length))}),
    order(model) {
      const program = chosen(programs(model), model);
      const length = program === undefined ? 0 : linesOf(program).length;
      return {length, at: place => place, placeOf: item => Math.max(0, Math.min(length - 1, item))};
    },
    ...(linked !== undefined && {linked}),
    grabs: key => key in turns,
    press: (key, model) => turn(key, programs(model), model),
    paint(surface, model) {
      const all = programs(model);
      const program = chosen(all, model);
      if (program === undefined) {
        paintLine(surface, 0, [['Nothing else does this.', 'dim']], model.theme, {x: 1});
        return;
      }
      paintLine(surface, 0, tabs(all, program), model.theme, {x: 1});
      const marked = new Set(code.marks?.(model, program));
      paintCode(surface.sub(0, 1), linesOf(program), marked, model);
    },
    at: (_x, y, model) => {
      const program = chosen(programs(model), model);
      const line = model.top + y - 1;
      return y >= 1 && program !== undefined && line < linesOf(program).length ? line : undefined;
    },
    copies: model => copiesOf(programs(model), linesOf, model),
  };
  return part;
}

const turns: Readonly<Record<string, number>> = {left: -1, right: 1, h: -1, l: 1, '[': -1, ']': 1};

function turn<State>(key: string, all: readonly Equivalent[], {kept}: PartModel<State>): PartReply | undefined {
  const by = turns[key];
  if (by === undefined || all.length === 0) return undefined;
  return {cursor: 0, keep: {language: ((kept['language'] ?? 0) + by + all.length) % all.length}};
}

function chosen<State>(all: readonly Equivalent[], {kept}: PartModel<State>): Equivalent | undefined {
  return all[Math.min(all.length - 1, kept['language'] ?? 0)];
}

/** `[Python]  C  Node  shell`: brackets say which one is shown, where there are no colours too. */
function tabs(all: readonly Equivalent[], program: Equivalent): Line {
  return all.map(one => (one === program ? [`[${one.language}]`, 'accent'] : [` ${one.language} `, 'dim']));
}

function paintCode<State>(
  surface: Surface,
  lines: readonly Line[],
  marked: ReadonlySet<number>,
  {theme, cursor, focused, top}: PartModel<State>,
): void {
  const digits = String(lines.length).length;
  for (let y = 0; y < surface.height && top + y < lines.length; y++) {
    const index = top + y;
    const here = index === cursor;
    const over = here && focused ? ({over: 'cursor'} as const) : {};
    if (here && focused) surface.fill(theme.roles.cursor, ' ', 0, y, surface.width, 1);
    const bar: Line[number] = marked.has(index) ? [drawingOf(theme).heavyVertical, 'mark'] : ' ';
    const pointer: Line[number] = here ? [theme.glyphs.selected, 'accent'] : ' ';
    const gutter: Line = [pointer, [String(index + 1).padStart(digits), marked.has(index) ? 'mark' : 'dim'], bar];
    paintLine(surface, y, [...gutter, ...lines[index]!], theme, over);
  }
}

function copiesOf<State>(
  all: readonly Equivalent[],
  linesOf: (program: Equivalent) => readonly Line[],
  model: PartModel<State>,
): readonly Copy[] {
  const program = chosen(all, model);
  if (program === undefined) return [];
  const line = linesOf(program)[model.cursor] ?? [];
  const whole = (one: Equivalent): Copy => ({label: `all of it in ${one.language}`, text: one.code});
  const others = all.filter(one => one !== program).map(whole);
  return [whole(program), {label: 'the line', text: lineText(line).trim()}, ...others];
}

/** Programs change with the fields of the form only, so the last few are kept. */
function highlightMemo(): (program: Equivalent) => readonly Line[] {
  const known = new Map<string, readonly Line[]>();
  return ({code, language}) => {
    const key = `${language} ${code}`;
    let lines = known.get(key);
    if (lines === undefined) {
      if (known.size >= 16) known.clear();
      lines = highlight(code.replace(/\n$/, ''), language);
      known.set(key, lines);
    }
    return lines;
  };
}
