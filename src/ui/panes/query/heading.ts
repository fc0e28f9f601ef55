import type {QueryState} from '../../../chapters/names/query-state.ts';
import {counted} from '../../../wire/text/counted.ts';
import {statusRole} from '../../parts/dns-lines.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Line, PaneModel} from '../../view.ts';
import {shownEvent} from './shown.ts';

/** Who was asked what, and what came of it. */
export function headingOf(model: PaneModel<QueryState>): Line {
  const {state, theme, problem, status} = model;
  const number = shownEvent(model)?.['number'];
  const row = state.rows.findLast(one => one.number === number) ?? state.rows.at(-1);
  if (row === undefined) {
    const says = problem?.says ?? (state.says === undefined || status === 'running' ? 'Asking' : state.says);
    return [
      [
        problem === undefined && state.failed === 0 ? `${says} …` : (state.says ?? says),
        state.failed > 0 || problem !== undefined ? 'bad' : 'dim',
      ],
    ];
  }
  const who: Line = [
    [`${row.name} ${row.type}`, 'strong'],
    [` ${theme.glyphs.both} `, 'dim'],
    [`${row.server} ${row.transport.toUpperCase()}`, 'server'],
    '  ',
  ];
  if (row.problem !== undefined) return [...who, [row.problem, 'bad']];
  if (row.status === undefined)
    return [...who, ['waiting', 'warn'], row.retries === 0 ? '' : `, ${retries(row.retries)}`];
  const extras = [
    counted(row.answers ?? 0, 'answer'),
    quantity(row.seconds ?? 0, 's'),
    `${row.size ?? 0} B`,
    ...(row.retries > 0 ? [retries(row.retries)] : []),
    ...(row.ignored > 0 ? [`${row.ignored} ignored`] : []),
    ...(row.truncated === undefined ? [] : ['TC first, then TCP']),
    ...(row.session === undefined ? [] : [row.session]),
  ];
  return [...who, [row.status, statusRole(row.status)], [`  ${extras.join('  ')}`, 'dim']];
}

const retries = (count: number) => (count === 1 ? '1 retry' : `${count} retries`);
