import type {PickleState} from '../../chapters/data/pickle-shape.ts';
import {codePart} from '../parts/code.ts';
import {hexPart} from '../parts/hex-grid.ts';
import {mistakeLine} from '../parts/mistake.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import type {Line, PaneModel, PartModel, View} from '../view.ts';
import {explainOpcode, opcodesPart} from './pickle/opcodes.ts';
import {hexBytesOf, opcodeAtByte, readingOf} from './pickle/reading.ts';
import {offsetOfFinding, reportPart} from './pickle/report.ts';
import {stackPart} from './pickle/stack.ts';

/** From this width on the bytes stand beside the opcodes. */
const wideFrom = 90;

/** Opcodes, bytes, stack and report of one pickle: what is selected in one lights up in the others. */
export const pickleView: View<PickleState> = {
  heading,
  parts: [
    opcodesPart,
    hexPart<PickleState>({
      id: 'bytes',
      title: ({state}) => (state.pickle === undefined ? 'Bytes' : `Bytes: ${state.pickle.bytes?.length ?? 0}`),
      bytes: hexBytesOf,
      fields: model => readingOf(model)?.fields ?? [],
      highlight: model => (model.focus === 'bytes' ? undefined : selectedSpan(model)),
      linked(model) {
        const span = selectedSpan(model);
        if (span === undefined || model.focus === 'code') return undefined;
        return model.cursor >= span.start && model.cursor < span.end ? model.cursor : span.start;
      },
      edit: {action: 'edit'},
      empty: () => 'No bytes.',
      explain(model) {
        const reading = readingOf(model);
        return explainOpcode(reading?.ops[opcodeAtByte(reading.ops, model.cursor)]);
      },
    }),
    stackPart,
    reportPart,
    codePart<PickleState>(),
  ],
  layout(size, {state}) {
    const tight = size.height < 10;
    const opcodes: Wish = {part: 'opcodes', atLeast: tight ? 4 : 5, share: 3, rank: 9};
    const bytes: Wish = {part: 'bytes', atLeast: tight ? 2 : 4, share: 1, rank: 8};
    // The first that has rows gets the keys: nothing else may have them while the bytes are on their way.
    if (state.pickle === undefined) return stack([opcodes, bytes], size);
    const report: Wish = {part: 'report', atLeast: tight ? 3 : 4, share: 1, rank: 7};
    const beside: Wish = {part: 'stack', atLeast: 5, share: 1, rank: 6};
    const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 3};
    if (size.width < wideFrom) return stack([opcodes, bytes, report, beside, code], size);
    // As tall as they are long, so that the report and the stack stand right under them.
    const tall = Math.max(5, Math.min(size.height - 5, state.pickle.opcodes + 3));
    const rows = Math.ceil((state.pickle.bytes?.length ?? 0) / (size.width >= 160 ? 16 : 8));
    const hex = Math.max(5, Math.min(Math.floor(size.height / 2), rows + 4));
    return columns(
      [
        {...opcodes, atLeast: tall, share: 0},
        {...report, share: 1},
      ],
      [
        {...bytes, atLeast: hex, share: 0},
        {...beside, share: 1},
        {...code, share: 1},
      ],
      size,
      {wideFrom, leftShare: 0.54},
    );
  },
};

/** Where the bytes come from and how they end; in its place what could not be read. */
function heading({state}: PaneModel<PickleState>): Line {
  const {unread, pickle} = state;
  if (unread !== undefined) return mistakeLine(unread);
  if (pickle === undefined) return [['Reading …', 'dim']];
  const {origin, name, highest, consumed, leftOver, complete} = pickle;
  const from = {
    value: 'made of the value',
    file: `read from ${name ?? ''}`,
    stdin: 'from standard input',
    hex: 'given in hex',
    edit: 'changed here',
  };
  return [
    [complete ? `${consumed} bytes to the STOP` : 'no STOP', complete ? 'strong' : 'warn'],
    [leftOver > 0 ? `, ${leftOver} left over` : '', 'warn'],
    [`, ${from[origin]}`, 'dim'],
    [highest < 0 ? '' : `, opcodes of protocol ${highest}`, 'dim'],
  ];
}

/** The bytes of what is selected in the opcodes or in the report. */
function selectedSpan(model: PartModel<PickleState>): {readonly start: number; readonly end: number} | undefined {
  const reading = readingOf(model);
  if (reading === undefined) return undefined;
  const placed = model.focus === 'report' ? offsetOfFinding(model.cursors['report'] ?? 0, model) : undefined;
  const index = placed === undefined ? (model.cursors['opcodes'] ?? 0) : opcodeAtByte(reading.ops, placed);
  const one = reading.ops[index];
  if (one === undefined) return placed === undefined ? undefined : {start: placed, end: placed + 1};
  return {start: one.offset, end: one.offset + one.length};
}
