import type {Attempt, UdpState} from '../../chapters/tcp/udp-state.ts';
import {codePart} from '../parts/code.ts';
import {ladderPart} from '../parts/ladder.ts';
import {lineText, paintLine} from '../parts/line.ts';
import {listPart} from '../parts/list.ts';
import {quantity} from '../parts/quantity.ts';
import {rungBytesPart} from '../parts/rung-bytes.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {wrapWords} from '../parts/text.ts';
import type {Line, PaneModel, Part, View} from '../view.ts';
import {explainUdpRung, factSources} from './udp/explain.ts';
import {udpRungs} from './udp/rungs.ts';

type Model = PaneModel<UdpState>;

const rungs = udpRungs();

const factAt = (item: number, {state}: Model) => state.facts.find(({seq}) => seq === item);

/** What was seen to happen, newest last, by the number of its event. */
const facts = listPart<UdpState>({
  id: 'facts',
  title: ({state}) => `Seen to happen: ${state.facts.length}`,
  follows: true,
  range: ({state: {facts}}) => ({first: facts[0]?.seq ?? 0, end: (facts.at(-1)?.seq ?? -1) + 1}),
  order: ({state: {facts}}) => ({
    length: facts.length,
    at: place => facts[place]?.seq ?? 0,
    placeOf: item =>
      Math.max(
        0,
        facts.findLastIndex(({seq}) => seq <= item),
      ),
  }),
  row: (item, model) => {
    const fact = factAt(item, model);
    return fact === undefined ? [] : [[`${fact.name.replaceAll('-', ' ')}: `, 'accent'], fact.says];
  },
  empty: () => 'Nothing yet. s sends a datagram; o forges an answer.',
  explain(model) {
    const fact = factAt(model.cursor, model);
    return fact && {title: fact.name.replaceAll('-', ' '), says: fact.says, source: factSources[fact.name]};
  },
  copies(model) {
    const fact = factAt(model.cursor, model);
    return fact === undefined ? [] : [{label: 'the sentence', text: fact.says}];
  },
});

/** The fact that is selected, or the last one, in full. */
const said: Part<UdpState> = {
  id: 'said',
  title: () => 'In full',
  paint(surface, model) {
    const fact = factAt(model.cursors['facts'] ?? -1, model) ?? model.state.facts.at(-1);
    const problem = model.problem?.says;
    const rows = wrapWords(problem ?? fact?.says ?? '', Math.max(8, surface.width - 2));
    for (const [y, row] of rows.entries())
      paintLine(surface, y, [[row, problem === undefined ? 'plain' : 'bad']], model.theme, {x: 1});
  },
};

/** How long each attempt waited, as a bar of its share, and what came of it. */
const waits: Part<UdpState> = {
  id: 'waits',
  title: ({state}) => (state.gaveUp ? 'Waiting for an answer: gave up' : 'Waiting for an answer'),
  paint(surface, {state: {attempts}, theme}) {
    if (attempts.length === 0) paintLine(surface, 0, [['Nothing was asked yet.', 'dim']], theme, {x: 1});
    const longest = Math.max(...attempts.map(({timeout}) => timeout), 0.001);
    const last = attempts.slice(-surface.height);
    for (const [y, attempt] of last.entries()) {
      const cells = Math.max(1, Math.round(((surface.width - 30) * attempt.timeout) / longest));
      paintLine(surface, y, attemptLine(attempt, cells, theme.glyphs.full), theme, {x: 1});
    }
  },
};

function attemptLine({number, timeout, outcome}: Attempt, cells: number, full: string): Line {
  const words = {waiting: 'waiting', answered: 'answered', nothing: 'nothing came'}[outcome];
  const role = outcome === 'answered' ? 'good' : outcome === 'nothing' ? 'warn' : 'accent';
  return [
    `${String(number).padStart(2)}  `,
    [quantity(timeout, 's').padStart(7), 'dim'],
    '  ',
    [words.padEnd(13), role],
    [full.repeat(cells), role],
  ];
}

/** The address of the server: as it told it, or as it was asked for when it is not ours. */
function whereIs(address: string, {host, port}: Model['ask']): string {
  return address !== '' || host === '' || host === undefined ? address : `${String(host)} port ${String(port)}`;
}

function heading({state, ask}: Model): Line {
  const {client, server, role} = state;
  const left: Line =
    role === 'server'
      ? []
      : [
          [client.address || 'client', 'client'],
          [client.connected ? ' connected' : ' not connected', client.connected ? 'good' : 'dim'],
        ];
  const right: Line =
    role === 'client'
      ? [[whereIs(server.address, ask), 'server']]
      : [
          [server.address || 'server', 'server'],
          [` ${server.mode}`, server.mode === 'answering' ? 'good' : 'warn'],
        ];
  const counts =
    role === 'server'
      ? `  heard ${server.heard}, answered ${server.answered}, dropped ${server.dropped}`
      : `  sent ${client.sent}, got ${client.received}${client.strangers > 0 ? `, ${client.strangers} from strangers` : ''}`;
  return [
    ' ',
    ...left,
    left.length > 0 && right.length > 0 ? '   ' : '',
    ...right,
    [counts, 'dim'],
    [client.broadcast ? '  SO_BROADCAST' : '', 'warn'],
  ];
}

export const udpView: View<UdpState> = {
  parts: [
    ladderPart<UdpState>({
      id: 'ladder',
      title: () => 'Calls, and the datagrams between them',
      rows: rungs,
      ends: ({state, ask}) => ({
        left: `client ${state.client.address}`.trim(),
        right: `server ${whereIs(state.server.address, ask)}`.trim(),
      }),
      empty: () => 'The processes are starting.',
      explain: explainUdpRung,
      copies: (row, {journal}) => [
        {
          label: 'the row',
          text: [lineText(row.left ?? []), row.arrow?.label ?? '', lineText(row.right ?? [])]
            .filter(Boolean)
            .join('  '),
        },
        ...((row as {seqs?: readonly number[]}).seqs?.flatMap(seq => {
          const text = journal.get(seq)?.['text'];
          return typeof text === 'string' ? [{label: 'the call', text}] : [];
        }) ?? []),
      ],
    }),
    facts,
    said,
    waits,
    rungBytesPart<UdpState>({id: 'bytes', ladder: 'ladder', rungs}),
    codePart(),
  ],
  layout(size, {state}) {
    const ladder: Wish = {part: 'ladder', atLeast: 5, share: 4, rank: 9};
    const list: Wish = {part: 'facts', atLeast: 4, share: 1, rank: 6};
    const full: Wish = {part: 'said', atLeast: size.width < 60 ? 5 : 4, rank: 5};
    const waiting: Wish[] =
      state.attempts.length > 1
        ? [{part: 'waits', atLeast: Math.min(size.height < 30 ? 4 : 8, 1 + state.attempts.length), rank: 7}]
        : [];
    const bytes: Wish = {part: 'bytes', atLeast: 4, share: 1, rank: 3};
    if (state.role === 'server') return stack([ladder, bytes], size);
    if (size.width >= 150)
      return columns([ladder, bytes], [...waiting, list, full, {part: 'code', atLeast: 8, share: 2, rank: 2}], size, {
        wideFrom: 150,
        leftShare: 0.62,
      });
    return stack([ladder, ...waiting, list, full, bytes], size);
  },
  heading,
};
