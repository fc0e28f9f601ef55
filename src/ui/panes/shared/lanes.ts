import type {SharedState} from '../../../chapters/tcp/shared-state.ts';
import {drawingOf} from '../../parts/drawing.ts';
import {arrowText, rowText, seconds} from '../../parts/ladder-row.ts';
import {fitLine, lineText} from '../../parts/line.ts';
import {listPart} from '../../parts/list.ts';
import {growingOrder} from '../../parts/order.ts';
import {explainRung} from '../../parts/rung-explain.ts';
import type {Rung} from '../../parts/rungs.ts';
import type {Theme} from '../../theme.ts';
import type {Line, PaneModel, PartModel} from '../../view.ts';

type Rungs = (model: PaneModel<SharedState>) => readonly Rung[];

/** Under so many cells there is one line of words instead of four columns. */
const columnsFrom = 88;

/** The two holders' calls side by side, the wire, and the peer's calls: read downwards. */
export function lanesPart(rungs: Rungs) {
  const shown = (model: PaneModel<SharedState>): readonly Rung[] => {
    const {filter, journal, theme} = model;
    const all = rungs(model);
    if (filter === undefined) return all;
    return all.filter(rung => {
      const event = journal.get(rung.item);
      return event !== undefined && filter(event, `${rung.by ?? ''} ${rowText(rung, theme)}`);
    });
  };
  const rungAt = (item: number, model: PaneModel<SharedState>) => rungs(model).find(rung => rung.item === item);
  return listPart<SharedState>({
    id: 'ladder',
    title: () => 'Calls, and what they put on the wire',
    follows: true,
    range(model) {
      const all = rungs(model);
      return {first: all[0]?.item ?? 0, end: (all.at(-1)?.item ?? -1) + 1};
    },
    order(model) {
      const rows = shown(model);
      return growingOrder({length: rows.length, at: place => rows[place]!.item});
    },
    empty: () => 'The processes are starting.',
    head: model => headLine(model),
    row(item, model) {
      const rung = rungAt(item, model);
      if (rung === undefined) return [];
      return model.size.width - 2 < columnsFrom ? narrow(rung, model.theme) : wide(rung, model);
    },
    explain(model) {
      const rung = rungAt(model.cursor, model);
      return rung === undefined ? undefined : explainRung(rung, model);
    },
    copies(model) {
      const rung = rungAt(model.cursor, model);
      return rung === undefined ? [] : [{label: 'the row', text: lineText(narrow(rung, model.theme)).trim()}];
    },
  });
}

interface Widths {
  readonly time: number;
  readonly lane: number;
  readonly wire: number;
}

function widthsOf(cells: number): Widths {
  const [time, wire] = [8, Math.max(13, Math.min(22, Math.floor(cells * 0.16)))];
  return {time, wire, lane: Math.floor((cells - time - wire - 5) / 3)};
}

function headLine({size, theme}: PartModel<SharedState>): Line {
  const cells = size.width - 2;
  if (cells < columnsFrom) return ['parent and child', ` ${theme.glyphs.both} peer`];
  const {time, lane, wire} = widthsOf(cells);
  const cell = (text: string, width: number) => fitLine([text], width, 'left', theme);
  return [
    ...cell('', time + 1),
    ...cell('parent', lane + 1),
    ...cell('child', lane + 1),
    ...cell(`   ${theme.glyphs.both}`, wire + 2),
    ...cell('peer', lane),
  ];
}

function wide(rung: Rung, {size, theme}: PartModel<SharedState>): Line {
  const {time, lane, wire} = widthsOf(size.width - 2);
  const {left = [], right = [], arrow} = rung;
  const none: Line = [];
  const inChild = rung.by === 'child';
  const drawn: Line = arrow === undefined ? none : [[arrowText(arrow, wire, theme), roleOf(arrow)]];
  return [
    ...fitLine([[seconds(rung.t), 'dim']], time, 'right', theme),
    ' ',
    ...fitLine(inChild ? none : left, lane, 'left', theme),
    ' ',
    ...fitLine(inChild ? left : none, lane, 'left', theme),
    ' ',
    ...fitLine(drawn, wire, 'left', theme),
    '  ',
    ...fitLine(right, lane, 'left', theme),
  ];
}

function narrow({by, left, right, arrow}: Rung, theme: Theme): Line {
  const line: Line[number][] = [];
  const {ascii} = drawingOf(theme);
  const heads = ascii ? {right: '>', left: '<'} : {right: '→', left: '←'};
  line.push(arrow === undefined ? '  ' : [`${heads[arrow.to]} ${arrow.label}  `, roleOf(arrow)]);
  if (left !== undefined) line.push([by === undefined || by === 'peer' ? '' : `${by} `, 'client'], ...left);
  if (right !== undefined) line.push(left === undefined ? '' : '  ', ['peer ', 'server'], ...right);
  return line;
}

function roleOf({to, role}: NonNullable<Rung['arrow']>) {
  return role ?? (to === 'right' ? ('client' as const) : ('server' as const));
}
