import type {Side} from '../../chapters/tcp/ends.ts';
import type {HalfCloseState, SideState} from '../../chapters/tcp/half-close-state.ts';
import {codePart} from '../parts/code.ts';
import {ladderPart} from '../parts/ladder.ts';
import {rungBytesPart} from '../parts/rung-bytes.ts';
import {explainRung} from '../parts/rung-explain.ts';
import {rungsOf} from '../parts/rungs.ts';
import {stateDiagramPart} from '../parts/state-diagram.ts';
import {endsPart} from '../parts/tcp-ends.ts';
import {textPart} from '../parts/text.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {halfCloseLayout, isLong, noticeRows} from './half-close/layout.ts';

type Model = PaneModel<HalfCloseState>;

const rungs = rungsOf<HalfCloseState>(by => (by === 'client' ? 'left' : 'right'));

export const halfCloseView: View<HalfCloseState> = {
  parts: [
    endsPart({
      id: 'ends',
      title: ({state: {notice}}) =>
        notice === undefined || isLong(notice) ? 'Both ends, as the kernel has them' : notice,
      ends: model => [shownEnd('client', model), shownEnd('server', model)],
    }),
    textPart('notice', 'Other than asked for', ({state}, width) =>
      noticeRows(state.notice ?? '', width).map(row => [[row, 'warn']]),
    ),
    ladderPart({
      id: 'ladder',
      title: () => 'Calls, and what they put on the wire',
      rows: rungs,
      ends: ({state}) => ({
        left: endName('client', state.connection?.client),
        right: endName('server', state.connection?.server),
      }),
      empty: () => 'The two processes are starting.',
      explain: explainRung,
    }),
    rungBytesPart({id: 'bytes', ladder: 'ladder', rungs}),
    stateDiagramPart({
      id: 'diagram',
      title: () => 'States: RFC 9293, figure 5',
      ends: ({state}) => [
        {mark: 'C', role: 'client', states: state.client.states},
        {mark: 'S', role: 'server', states: state.server.states},
      ],
    }),
    codePart(),
  ],
  layout: halfCloseLayout,
};

function shownEnd(side: Side, {state}: Model) {
  const shown = state[side];
  const unknown = state.byNode && state.connection !== undefined ? {unknown: 'state not told here'} : {};
  return {side, end: shown.end, ...unknown, acts: state.turn === side, detail: detailOf(shown)};
}

function detailOf({pid, alive, open, reading, end, sent, received}: SideState): Line {
  if (!alive) return [['process ended: n connects anew', 'bad']];
  if (end === undefined) return [[pid === 0 ? 'starting' : `pid ${pid}`, 'dim']];
  const socket = open ? (reading ? 'reads at once' : 'reads when told (v)') : 'closed its socket';
  return [
    [`pid ${pid}, `, 'dim'],
    [socket, open && !reading ? 'warn' : 'dim'],
    [`, sent ${sent} B, got ${received} B`, 'dim'],
  ];
}

function endName(side: Side, address: string | undefined): string {
  return address === undefined ? side : `${side} ${address}`;
}
