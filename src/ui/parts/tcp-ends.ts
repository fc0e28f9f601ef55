import type {End, Side} from '../../chapters/tcp/ends.ts';
import type {Surface} from '../../terminal/surface.ts';
import {tcpStates} from '../../wire/tcp/states.ts';
import type {Line, PaneModel, Part, PartModel} from '../view.ts';
import {paintLine} from './line.ts';
import {quantity} from './quantity.ts';
import {wrapWords} from './text.ts';

/** One end of a connection, for the two boxes above a ladder. */
export interface ShownEnd {
  readonly side: Side;
  readonly end: End | undefined;
  /** What to say instead of a state that is not known. Default: that there is no socket. */
  readonly unknown?: string;
  /** Whether the next key acts here. */
  readonly acts: boolean;
  /** Who holds it, and how: `pid 4242, reads at once`. */
  readonly detail: Line;
}

export interface EndsOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  ends(model: PaneModel<State>): readonly [ShownEnd, ShownEnd];
}

/** From this width on the two ends stand side by side. */
const sideBySideFrom = 60;

/** Rows that the ends take: with the state's meaning where there is room. */
export function endRows(width: number, height: number): number {
  if (width < sideBySideFrom) return 2;
  return height < 16 ? 2 : height < 26 ? 3 : 4;
}

/** Both ends as the kernel has them: state, Send-Q, Recv-Q, what was shut down, and what the state means. */
export function endsPart<State>(ends: EndsOf<State>): Part<State> {
  return {
    id: ends.id,
    title: ends.title,
    paint(surface, model) {
      const [left, right] = ends.ends(model);
      if (surface.width < sideBySideFrom) {
        for (const [y, shown] of [left, right].entries())
          paintLine(surface, y, stateLine(shown, true, model), model.theme);
        return;
      }
      const half = surface.width >> 1;
      paintEnd(surface.sub(0, 0, half - 1, surface.height), left, model);
      paintEnd(surface.sub(half, 0, surface.width - half, surface.height), right, model);
    },
  };
}

function paintEnd<State>(surface: Surface, shown: ShownEnd, model: PartModel<State>): void {
  const {theme} = model;
  paintLine(surface, 0, stateLine(shown, false, model), theme);
  paintLine(surface, 1, [['  ', 'plain'], ...shown.detail], theme);
  const says = shown.end === undefined ? [] : wrapWords(meaning(shown.end), surface.width - 3);
  for (const [row, words] of says.entries()) paintLine(surface, 2 + row, [[`  ${words}`, 'dim']], theme);
}

/** `▸ FIN_WAIT2  sendq 0  recvq 5`, the acting side marked with a word too. */
function stateLine<State>({side, end, unknown, acts}: ShownEnd, short: boolean, {theme}: PartModel<State>): Line {
  const mark: Line[number] = [acts ? `${theme.glyphs.selected} ` : '  ', 'accent'];
  const name: Line[number] = [short ? `${side.slice(0, 1).toUpperCase()} ` : '', side];
  if (end === undefined) return [mark, name, [unknown ?? (short ? 'no socket' : `${side}: no socket yet`), 'dim']];
  const {state, listed, sendQueue, receiveQueue} = end;
  const line: Line[number][] = [mark, name, [state, side]];
  if (listed) line.push(...queue('sendq', sendQueue, short), ...queue('recvq', receiveQueue, short));
  if (shutForReading(end)) line.push([short ? ' RD' : '  SHUT_RD', 'warn']);
  if (acts && !short) line.push(['  acts', 'accent']);
  return line;
}

/** The kernel marks the receiving direction as over after a FIN too; before one, only SHUT_RD can have done it. */
function shutForReading({state, noReading}: End): boolean {
  return noReading === true && ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2'].includes(state);
}

function queue(name: string, bytes: number, short: boolean): Line {
  const shown = short ? `${name.slice(0, 1)}q` : name;
  return [
    [`${short ? ' ' : '  '}${shown} `, 'dim'],
    [bytes === 0 ? '0' : quantity(bytes, short ? '' : 'B'), bytes === 0 ? 'plain' : 'warn'],
  ];
}

function meaning({state, listed, timer}: End): string {
  if (!listed) return 'The kernel does not list this end any more.';
  const waits =
    timer?.kind === 'time-wait' || timer?.kind === 'keepalive' ? ` (${Math.ceil(timer.seconds)} s left when seen)` : '';
  return `${tcpStates[state].means}${waits}`;
}
