import type {StepFields} from '../../../chapters/data/zlib-shape.ts';
import {lastStep, type ZlibState} from '../../../chapters/data/zlib-state.ts';
import {concat} from '../../../wire/bytes.ts';
import {toHex} from '../../../wire/text/hex.ts';
import {visible} from '../../../wire/text/visible.ts';
import {type Gauge, gaugesPart} from '../../parts/gauges.ts';
import {listPart} from '../../parts/list.ts';
import {textPart, wrapWords} from '../../parts/text.ts';
import type {Line, PaneModel, Part} from '../../view.ts';

/** The session, call by call, as it would look in Python. */
export const callsPart: Part<ZlibState> = listPart<ZlibState>({
  id: 'calls',
  title: ({state}) =>
    `${state.object === '' ? 'Calls' : state.object}${state.older > 0 ? `, ${state.older} older calls` : ''}`,
  range: ({state}) => ({first: state.older, end: state.older + state.steps.length}),
  follows: true,
  empty: ({state}) => (state.object === '' ? 'No object yet.' : 'No call yet: n gives the first piece.'),
  row(item, {state, theme}) {
    const step = state.steps[item - state.older];
    if (step === undefined) return [];
    const {call, gives, error, stopped} = step;
    return [[call, 'call'], [` ${theme.glyphs.right} `, 'dim'], resultOf(gives, error, stopped), ...marksOf(step)];
  },
  explain(model) {
    const step = model.state.steps[model.cursor - model.state.older];
    if (step === undefined) return undefined;
    const next = step.next ?? '';
    const says = step.error ?? step.stopped ?? `It gave ${step.size} bytes, ${step.produced} in all. ${meaning(step)}`;
    return {title: step.call, says: `${says} ${next}`.trim(), source: 'Python Library Reference, zlib'};
  },
});

function resultOf(gives: string, error: string | undefined, stopped: string | undefined): Line[number] {
  if (error !== undefined) return [error, 'bad'];
  return stopped === undefined ? [gives, 'strong'] : [stopped, 'bad'];
}

function marksOf({unused, unusedSize, tail, tailSize, eof, call}: StepFields): Line[number][] {
  const marks: Line[number][] = [];
  if (tailSize > 0) marks.push([`  unconsumed_tail ${tail}`, 'warn']);
  if (unusedSize > 0) marks.push([`  unused_data ${unused}`, 'warn']);
  if (eof && call.startsWith('d.')) marks.push(['  eof', 'good']);
  return marks;
}

function meaning({eof, unusedSize, tailSize, call}: StepFields): string {
  if (call.startsWith('c.')) return 'The compressor holds back what it can still make smaller; flush() gives the rest.';
  if (eof && unusedSize > 0) return `The stream ended by itself and ${unusedSize} bytes behind it are in unused_data.`;
  if (eof) return 'The stream has ended by itself: no length and no end of file was needed.';
  return tailSize > 0
    ? 'max_length left no room: what it did not take is in unconsumed_tail.'
    : 'More input may follow.';
}

/** What has come out so far, control bytes shown. */
export const outputPart: Part<ZlibState> = textPart<ZlibState>(
  'output',
  ({state}) => `Output: ${lastStep(state)?.produced ?? 0} bytes`,
  (model, width) => {
    const text = model.state.mode === 'deflate' ? hexText(model) : outputText(model);
    const rows: Line[] = [];
    for (let at = 0; at < text.length && rows.length < 50; at += width) rows.push([text.slice(at, at + width)]);
    return rows;
  },
);

/** Characters of output that are shown. */
const most = 4000;

function outputText(model: PaneModel<ZlibState>): string {
  return pieces(model)
    .map(piece => visible(piece))
    .join('')
    .slice(0, most);
}

function hexText(model: PaneModel<ZlibState>): string {
  return toHex(concat(pieces(model)).subarray(0, most / 3), ' ');
}

function pieces({state, journal}: PaneModel<ZlibState>): Uint8Array[] {
  return state.shown.map(bytes => journal.bytesOf({bytes})?.subarray(0, most) ?? new Uint8Array(0));
}

/** How much smaller, or larger, it has become. */
export const ratioPart: Part<ZlibState> = gaugesPart<ZlibState>('ratio', ratioTitle, ({state}) => {
  const [packed, plain] = sizes(state);
  const max = Math.max(packed, plain);
  const gauges: Gauge[] = [
    {label: 'plain', value: plain, max, unit: 'B', note: ''},
    {
      label: 'compressed',
      value: packed,
      max,
      unit: 'B',
      note: packed > plain && plain > 0 ? `${packed - plain} more` : '',
    },
  ];
  return gauges;
});

function ratioTitle({state}: PaneModel<ZlibState>): string {
  const [packed, plain] = sizes(state);
  if (packed === 0 || plain === 0) return 'Ratio';
  if (packed > plain) return `Ratio: it grew to ${((100 * packed) / plain).toFixed(0)} %`;
  return `Ratio: ${(plain / packed).toFixed(1)} to 1`;
}

/** Bytes compressed and plain, so far. */
function sizes(state: ZlibState): readonly [packed: number, plain: number] {
  const last = lastStep(state);
  if (last === undefined) return [0, 0];
  return state.mode === 'deflate' ? [last.produced, last.consumed] : [last.consumed - state.from, last.produced];
}

/** Why what is typed cannot be done. */
export const refusedPart: Part<ZlibState> = textPart<ZlibState>('refused', 'Not possible', ({state}, width) => {
  const {says = '', next = ''} = state.refused ?? {};
  return wrapWords(`${says}. ${next}`, width).map((row): Line => [[row, 'bad']]);
});
