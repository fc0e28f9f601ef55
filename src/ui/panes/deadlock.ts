import type {DeadlockState, ThreadState} from '../../chapters/tcp/deadlock-state.ts';
import type {Side} from '../../chapters/tcp/ends.ts';
import {codePart} from '../parts/code.ts';
import {eventsPart} from '../parts/events.ts';
import {barText} from '../parts/gauges.ts';
import {seconds} from '../parts/ladder-row.ts';
import {paintLine} from '../parts/line.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {textPart, wrapWords} from '../parts/text.ts';
import type {Role} from '../theme.ts';
import type {Line, PaneModel, Part, Size, View} from '../view.ts';
import {eventLine, eventRole, explainEvent} from './deadlock/events.ts';

type Model = PaneModel<DeadlockState>;

const queuesPart: Part<DeadlockState> = {
  id: 'queues',
  title: () => 'Four queues, in the order in which the bytes go round',
  paint(surface, model) {
    for (const [y, queue] of queuesOf(model.state).entries()) {
      const figure = figureOf(queue, surface.width, model.state.phase === 'frozen' && queue.value > 0);
      const bar = Math.max(6, Math.min(60, surface.width - 16 - figure.length));
      paintLine(
        surface,
        y,
        [
          [queue.label.padEnd(14), queue.side],
          [barText(queue.value, queue.max, bar, model.theme), model.state.phase === 'frozen' ? 'bad' : queue.role],
          [` ${figure}`, queue.open ? 'strong' : 'dim'],
        ],
        model.theme,
        {x: 1},
      );
    }
  },
};

interface Queue {
  readonly label: string;
  readonly side: Side;
  readonly value: number;
  readonly max: number;
  readonly open: boolean;
  readonly role: Role;
}

function queuesOf({client, server}: DeadlockState): readonly Queue[] {
  const send = (side: Side, end: typeof client): Queue => ({
    label: `${side} Send-Q`,
    side,
    value: end.queues?.sendQueue ?? 0,
    max: end.queues?.sendBuffer ?? end.mostToSend,
    open: end.queues !== undefined,
    role: side,
  });
  const read = (side: Side, end: typeof client): Queue => ({
    label: `${side} Recv-Q`,
    side,
    value: end.queues?.receiveQueue ?? 0,
    max: end.queues?.receiveBuffer ?? end.mostToRead,
    open: end.queues !== undefined,
    role: side,
  });
  return [send('client', client), read('server', server), send('server', server), read('client', client)];
}

function figureOf({value, max, open}: Queue, cells: number, full: boolean): string {
  if (!open) return 'not open';
  const figure = quantity(value, 'B').padStart(8);
  return cells < 60 ? figure : `${figure} of ${quantity(max, 'B')}${full ? '  full' : ''}`;
}

function threadLines({state, status}: Model, cells: number): readonly Line[] {
  if (state.threads.length === 0)
    return [[[!isOver(status) ? '  The processes are starting.' : '  No process is left.', 'dim']]];
  const clientFirst = state.threads.toSorted((one, two) => (one.by === two.by ? 0 : one.by === 'client' ? -1 : 1));
  return clientFirst.map(thread => threadLine(thread, state, cells, !isOver(status)));
}

function threadLine(thread: ThreadState, state: DeadlockState, cells: number, alive: boolean): Line {
  const {by, sent, received, waiting, since} = thread;
  const name = thread.thread === 'main' ? by : `${by} ${thread.thread}`;
  const busy = state.phase === 'finished' ? 'done' : alive ? 'busy' : 'ended';
  const doing: Line[number] =
    waiting === undefined || !alive
      ? [busy, 'dim']
      : [`in ${waiting}() since ${seconds(since ?? 0)}`, waitRole(state.phase)];
  const wide = cells >= 60;
  const totals = `${wide ? 'sent ' : '↑'}${quantity(sent, 'B')}${wide ? ', received ' : ' ↓'}${quantity(received, 'B')}`;
  return [' ', [name.padEnd(14), by], [doing[0].padEnd(wide ? 24 : 0), doing[1] as Role], ['  ', 'dim'], totals];
}

const waitRole = (phase: DeadlockState['phase']): Role => (phase === 'frozen' ? 'bad' : 'warn');

/** What is going on, in a sentence or two. */
function why({state, problem}: Model, cells: number): readonly Line[] {
  const role: Role = state.phase === 'frozen' ? 'warn' : state.phase === 'finished' ? 'good' : 'plain';
  const rows = wrapWords(sentence(state, problem?.says), Math.max(8, cells - 2));
  return rows.map((row): Line => [[` ${row}`, problem === undefined ? role : 'bad']]);
}

function sentence({phase, reading, says, server, client}: DeadlockState, failed: string | undefined): string {
  if (failed !== undefined) return failed;
  if (phase === 'frozen') return `${says ?? ''}${client.pid === 0 ? '' : ' Press m to let the client read.'}`;
  if (says !== undefined) return says;
  if (phase === 'starting')
    return server.address === '' ? 'The processes are starting.' : `Waiting for a client at ${server.address}.`;
  return reading
    ? 'The client reads while it writes, so the server is never stopped for long.'
    : 'The client writes, the server answers as it reads, and nobody reads the answers.';
}

function heading({state, status, problem}: Model): Line {
  const phase = isOver(status) ? lastWords(state, problem !== undefined) : phaseWords(state);
  const ends: Line = [
    [state.client.address || 'client', 'client'],
    [' to ', 'dim'],
    [state.server.address || 'server', 'server'],
  ];
  return [[` ${phase.text}  `, phase.role], ...ends];
}

function phaseWords({phase, frozenSince, finished}: DeadlockState): {text: string; role: Role} {
  if (phase === 'frozen') return {text: `FROZEN since ${seconds(frozenSince ?? 0)}`, role: 'bad'};
  if (phase === 'finished')
    return {text: finished?.verified === false ? 'wrong' : 'done', role: finished?.verified === false ? 'bad' : 'good'};
  return {text: phase, role: phase === 'melting' ? 'good' : 'accent'};
}

/** Nobody acts any more. A saved journal is `done`, and shows what was then. */
const isOver = (status: Model['status']): boolean => status === 'stopped' || status === 'failed';

/** What there is to say of a run that is over. */
function lastWords(state: DeadlockState, failed: boolean): ReturnType<typeof phaseWords> {
  if (state.phase === 'finished') return phaseWords(state);
  if (failed) return {text: 'failed', role: 'bad'};
  return {text: state.phase === 'frozen' ? 'FROZEN until it was stopped' : 'stopped', role: 'dim'};
}

function layout(size: Size, {state}: Model) {
  const threads = Math.max(2, state.threads.length);
  const top: Wish[] = [
    {part: 'queues', atLeast: 5, rank: 9},
    {part: 'threads', atLeast: 1 + threads, rank: 8},
    {part: 'why', atLeast: size.width < 60 ? 6 : 4, rank: 7},
  ];
  const events: Wish = {part: 'events', atLeast: 4, share: 2, rank: 5};
  const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 2};
  if (size.width < 110) return stack([...top, events, ...(size.height >= 36 ? [code] : [])], size);
  return columns([...top, events], [code], size, {wideFrom: 110, leftShare: 0.6});
}

export const deadlockView: View<DeadlockState> = {
  parts: [
    queuesPart,
    textPart('threads', 'What each thread is doing', threadLines),
    textPart('why', 'Why', why),
    eventsPart<DeadlockState>({text: eventLine, role: eventRole, explain: explainEvent}),
    codePart(),
  ],
  layout,
  heading,
};
