import type {Cell} from '../../test/support/cell.ts';
import {drawBlock, drawBraille} from './blocks.ts';
import {drawBoxCharacter} from './box-drawing.ts';
import {familyFor, fontFamily, glyphWidth, otherFamily} from './font.ts';
import {paint, theme} from './palette.ts';
import {number, Pen} from './pen.ts';
import {type Snapshot, textRows} from './snapshot.ts';

// A cell of 10 by 20 keeps every line on a whole pixel.
const width = 10;
const height = 20;
const margin = 12;
const fontSize = number(width / glyphWidth);
const baseline = 15.5;

/** A screen as a picture. The text of the screen is in `<desc>`, for those who cannot see it and for the check of staleness. */
export function svg(snapshot: Snapshot, title: string): string {
  const [across, down] = [snapshot.columns * width + 2 * margin, snapshot.rows.length * height + 2 * margin];
  const rows = snapshot.rows.map((row, y) => withCursor(row, snapshot.cursor?.y === y ? snapshot.cursor.x : -1));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${across} ${down}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc xml:space="preserve">${escaped(textRows(snapshot).join('\n'))}</desc>`,
    `<rect width="100%" height="100%" rx="8" fill="${snapshot.background ?? theme.background}"/>`,
    `<g transform="translate(${margin} ${margin})" font-family="'${fontFamily}',Menlo,Consolas,monospace" font-size="${fontSize}" xml:space="preserve">`,
    ...rows.map((row, y) => background(row, y)),
    ...shapes(rows),
    ...rows.map((row, y) => letters(row, y)),
    '</g>',
    '</svg>\n',
  ]
    .filter(line => line !== '')
    .join('\n');
}

function withCursor(row: readonly Cell[], x: number): readonly Cell[] {
  return x < 0 ? row : row.map((cell, k) => (k === x ? {...cell, inverse: !cell.inverse} : cell));
}

function background(row: readonly Cell[], y: number): string {
  return runs(row, cell => paint(cell).ground)
    .filter(({key}) => key !== undefined)
    .map(
      ({key, from, to}) =>
        `<rect x="${from * width}" y="${y * height}" width="${(to - from) * width}" height="${height}" fill="${key}" shape-rendering="crispEdges"/>`,
    )
    .join('');
}

/** Lines, blocks, braille, underlines and the boxes for what no font has, gathered by colour. */
function shapes(rows: readonly (readonly Cell[])[]): string[] {
  const pens = new Map<string, Pen>();
  for (const [y, row] of rows.entries()) {
    for (const [x, cell] of row.entries()) {
      const key = `${paint(cell).ink}"${cell.dim ? ' opacity="0.6"' : ''}`;
      const pen = pens.get(key) ?? new Pen(width, height);
      pens.set(key, pen);
      pen.moveTo(x * width, y * height);
      drawShape(cell, pen);
    }
  }
  return [...pens].flatMap(([key, pen]) => [
    ...[...pen.filled].map(
      ([opacity, path]) => `<path fill="${key}${opacity === 1 ? '' : ` fill-opacity="${opacity}"`} d="${path}"/>`,
    ),
    ...(pen.lines === '' ? [] : [`<path fill="none" stroke="${key} stroke-width="${pen.stroke}" d="${pen.lines}"/>`]),
  ]);
}

function drawShape(cell: Cell, pen: Pen): void {
  const code = cell.char.codePointAt(0) ?? 0x20;
  if (cell.underline) pen.rectangle(0, baseline + 2, width, pen.stroke);
  if (cell.strikethrough) pen.rectangle(0, height / 2, width, pen.stroke);
  if (isBox(code)) drawBoxCharacter(code, pen);
  else if (isBlock(code)) drawBlock(code, pen);
  else if (isBraille(code)) drawBraille(code, pen);
  else if (cell.char !== '' && cell.char !== ' ' && familyFor(cell.char) === undefined) missing(cell, pen);
}

function missing(cell: Cell, pen: Pen): void {
  const [right, bottom] = [cell.width * width - 1.5, height - 3.5];
  pen.line(`M1.5 3.5L${right} 3.5L${right} ${bottom}L1.5 ${bottom}L1.5 3.5`);
}

function isBox(code: number): boolean {
  return code >= 0x2500 && code <= 0x257f;
}

function isBlock(code: number): boolean {
  return code >= 0x2580 && code <= 0x259f;
}

function isBraille(code: number): boolean {
  return code >= 0x2800 && code <= 0x28ff;
}

/** Text, in runs of one look; `textLength` keeps the columns where another font has to stand in. */
function letters(row: readonly Cell[], y: number): string {
  return runs(row, look)
    .filter(({key}) => key !== undefined)
    .map(({key, from, to}) => {
      const text = row.slice(from, to).map(cell => (cell.char === '' ? '' : cell.char));
      const joined = text.join('');
      const trimmed = joined.trimEnd();
      const lead = joined.length - joined.trimStart().length;
      if (trimmed === '') return '';
      const cells = to - from - (joined.length - trimmed.length) - lead;
      const at = `x="${(from + lead) * width}" y="${number(y * height + baseline)}" textLength="${cells * width}"`;
      return `<text ${at}${key}>${escaped(trimmed.slice(lead))}</text>`;
    })
    .join('');
}

/** What makes two cells one run: the same attributes. A character from the other font, or a wide one, stands alone by its place. */
function look(cell: Cell, x: number, row: readonly Cell[]): string | undefined {
  const source = cell.char === '' ? row[x - 1] : cell;
  if (source === undefined || source.char === '') return undefined;
  const code = source.char.codePointAt(0)!;
  if (isBox(code) || isBlock(code) || isBraille(code)) return undefined;
  const family = familyFor(source.char);
  if (family === undefined) return undefined;
  const {ink} = paint(source);
  return [
    ink === theme.foreground ? ` fill="${theme.foreground}"` : ` fill="${ink}"`,
    source.bold ? ' font-weight="bold"' : '',
    source.italic ? ' font-style="italic"' : '',
    source.dim ? ' opacity="0.6"' : '',
    family === otherFamily ? ` font-family="${otherFamily}" lengthAdjust="spacingAndGlyphs"` : '',
  ].join('');
}

interface Run {
  readonly key: string | undefined;
  readonly from: number;
  readonly to: number;
}

function runs(row: readonly Cell[], keyOf: (cell: Cell, x: number, row: readonly Cell[]) => string | undefined): Run[] {
  const found: Run[] = [];
  for (const [x, cell] of row.entries()) {
    const key = keyOf(cell, x, row);
    const last = found.at(-1);
    if (last !== undefined && last.key === key) found[found.length - 1] = {...last, to: x + 1};
    else found.push({key, from: x, to: x + 1});
  }
  return found;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
