import type {TraceAsked, TraceFinding, TraceState, TraceZone} from '../../../chapters/names/trace-state.ts';

/** One row of the tree: a zone, a server that was asked, or something that was found. */
export type TraceRow =
  | {readonly kind: 'zone'; readonly zone: TraceZone; readonly depth: number}
  | {readonly kind: 'asked'; readonly asked: TraceAsked; readonly depth: number; readonly last: boolean}
  | {readonly kind: 'finding'; readonly finding: TraceFinding; readonly depth: number};

const made = new WeakMap<TraceState, readonly TraceRow[]>();

/**
 * The tree from the root down. What was asked only to find an address or to check a signature is left out below a zone
 * that the trace itself went through, and shown where nothing else was asked of a zone.
 */
export function traceRows(state: TraceState): readonly TraceRow[] {
  const known = made.get(state);
  if (known !== undefined) return known;
  const rows: TraceRow[] = [];
  const below = (parent: number, depth: number): void => {
    for (const zone of state.zones.filter(one => one.parent === parent)) {
      rows.push({kind: 'zone', zone, depth});
      const all = state.asked.filter(one => one.zone === zone.number);
      const traced = all.filter(({why}) => why === 'trace');
      const asked = traced.length > 0 ? traced : all.slice(0, 1);
      for (const [at, one] of asked.entries())
        rows.push({kind: 'asked', asked: one, depth, last: at === asked.length - 1});
      for (const finding of state.findings)
        if (finding.zone === zone.number) rows.push({kind: 'finding', finding, depth});
      below(zone.number, depth + 1);
    }
  };
  below(-1, 0);
  made.set(state, rows);
  return rows;
}
