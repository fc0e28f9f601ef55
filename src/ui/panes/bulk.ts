import type {BulkState} from '../../chapters/names/bulk-state.ts';
import {codePart} from '../parts/code.ts';
import {barText, type Gauge, gaugeRows, gaugesPart} from '../parts/gauges.ts';
import {histogramPart} from '../parts/histogram.ts';
import {plotPart} from '../parts/plot.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {textPart} from '../parts/text.ts';
import type {Line, PaneModel, Placed, Size, View} from '../view.ts';
import {badPart} from './bulk/bad.ts';
import {outcomesPart, roleOf} from './bulk/table.ts';

type Model = PaneModel<BulkState>;

/** From this width on the pictures stand beside the table. */
const wideFrom = 110;

/** How far it is, how fast, how long answers take, and those that went wrong or took longest. */
export const bulkView: View<BulkState> = {
  heading,
  // Not the table: its order stands still while somebody is in it.
  first: 'latency',
  parts: [
    gaugesPart<BulkState>('progress', 'Progress', progressGauges),
    textPart<BulkState>('brief', 'Progress', briefLines),
    outcomesPart,
    histogramPart<BulkState>({
      id: 'latency',
      title: ({state}) => `Time to the answer, of ${state.figures.answered}`,
      scale: {base: 1e-6, perOctave: 4},
      data: ({state}) => ({
        buckets: state.histogram,
        unit: 's',
        marks: [
          {label: 'p50', value: state.figures.p50},
          {label: 'p99', value: state.figures.p99},
          ...(state.summary === undefined ? [] : [{label: 'mean', value: state.summary.mean}]),
        ],
      }),
      empty: () => 'No answer yet.',
      explain: () => ({
        title: 'Time to the answer',
        says:
          'From the first sending of a question to its answer; a question that was sent again has waited for its time-out ' +
          'as well. Each bar is a quarter of a doubling. p50: half of the answers came within that time.',
      }),
    }),
    plotPart<BulkState>({
      id: 'rate',
      title: () => 'Outcomes a second',
      data: ({state: {samples}}) => ({
        series: [{label: 'a second', values: samples.rate}],
        first: samples.dropped,
        every: samples.every,
      }),
    }),
    gaugesPart<BulkState>('codes', 'Response codes', codeGauges),
    badPart,
    codePart<BulkState>(),
  ],
  layout,
};

function layout(size: Size, model: Model): Placed[] {
  const {state} = model;
  const bad: Wish[] = state.figures.bad === 0 ? [] : [{part: 'bad', atLeast: 3, rank: 3}];
  const width = size.width < wideFrom ? size.width : Math.floor(size.width / 2);
  const progress: Wish = {part: 'progress', atLeast: 1 + gaugeRows(progressGauges(model), width), rank: 9};
  const codes: Wish = {part: 'codes', atLeast: 1 + gaugeRows(codeGauges(model), width), rank: 5};
  const outcomes: Wish = {part: 'outcomes', atLeast: 4, share: 3, rank: 8};
  const latency: Wish = {part: 'latency', atLeast: 6, share: 2, rank: 7};
  const rate: Wish = {part: 'rate', atLeast: 6, share: 1, rank: 4};
  const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 1};
  if (size.height < 12) return stack([{part: 'brief', atLeast: 3, rank: 9}, outcomes], size);
  const options = {wideFrom, leftShare: 0.5};
  return columns([progress, outcomes, ...bad], [latency, codes, rate, code], size, options);
}

function progressGauges({state}: Model): readonly Gauge[] {
  const {figures, concurrency, rate} = state;
  const total = totalOf(state);
  const paused = state.paused ? {note: 'paused'} : {};
  const limit = rate > 0 ? {max: rate} : {};
  return [
    // Without the number of all of them there is no bar: nobody knows how many come.
    {label: 'Done', value: figures.done, ...(total >= 0 && {max: total}), role: 'good', ...paused, ...doneNote(state)},
    {label: 'In flight', value: figures.inFlight, max: Math.max(1, concurrency), note: ''},
    {label: 'Rate', value: Math.round(state.summary?.rate ?? figures.rate), unit: '/s', ...limit, note: ''},
  ];
}

/** Lines that are left out have no outcome. */
const totalOf = ({total, figures}: BulkState): number => (total < 0 ? total : Math.max(0, total - figures.bad));

/** The same in two rows. */
function briefLines({state, theme}: Model, width: number): readonly Line[] {
  const {figures, concurrency, summary} = state;
  const total = totalOf(state);
  const all = total >= 0 ? ` of ${quantity(total)}` : '';
  const going = summary === undefined ? `${figures.inFlight} of ${concurrency} in flight` : 'done';
  return [
    [
      [`${quantity(figures.done)}${all}`, 'strong'],
      [`  ${going}`, 'dim'],
    ],
    [[barText(figures.done, total >= 0 ? total : undefined, width, theme), 'good']],
  ];
}

function doneNote({summary, figures}: BulkState): {note?: string} {
  if (summary === undefined) return {};
  return {
    note: summary.cancelled > 0 ? `${summary.cancelled} cancelled` : figures.timeouts > 0 ? 'with time-outs' : 'all',
  };
}

function codeGauges({state}: Model): readonly Gauge[] {
  const {codes, done, timeouts, failed} = state.figures;
  const max = Math.max(1, done);
  const found: Gauge[] = codes
    .slice(0, 6)
    .map(({code, count}) => ({label: code, value: count, max, role: roleOf(code), note: ''}));
  if (timeouts > 0) found.push({label: 'timeout', value: timeouts, max, role: 'bad', note: ''});
  if (failed > 0) found.push({label: 'not asked', value: failed, max, role: 'bad', note: ''});
  return found.length > 0 ? found : [{label: 'none yet', value: 0}];
}

function heading({state, status}: Model): Line {
  const {server, transport, source, summary, figures, paused, concurrency} = state;
  if (server === '') return [[status === 'running' ? 'opening the names' : 'did not begin', 'dim']];
  const place: Line = [
    [server, 'server'],
    [` over ${transport.toUpperCase()}, ${source}`, 'dim'],
  ];
  if (summary !== undefined)
    return [[`${quantity(summary.rate)} a second in ${quantity(summary.seconds, 's')}, `, 'strong'], ...place];
  if (status !== 'running') return [['stopped, ', 'warn'], ...place];
  const going = paused ? 'paused' : `${quantity(figures.rate)} a second, ${concurrency} in flight`;
  return [[`${going}, `, paused ? 'warn' : 'strong'], ...place];
}
