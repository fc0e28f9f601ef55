import type {Side} from '../../chapters/tcp/ends.ts';
import type {Member} from '../../chapters/tcp/shared-session.ts';
import type {MemberState, SharedState} from '../../chapters/tcp/shared-state.ts';
import {counted} from '../../wire/text/counted.ts';
import {codePart} from '../parts/code.ts';
import {rungBytesPart} from '../parts/rung-bytes.ts';
import {rungsOf} from '../parts/rungs.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {stateDiagramPart} from '../parts/state-diagram.ts';
import {endRows, endsPart} from '../parts/tcp-ends.ts';
import type {Line, PaneModel, Placed, Size, View} from '../view.ts';
import {findingRows, findingsPart} from './shared/findings.ts';
import {lanesPart} from './shared/lanes.ts';

type Model = PaneModel<SharedState>;

const rungs = rungsOf<SharedState>(by => (by === 'peer' ? 'right' : 'left'));

export const sharedView: View<SharedState> = {
  parts: [
    endsPart({
      id: 'ends',
      title: ({state: {notice, turn, holders}}) => notice ?? `The ${turn} acts; ${counted(holders.length, 'holder')}`,
      ends: model => [shownEnd('client', model), shownEnd('server', model)],
    }),
    lanesPart(rungs),
    findingsPart,
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
  layout,
};

function shownEnd(side: Side, {state}: Model) {
  const acts = side === 'server' ? state.turn === 'peer' : state.turn !== 'peer';
  return {
    side,
    end: state[side].end,
    acts,
    detail: side === 'client' ? holdersLine(state) : memberLine('peer', state.peer),
  };
}

/** `held by parent 4242 as 28, child 4250 as 3`: which descriptor of which process. The title says how many. */
function holdersLine({holders, turn}: SharedState): Line {
  if (holders.length === 0) return [['held by no process', 'warn']];
  const line: Line[number][] = [['held by ', 'strong']];
  for (const [index, {by, pid, fd}] of holders.entries())
    line.push(index === 0 ? '' : ', ', [by, by === turn ? 'accent' : 'plain'], [` ${pid} as ${fd}`, 'dim']);
  return line;
}

function memberLine(name: Member, {pid, alive, open, reading}: MemberState): Line {
  if (!alive) return [[`the ${name}’s process has ended: n connects anew`, 'bad']];
  return [[`pid ${pid}, ${open ? (reading ? 'reads at once' : 'reads when told') : 'closed its socket'}`, 'dim']];
}

/** The ends and the lanes always; what was found, the bytes, the diagram and the program as there is room. */
function layout(size: Size, {journal}: Model): readonly Placed[] {
  const top: Wish = {part: 'ends', atLeast: 1 + endRows(size.width, size.height), rank: 9};
  const lanes: Wish = {part: 'ladder', atLeast: 5, share: 3, rank: 8};
  const findings: Wish = {part: 'findings', atLeast: findingRows, rank: 6};
  if (journal.end === 0) return stack([top, lanes], size);
  const bytes: Wish = {part: 'bytes', atLeast: 3, rank: 3};
  if (size.width < 150 || size.height < 34) {
    const code: Wish[] = size.height >= 30 ? [{part: 'code', atLeast: 6, share: 1, rank: 1}] : [];
    return stack([top, lanes, findings, ...(size.height >= 26 ? [bytes] : []), ...code], size);
  }
  const below = {width: size.width, height: size.height - top.atLeast};
  const leftShare = (size.width - 48) / (size.width - 1);
  const right: Wish[] = [
    {part: 'diagram', atLeast: 17, rank: 5},
    {part: 'code', atLeast: 4, share: 1, rank: 1},
  ];
  const placed = columns([lanes, findings, bytes], right, below, {wideFrom: 0, leftShare});
  return [...stack([top], {...size, height: top.atLeast}), ...placed.map(box => ({...box, y: box.y + top.atLeast}))];
}
