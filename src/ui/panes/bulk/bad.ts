import type {BulkState} from '../../../chapters/names/bulk-state.ts';
import {listPart} from '../../parts/list.ts';

/** Lines that are no questions, and why. */
export const badPart = listPart<BulkState>({
  id: 'bad',
  title: ({state: {figures, badLines}}) => {
    const more = figures.bad > badLines.length ? `, the first ${badLines.length}` : '';
    return `Lines left out: ${figures.bad}${more}`;
  },
  range: ({state}) => ({first: 0, end: state.badLines.length}),
  row(item, {state}) {
    const bad = state.badLines[item];
    if (bad === undefined) return [];
    return [[`line ${bad.line}  `, 'dim'], [bad.says, 'warn'], `: ${bad.text}`];
  },
  empty: () => 'Every line was a question.',
  explain({state, cursor}) {
    const bad = state.badLines[cursor];
    return (
      bad && {title: `Line ${bad.line}`, says: `${bad.says}. Nothing was sent for it.`, source: 'RFC 1035 §2.3.4, §5.1'}
    );
  },
});
