import type {Line, PaneModel, Part} from '../view.ts';
import {paintLine} from './line.ts';

/** A part that only shows: a few lines, cut to its size, never wrapped. */
export function textPart<State>(
  id: string,
  title: string | ((model: PaneModel<State>) => string),
  lines: (model: PaneModel<State>, width: number) => readonly Line[],
): Part<State> {
  return {
    id,
    title: model => (typeof title === 'string' ? title : title(model)),
    paint(surface, model) {
      for (const [y, line] of lines(model, surface.width).slice(0, surface.height).entries())
        paintLine(surface, y, line, model.theme);
    },
  };
}

/** Breaks a sentence into rows of at most `cells` characters, at spaces. For our own prose; data is never wrapped. */
export function wrapWords(sentence: string, cells: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of sentence.split(/\s+/)) {
    if (row === '') row = word;
    else if (row.length + 1 + word.length <= cells) row += ` ${word}`;
    else {
      rows.push(row);
      row = word;
    }
  }
  return row === '' ? rows : [...rows, row];
}
