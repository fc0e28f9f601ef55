import type {FramingState} from '../../chapters/data/framing-state.ts';
import {codePart} from '../parts/code.ts';
import {columns, type Wish} from '../parts/stack.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {decodersPart, verdictPart} from './framing/decoders.ts';
import {framesPart} from './framing/frames.ts';
import {tapePart} from './framing/tape.ts';

/** From this width on frames and code stand beside the tape. */
const wideFrom = 150;

/** One stream on top, and what each decoder makes of it so far. */
export const framingView: View<FramingState> = {
  heading,
  parts: [decodersPart, verdictPart, tapePart, framesPart, codePart<FramingState>()],
  layout(size, {state}) {
    // On a small screen the list scrolls, so that there is room for the bytes.
    const rows = size.height < 14 ? 2 : Math.max(1, state.decoders.length);
    const decoders: Wish = {part: 'decoders', atLeast: 1 + rows, rank: 9};
    const verdict: Wish = {part: 'verdict', atLeast: 4, rank: 4};
    const tape: Wish = {part: 'tape', atLeast: size.height < 7 ? 2 : 4, share: 2, rank: 8};
    const frames: Wish = {part: 'frames', atLeast: 4, share: 2, rank: 7};
    const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 2};
    return columns([decoders, tape, verdict], [frames, code], size, {wideFrom, leftShare: 0.55});
  },
};

function heading({state, status}: PaneModel<FramingState>): Line {
  if (state.refused !== undefined)
    return [
      [state.refused.says, 'bad'],
      [`. ${state.refused.next ?? ''}`, 'dim'],
    ];
  if (state.call !== undefined)
    return [
      [state.call, 'call'],
      [`  chunk ${state.came.length}`, 'dim'],
    ];
  const chunk = state.came.length;
  const going =
    status !== 'running'
      ? ''
      : state.eof
        ? 'the stream has ended'
        : chunk === 0
          ? 'n gives the first chunk'
          : `chunk ${chunk}`;
  return [[going, 'strong'], going === '' ? '' : ', ', [`${state.via}: ${state.source}`, 'dim']];
}
