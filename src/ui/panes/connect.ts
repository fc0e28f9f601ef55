import type {ConnectState} from '../../chapters/tcp/connect-state.ts';
import {formatProblem} from '../../journal/problem.ts';
import {callsPart} from '../parts/calls.ts';
import {codePart} from '../parts/code.ts';
import {gaugeRows, gaugesPart} from '../parts/gauges.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack} from '../parts/stack.ts';
import {figureLines, queueGauges} from '../parts/tcp-figures.ts';
import {textPart, wrapWords} from '../parts/text.ts';
import {transferParts} from '../parts/transfers.ts';
import type {Line, PaneModel, Placed, Size, View} from '../view.ts';

type Model = PaneModel<ConnectState>;

const gauges = ({state}: Model) => queueGauges(state.sample, state.waiting, state.mostWaiting);

export const connectView: View<ConnectState> = {
  heading,
  first: 'bytes',
  parts: [
    ...transferParts<ConnectState>({
      title: bytesTitle,
      connection: ({state}) => state.connection,
      roles: {sent: 'client', received: 'server'},
      empty: ({state, problem}) =>
        problem !== undefined
          ? formatProblem(problem)
          : state.phase === 'dialling'
            ? 'The connection is not open yet.'
            : `${state.echo === 0 ? 'No bytes yet.' : `Our echo server (pid ${state.echo}) answers.`} s sends a line.`,
    }),
    callsPart<ConnectState>(() => 'The client’s process is starting.'),
    gaugesPart<ConnectState>('queues', 'Where sent and received bytes wait', gauges),
    textPart<ConnectState>('info', 'What the kernel measures', infoLines),
    codePart(),
  ],
  layout,
};

function heading({state, theme}: Model): Line {
  const {local, remote, target, phase, sample} = state;
  if (phase === 'dialling')
    return [['client', 'client'], ` ${theme.glyphs.right} `, [target, 'server'], [`  ${attemptsText(state)}`, 'dim']];
  const kernel = sample?.state ?? (phase === 'open' ? 'open' : '');
  const told = phase === 'broken' ? `  broken: ${state.errno}` : phase === 'closed' ? '  closed' : '';
  return [
    [kernel, 'accent'],
    ['  client ', 'client'],
    local,
    ` ${theme.glyphs.both} `,
    remote,
    [state.echo > 0 ? ' our echo server' : ' server', 'server'],
    [told, phase === 'broken' ? 'bad' : 'warn'],
    [directionsText(state), 'warn'],
  ];
}

function attemptsText({attempts}: ConnectState): string {
  const last = attempts.at(-1);
  return last === undefined ? 'connecting …' : `${last.address}: ${last.errno || 'connected'}`;
}

function directionsText({phase, sendShut, receiveShut, peerEnded, reading}: ConnectState): string {
  if (phase !== 'open') return '';
  const said = [
    ...(sendShut && peerEnded ? ['both sent FIN'] : sendShut ? ['we sent FIN'] : peerEnded ? ['peer sent FIN'] : []),
    ...(receiveShut ? ['we shut reading'] : []),
    ...(reading ? [] : ['not reading']),
  ];
  return said.length === 0 ? '' : `  ${said.join(', ')}`;
}

function bytesTitle({state}: Model): string {
  const {sent, received, untold, lost} = state;
  const more = untold === 0 ? '' : `, ${quantity(untold, 'B')} of it too fast to list`;
  const gone = lost === 0 ? '' : `, ${quantity(lost, 'B')} never sent`;
  return `Bytes: ${quantity(sent, 'B')} sent, ${quantity(received, 'B')} received${more}${gone}`;
}

function infoLines(model: Model, width: number): readonly Line[] {
  const {sample, curves, notices} = model.state;
  const {problem} = model;
  // The newest first: there may not be room for all.
  const says = problem === undefined ? notices.toReversed() : [formatProblem(problem)];
  const rows = says.flatMap(sentence => wrapWords(sentence, Math.max(20, width - 1)));
  const told: readonly Line[] = rows.map(row => [[row, problem ? 'bad' : 'warn']]);
  const figures = figureLines(sample, curves, model, width);
  if (problem !== undefined) return [...told, ...figures];
  return figures.length > 0 ? figures : told.length > 0 ? told : [[['Nothing yet.', 'dim']]];
}

function layout(size: Size, model: Model): readonly Placed[] {
  const bars = gaugeRows(gauges(model), size.width < 100 ? size.width : size.width >> 1) + 1;
  if (size.width < 60)
    return stack(
      [
        {part: 'bytes', atLeast: 4, share: 1, rank: 6},
        {part: 'calls', atLeast: 4, share: 1, rank: 5},
        {part: 'queues', atLeast: bars, rank: 3},
        {part: 'hex', atLeast: 4, rank: 2},
      ],
      size,
    );
  const left = [
    {part: 'bytes', atLeast: 4, share: 2, rank: 8},
    {part: 'hex', atLeast: 4, share: 1, rank: 3},
    {part: 'calls', atLeast: 5, share: 2, rank: 7},
  ];
  const right = [
    {part: 'queues', atLeast: bars, rank: 6},
    {part: 'info', atLeast: 6, rank: 5},
    {part: 'code', atLeast: 6, share: 1, rank: 1},
  ];
  return size.width < 100
    ? stack([...left, ...right.slice(0, 2)], size)
    : columns(left, right, size, {wideFrom: 100, leftShare: 0.55});
}
