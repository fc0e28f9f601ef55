import {clusters} from '../terminal/clusters.ts';
import {width} from '../terminal/width.ts';

/** A line being typed: its text, and the caret as an offset into it, always between two glyphs. */
export interface Edit {
  readonly text: string;
  readonly caret: number;
}

export function edit(text: string, caret = text.length): Edit {
  return {text, caret};
}

/** What a key does to a line; `undefined` when it does nothing to it. The names are those of readline and of every form. */
export function press(line: Edit, key: string): Edit | undefined {
  const command = commands[key];
  if (command !== undefined) return command(line);
  return undefined;
}

export function insert(line: Edit, typed: string): Edit {
  return {text: line.text.slice(0, line.caret) + typed + line.text.slice(line.caret), caret: line.caret + typed.length};
}

/** The part of the line that fits in `cells` with the caret in sight, and the caret's column in it. */
export function visiblePart(line: Edit, cells: number): {readonly text: string; readonly column: number} {
  let start = 0;
  const before = () => width(line.text.slice(start, line.caret));
  while (before() >= cells && start < line.caret) start = next(line.text, start);
  return {text: line.text.slice(start), column: before()};
}

const commands: Readonly<Record<string, (line: Edit) => Edit>> = {
  left: line => ({...line, caret: previous(line.text, line.caret)}),
  right: line => ({...line, caret: next(line.text, line.caret)}),
  home: line => ({...line, caret: 0}),
  end: line => ({...line, caret: line.text.length}),
  'ctrl+e': line => ({...line, caret: line.text.length}),
  'ctrl+left': line => ({...line, caret: wordStart(line)}),
  'ctrl+right': line => ({...line, caret: wordEnd(line)}),
  backspace: line => cut(line, previous(line.text, line.caret), line.caret),
  delete: line => cut(line, line.caret, next(line.text, line.caret)),
  'ctrl+d': line => cut(line, line.caret, next(line.text, line.caret)),
  'ctrl+w': line => cut(line, wordStart(line), line.caret),
  'ctrl+u': line => cut(line, 0, line.caret),
  'ctrl+k': line => cut(line, line.caret, line.text.length),
};

function cut(line: Edit, from: number, to: number): Edit {
  return {text: line.text.slice(0, from) + line.text.slice(to), caret: from};
}

function previous(text: string, caret: number): number {
  const last = boundaries(text.slice(0, caret)).at(-2);
  return last ?? 0;
}

function next(text: string, caret: number): number {
  return caret + (boundaries(text.slice(caret))[1] ?? 0);
}

/** Offsets between glyphs. A glyph of no width belongs to the one before it. */
function boundaries(text: string): number[] {
  const offsets = [0];
  let at = 0;
  for (const glyph of clusters(text)) {
    const found = text.indexOf(glyph.text, at);
    at = (found < 0 ? at : found) + glyph.text.length;
    offsets.push(at);
  }
  if (at < text.length) offsets[Math.max(1, offsets.length - 1)] = text.length;
  return offsets;
}

function wordStart({text, caret}: Edit): number {
  return text.slice(0, caret).replace(/\S+\s*$/, '').length;
}

function wordEnd({text, caret}: Edit): number {
  return caret + (/^\s*\S+/.exec(text.slice(caret))?.[0].length ?? 0);
}
