import type {TraceAsked, TraceFinding, TraceState, TraceZone} from '../../../chapters/names/trace-state.ts';

/** One row of the tree: a zone, a server that was asked, or something that was found. `seq`: the event that told it. */
export type TraceRow = {readonly seq: number; readonly depth: number} & (
  | {readonly kind: 'zone'; readonly zone: TraceZone}
  | {readonly kind: 'asked'; readonly asked: TraceAsked}
  | {readonly kind: 'finding'; readonly finding: TraceFinding}
);

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
      rows.push({kind: 'zone', seq: zone.seq, zone, depth});
      const all = state.asked.filter(one => one.zone === zone.number);
      const traced = all.filter(({why}) => why === 'trace');
      const asked = traced.length > 0 ? traced : all.slice(0, 1);
      for (const one of asked) rows.push({kind: 'asked', seq: one.seq, asked: one, depth});
      for (const finding of state.findings)
        if (finding.zone === zone.number) rows.push({kind: 'finding', seq: finding.seq, finding, depth});
      below(zone.number, depth + 1);
    }
  };
  below(-1, 0);
  made.set(state, rows);
  return rows;
}

/** Whose response a row is about: of a zone the referral that led to it, of a finding the server that it names. */
export function askedOf(row: TraceRow, {asked, zones}: TraceState): TraceAsked | undefined {
  if (row.kind === 'asked') return row.asked;
  if (row.kind === 'finding') {
    const there = asked.filter(({zone}) => zone === row.finding.zone);
    return there.find(({server, why}) => why === 'trace' && row.finding.says.includes(server)) ?? there[0];
  }
  const {parent, zone} = row.zone;
  const referral = asked.find(one => one.zone === parent && one.outcome === 'referral' && one.says === `to ${zone}`);
  return referral ?? asked.find(one => one.zone === (zones[0]?.number ?? 0) && zone === '.');
}
