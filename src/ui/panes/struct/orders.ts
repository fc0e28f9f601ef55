import type {StructState} from '../../../chapters/data/struct.ts';
import type {StructAnswer} from '../../../chapters/data/struct-shape.ts';
import {codes} from '../../../wire/struct/codes.ts';
import {roleOfField} from '../../parts/hex-fields.ts';
import {paintLine} from '../../parts/line.ts';
import type {Line, Part, PartModel} from '../../view.ts';
import {fieldsOf, type ShownField} from './fields.ts';

/** The same values in both byte orders, one above the other, and the same bytes read in the wrong one. */
export const ordersPart: Part<StructState> = {
  id: 'orders',
  title: () => 'Both byte orders',
  paint(surface, model) {
    const {answer} = model.state;
    if (answer === undefined) return;
    for (const [y, line] of linesOf(answer, model).slice(0, surface.height).entries())
      paintLine(surface, y, line, model.theme, {x: 1});
  },
};

function linesOf(answer: StructAnswer, model: PartModel<StructState>): Line[] {
  const {little, big, reversed, format, op} = answer;
  if (little === undefined || big === undefined) return [[[absence(answer), 'dim']]];
  const isBig = /^[>!]/.test(format);
  const rows: Line[] = [
    [mark(!isBig, '< little-endian  '), ...coloured(little, model)],
    [mark(isBig, '> big-endian     '), ...coloured(big, model)],
  ];
  if (reversed === undefined) return rows;
  const tuple = reversed.length === 1 ? `(${reversed[0]},)` : `(${reversed.join(', ')})`;
  const other = isBig ? '<' : '>';
  return [...rows, [[`${op === 'pack' ? 'a reader with' : 'read with'} ${other} gets `, 'dim'], tuple]];
}

function mark(chosen: boolean, text: string): Line[number] {
  return [text, chosen ? 'accent' : 'dim'];
}

function absence({op, format}: StructAnswer): string {
  if (op === 'iter_unpack') return 'Choose unpack to compare one record.';
  return /[nNP]/.test(format) ? 'n, N and P exist in native order only.' : 'Too long, or too short, to compare.';
}

/** The bytes in the colours of their fields; those of the selected field underlined. */
function coloured(hex: string, model: PartModel<StructState>): Line {
  const fields = fieldsOf(model);
  const selected = model.cursors['fields'] ?? -1;
  const line: Line[number][] = [];
  let at = 0;
  for (const [index, shown] of fields.entries()) {
    if (shown.field.padding === 'alignment') continue;
    const end = at + standardSize(shown);
    const bytes = hex.slice(2 * at, 2 * end).replace(/..(?=.)/g, '$& ');
    if (bytes !== '') line.push([bytes, index === selected ? 'mark' : roleOfField(shown, index)], '  ');
    at = end;
  }
  return line;
}

/** Bytes of a row in the standard modes: an `l` has 4 there. */
function standardSize({field: {code, size, count}}: ShownField): number {
  if (code === 's' || code === 'p') return Number(size);
  return (codes.get(code)?.standard ?? 0) * Number(code === 'x' ? size : count);
}
