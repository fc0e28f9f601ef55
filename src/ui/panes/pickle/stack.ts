import type {PickleState} from '../../../chapters/data/pickle-shape.ts';
import type {Surface} from '../../../terminal/surface.ts';
import type {Opcode} from '../../../wire/pickle/opcodes.ts';
import type {StackView} from '../../../wire/pickle/stack-reader.ts';
import {paintLine} from '../../parts/line.ts';
import {wrapWords} from '../../parts/text.ts';
import type {Line, Part, PartModel} from '../../view.ts';
import {readingOf} from './reading.ts';

/** The unpickler's stack after the selected opcode, its top first, and beside it the memo. */
export const stackPart: Part<PickleState> = {
  id: 'stack',
  title(model) {
    const reading = readingOf(model);
    return reading === undefined ? 'Stack and memo' : 'Stack and memo after the selected opcode';
  },
  paint(surface, model) {
    const selected = selectedOf(model);
    if (selected === undefined) return;
    const {opcode, view} = selected;
    const meaning = wrapWords(opcode.meaning, Math.max(20, surface.width - 2)).slice(0, surface.height > 4 ? 2 : 1);
    for (const [y, row] of meaning.entries()) paintLine(surface, y, [[row, 'dim']], model.theme, {x: 1});
    const below = surface.sub(0, meaning.length);
    const wide = below.width >= 40 && view.memoSize > 0;
    const left = wide ? Math.floor(below.width * 0.6) : below.width;
    paintLines(below, stackLines(view), {x: 1, width: left - 2}, model);
    if (wide) paintLines(below, memoLines(view), {x: left + 1, width: below.width - left - 1}, model);
  },
};

function paintLines(
  surface: Surface,
  lines: readonly Line[],
  place: {readonly x: number; readonly width: number},
  {theme}: PartModel<PickleState>,
): void {
  for (const [y, line] of lines.slice(0, surface.height).entries()) paintLine(surface, y, line, theme, place);
}

function selectedOf(model: PartModel<PickleState>): {readonly opcode: Opcode; readonly view: StackView} | undefined {
  const reading = readingOf(model);
  const index = Math.min(model.cursors['opcodes'] ?? 0, (reading?.ops.length ?? 0) - 1);
  if (reading === undefined || index < 0) return undefined;
  return {opcode: reading.ops[index]!.opcode, view: reading.stackAfter(index)};
}

function stackLines({height, top, error}: StackView): Line[] {
  const lines: Line[] = error === undefined ? [] : [[[`${error.class}: `, 'bad'], error.message]];
  if (top.length === 0) return [...lines, [['the stack is empty', 'dim']]];
  let below = height;
  for (const {text, mark} of top) {
    lines.push(mark ? [['   MARK', 'accent']] : [[`${below}`.padStart(2), 'dim'], ' ', text]);
    if (!mark) below -= 1;
  }
  return below === 0 ? lines : [...lines, [[`${below} more below`, 'dim']]];
}

function memoLines({memoSize, memo}: StackView): Line[] {
  const lines: Line[] = memo.map(([key, text]) => [['memo ', 'dim'], [key, 'accent'], ' ', text]);
  return memoSize > memo.length ? [...lines, [[`${memoSize - memo.length} more`, 'dim']]] : lines;
}
