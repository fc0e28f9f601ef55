import type {QueryState} from '../../../chapters/names/query-state.ts';
import {listPart} from '../../parts/list.ts';
import type {Line, Part} from '../../view.ts';

/** What several servers say, those together that say the same. */
export const comparedPart: Part<QueryState> = listPart<QueryState>({
  id: 'compared',
  title: ({state: {compared}}) =>
    compared.every(({agree}) => agree) ? 'Compared: all say the same' : 'Compared: the servers differ',
  range: ({state}) => ({first: 0, end: comparedRows(state)}),
  row: (item, {state}) => rowsOf(state)[item] ?? [],
  empty: () => 'Several servers are compared: s names them.',
  explain: () => ({
    title: 'Compared',
    says: 'Servers stand together when response code and answers are the same, whatever their order, their TTL and the letter case of names. Servers of one zone that differ hold different versions of it, or answer by where you are.',
  }),
});

export function comparedRows(state: QueryState): number {
  return rowsOf(state).length;
}

const known = new WeakMap<QueryState['compared'], readonly Line[]>();

function rowsOf({compared}: QueryState): readonly Line[] {
  let rows = known.get(compared);
  if (rows === undefined) {
    rows = compared.flatMap(({name, type, agree, groups}) => [
      [[`${name} ${type}`, 'strong'], agree ? [' the same everywhere', 'good'] : [' not the same', 'warn']],
      ...groups.flatMap(({servers, says, records}): Line[] => [
        ['  ', [servers.join(', '), 'server'], [`  ${says}`, 'dim']],
        ...records.map((record): Line => ['    ', record]),
      ]),
    ]);
    known.set(compared, rows);
  }
  return rows;
}
