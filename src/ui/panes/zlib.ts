import {lastStep, type ZlibState} from '../../chapters/data/zlib-state.ts';
import {codePart} from '../parts/code.ts';
import {columns, type Wish} from '../parts/stack.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {callsPart, outputPart, ratioPart, refusedPart} from './zlib/calls.ts';
import {fieldsTable, tapePart} from './zlib/tape.ts';

/** From this width on output and code stand beside the calls. */
const wideFrom = 110;

/** The calls, the bytes they are given, and what they give. */
export const zlibView: View<ZlibState> = {
  heading,
  parts: [refusedPart, callsPart, tapePart, fieldsTable, outputPart, ratioPart, codePart<ZlibState>()],
  layout(size, {state}) {
    const refused: Wish[] = state.refused === undefined ? [] : [{part: 'refused', atLeast: 3, rank: 10}];
    const calls: Wish = {part: 'calls', atLeast: 4, share: 2, rank: 9};
    const tape: Wish = {part: 'tape', atLeast: 4, share: 1, rank: 8};
    const output: Wish = {part: 'output', atLeast: 3, share: 1, rank: 7};
    const fields: Wish = {part: 'fields', atLeast: 5, share: 1, rank: 4};
    const ratio: Wish = {part: 'ratio', atLeast: size.width < 50 ? 5 : 3, rank: 5};
    const code: Wish = {part: 'code', atLeast: 6, share: 2, rank: 2};
    return columns([...refused, calls, tape, output], [ratio, fields, code], size, {wideFrom, leftShare: 0.55});
  },
};

function heading({state}: PaneModel<ZlibState>): Line {
  if (state.object === '') return [['no bytes to work on', 'dim']];
  const last = lastStep(state);
  const wrong = last?.error ?? last?.stopped;
  if (wrong !== undefined)
    return [
      [wrong, 'bad'],
      [` ${last?.next ?? ''}`, 'dim'],
    ];
  const said: Line[number] =
    last?.eof === true
      ? [state.mode === 'deflate' ? 'complete' : `ended by itself at ${last.consumed}`, 'good']
      : [last === undefined ? 'n gives the first piece' : `${last.end} of ${state.length} bytes given`, 'strong'];
  return [said, [`, ${state.source}`, 'dim']];
}
