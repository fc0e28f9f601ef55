import type {Surface} from '../../terminal/surface.ts';
import {
  type TcpState,
  type TcpTransition,
  tcpEvents,
  tcpResets,
  tcpStateNames,
  tcpStates,
  tcpTransition,
  tcpTransitions,
} from '../../wire/tcp/states.ts';
import type {Role} from '../theme.ts';
import type {Explanation, Line, PaneModel, Part, PartModel} from '../view.ts';
import {paintLine} from './line.ts';
import {type ArrowStyle, paintArrow} from './path.ts';
import {edgeLabel, layoutFor, type StateLayout, type StateNode} from './state-layout.ts';

/** One end of a connection and the states it has come through, the present one last. */
export interface StateEnd {
  /** One cell: `C`, `S`. */
  readonly mark: string;
  readonly role: Role;
  readonly states: readonly TcpState[];
}

export interface StateDiagramOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  /** At most two ends; the first is marked left of a state's name, the second right of it. */
  ends(model: PaneModel<State>): readonly StateEnd[];
  linked?(model: PartModel<State>): number | undefined;
}

/**
 * The state diagram of TCP (RFC 9293, figure 5) with both ends' places in it and the edge that each took last drawn heavy.
 * Where it is too small for a diagram it is a list. The cursor stands on states, to explain them.
 */
export function stateDiagramPart<State>(diagram: StateDiagramOf<State>): Part<State> {
  const {linked} = diagram;
  return {
    id: diagram.id,
    title: diagram.title,
    range: () => ({first: 0, end: tcpStateNames.length}),
    ...(linked !== undefined && {linked}),
    paint(surface, model) {
      const layout = layoutFor(surface.width, surface.height);
      const ends = diagram.ends(model);
      if (layout === undefined) paintList(surface, ends, model);
      else paintDiagram(surface, layout, ends, model);
    },
    at(x, y, model) {
      const layout = layoutFor(model.size.width, model.size.height);
      if (layout === undefined) return y + model.top < tcpStateNames.length ? y + model.top : undefined;
      const hit = layout.nodes.find(({state, at}) => y === at[1] && x >= at[0] - 2 && x < at[0] + state.length + 2);
      return hit === undefined ? undefined : tcpStateNames.indexOf(hit.state);
    },
    explain: model => explainState(tcpStateNames[model.cursor]!),
  };
}

/** The edge an end took last, if it is one of TCP's. */
export function lastStep({states}: StateEnd): TcpTransition | undefined {
  const [before, now] = states.slice(-2);
  return before === undefined || now === undefined ? undefined : tcpTransition(before, now);
}

function paintDiagram<State>(
  surface: Surface,
  layout: StateLayout,
  ends: readonly StateEnd[],
  model: PartModel<State>,
): void {
  const {theme} = model;
  const {roles} = theme;
  const taken = ends.map(end => ({end, step: lastStep(end)}));
  const byWhom = (from: TcpState, to: TcpState) => taken.filter(({step}) => step?.from === from && step.to === to);
  for (const {from, to, path} of layout.edges) {
    if (byWhom(from, to).length === 0) paintArrow(surface, path, theme, roles.dim, 'light');
  }
  for (const {from, to, path} of layout.edges) {
    const whom = byWhom(from, to);
    const weight: ArrowStyle = 'heavy';
    if (whom.length > 0)
      paintArrow(surface, path, theme, roles[whom.length > 1 ? 'strong' : whom[0]!.end.role], weight);
  }
  for (const edge of layout.edges) {
    const whom = byWhom(edge.from, edge.to);
    if (edge.label === undefined) continue;
    const role: Role = whom.length === 0 ? 'dim' : whom.length > 1 ? 'strong' : whom[0]!.end.role;
    paintLine(surface, edge.label[1], [[` ${edgeLabel(edge)} `, role]], theme, {x: edge.label[0] - 1});
  }
  for (const node of layout.nodes) paintNode(surface, node, ends, model);
  for (const [row, line] of stepLines(ends, surface.width)
    .slice(0, surface.height - layout.height)
    .entries())
    paintLine(surface, layout.height + row, line, theme);
}

function paintNode<State>(
  surface: Surface,
  {state, at: [x, y], end = false}: StateNode,
  ends: readonly StateEnd[],
  {theme, cursor, focused}: PartModel<State>,
): void {
  const here = ends.filter(one => one.states.at(-1) === state && (state !== 'CLOSED' || isOver(one) === end));
  const under = focused && tcpStateNames[cursor] === state;
  const role: Role = under ? 'cursor' : here.length > 1 ? 'strong' : (here[0]?.role ?? 'plain');
  surface.text(x - 2, y, ' '.repeat(state.length + 4), theme.roles.plain);
  surface.text(x, y, state, theme.roles[role]);
  for (const [place, one] of ends.slice(0, 2).entries()) {
    if (here.includes(one))
      surface.text(place === 0 ? x - 2 : x + state.length + 1, y, one.mark, theme.roles[one.role]);
  }
}

/** Whether an end in CLOSED has come to the end of a connection, or never had one. */
function isOver({states}: StateEnd): boolean {
  const before = states.at(-2);
  return before !== undefined && before !== 'LISTEN' && before !== 'SYN_SENT';
}

/** What each end did last: `C  close / FIN: ESTABLISHED → FIN_WAIT1  RFC 9293 §3.10.4`. */
function stepLines(ends: readonly StateEnd[], cells: number): Line[] {
  return ends.flatMap(end => {
    const step = lastStep(end);
    if (step === undefined) return [];
    const why = step.sends === undefined ? step.on : `${step.on} / ${step.sends}`;
    const line: Line = [
      [`${end.mark} `, end.role],
      `${step.from} → ${step.to}`,
      `  ${why}`,
      [`  ${cells < 60 ? '' : 'RFC 9293 '}§${step.section}`, 'dim'],
    ];
    return [line];
  });
}

function paintList<State>(surface: Surface, ends: readonly StateEnd[], model: PartModel<State>): void {
  const {theme, cursor, focused, top} = model;
  for (let y = 0; y < surface.height && top + y < tcpStateNames.length; y++) {
    const state = tcpStateNames[top + y]!;
    const over = focused && cursor === top + y ? ({over: 'cursor'} as const) : {};
    if (over.over !== undefined) surface.fill(theme.roles.cursor, ' ', 0, y, surface.width, 1);
    const here = ends.filter(({states}) => states.at(-1) === state);
    const line: Line[number][] = ends.map(end => [here.includes(end) ? end.mark : ' ', end.role]);
    line.push(' ', [state.padEnd(12), here.length > 1 ? 'strong' : (here[0]?.role ?? 'plain')]);
    const step = here.map(lastStep).find(one => one !== undefined);
    if (step !== undefined) line.push([`${theme.glyphs.left} ${edgeLabel(step)}`, 'dim']);
    paintLine(surface, y, line, theme, over);
  }
}

function explainState(state: TcpState): Explanation {
  const {rfc, means} = tcpStates[state];
  const ways = [...tcpTransitions, ...tcpResets]
    .filter(({from}) => from === state)
    .map(({to, on, sends}) => `To ${to}: ${tcpEvents[on]}${sends === undefined ? '' : `; ${sends} is sent`}.`);
  return {
    title: rfc === state ? state : `${state} (${rfc})`,
    says: [means, ...ways].join('\n'),
    source: 'RFC 9293 §3.3.2',
  };
}
