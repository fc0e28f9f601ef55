import type {VerdictFields, VerdictState} from '../../../chapters/data/framing-events.ts';
import type {FramingState} from '../../../chapters/data/framing-state.ts';
import {counted} from '../../../wire/text/counted.ts';
import {listPart} from '../../parts/list.ts';
import {textPart, wrapWords} from '../../parts/text.ts';
import type {Role} from '../../theme.ts';
import type {Line, Part} from '../../view.ts';
import {chosenIndex, chosenOf} from './chosen.ts';

/** One row for each decoder: what it says after the last chunk. */
export const decodersPart: Part<FramingState> = {
  ...decodersList(),
  jump: ({state}) => (state.chosenBy < 0 ? undefined : {id: state.chosenBy, cursor: state.chosen}),
};

function decodersList(): Part<FramingState> {
  return listPart<FramingState>({
    id: 'decoders',
    title: () => 'Is it safe to stop calling recv()?',
    range: ({state}) => ({first: 0, end: state.decoders.length}),
    empty: () => 'No decoder.',
    row(item, model) {
      const {name, frames, more, verdict} = model.state.decoders[item]!;
      const count = frames.length + more;
      const looked: Line[number] = item === chosenIndex(model) ? [`${model.theme.glyphs.dot} `, 'accent'] : '  ';
      return [
        looked,
        [`${name.padEnd(nameWidth(model.state))} `, 'strong'],
        markOf(verdict),
        [` ${String(count).padStart(3)} frame${count === 1 ? ' ' : 's'}  `, 'dim'],
        reasonOf(verdict),
      ];
    },
    linked: ({state}) => state.chosen,
    grabs: (key, {status}) => status === 'running' && key in steps,
    press(key, {cursor, state}) {
      const by = steps[key];
      if (by === undefined) return undefined;
      const decoder = Math.max(0, Math.min(state.decoders.length - 1, cursor + by));
      return {cursor: decoder, action: 'choose', args: {decoder}};
    },
    explain(model) {
      const decoder = model.state.decoders[model.cursor];
      if (decoder === undefined) return undefined;
      return {title: decoder.title, says: `${decoder.teaches} ${decoder.verdict?.because ?? ''}`};
    },
  });
}

/** The row says whether to go on in a column of its own; here is why. */
function reasonOf(verdict: VerdictFields | undefined): string {
  const reason = verdict?.because.replace(/^(Must call recv\(\) again|Safe to stop) because /, '') ?? '';
  return /^recv\(/.test(reason) ? reason : reason.charAt(0).toUpperCase() + reason.slice(1);
}

const steps: Readonly<Record<string, number>> = {up: -1, k: -1, down: 1, j: 1};

function nameWidth({decoders}: FramingState): number {
  return Math.min(18, Math.max(...decoders.map(({name}) => name.length)));
}

const marks: Readonly<Record<VerdictState, readonly [string, Role]>> = {
  recv: ['recv() again', 'warn'],
  safe: ['safe to stop', 'good'],
  ended: ['safe to stop', 'good'],
  complete: ['complete    ', 'good'],
  incomplete: ['incomplete  ', 'bad'],
  malformed: ['malformed   ', 'bad'],
};

function markOf(verdict: VerdictFields | undefined): Line[number] {
  return verdict === undefined ? ['            ', 'dim'] : marks[verdict.state];
}

/** The whole sentence of the chosen decoder, how much is missing, and what to do. */
export const verdictPart: Part<FramingState> = textPart<FramingState>(
  'verdict',
  model => chosenOf(model)?.title ?? 'No decoder',
  (model, width) => {
    const verdict = chosenOf(model)?.verdict;
    if (verdict === undefined) return [];
    const role = marks[verdict.state][1];
    const said = wrapWords(verdict.because, width).map((row): Line => [[row, role]]);
    const more = [missingText(verdict), verdict.next, endText(verdict)].filter(text => text !== undefined);
    return [...said, ...more.flatMap(text => wrapWords(text, width).map((row): Line => [[row, 'dim']]))];
  },
);

function missingText({state, missing, until, offset}: VerdictFields): string | undefined {
  if (state === 'malformed') return `The first byte that is wrong is at offset ${offset}.`;
  if (state === 'incomplete') return undefined;
  if (until === 'bytes' && missing !== undefined) return `To go on it needs ${counted(missing, 'byte')} at least.`;
  return undefined;
}

function endText({state, ifEnd}: VerdictFields): string | undefined {
  return ifEnd === undefined || state === 'safe' ? undefined : `If the stream ended now: ${ifEnd}`;
}
