import type {OptionFields, OptionsEvent, SetFields} from './options-events.ts';

/** One option in the table. */
export interface OptionRow extends OptionFields {
  /** What it was before it changed last, in words. */
  readonly before?: string | undefined;
  /** What was asked for last, and what came of it. */
  readonly set?: SetFields | undefined;
}

export interface OptionsState {
  readonly socket: {readonly of: string; readonly local: string; readonly remote?: string | undefined} | undefined;
  readonly pid: number;
  /** By level, then by number; options that were asked for besides stand at the end. */
  readonly rows: readonly OptionRow[];
  /** The last setting, of whatever option. */
  readonly last: SetFields | undefined;
}

export const startOptions: OptionsState = {socket: undefined, pid: 0, rows: [], last: undefined};

export function reduceOptions(state: OptionsState, event: OptionsEvent): OptionsState {
  switch (event.kind) {
    case 'call':
      return state.pid === event.pid ? state : {...state, pid: event.pid};
    case 'socket':
      return {...state, socket: event};
    case 'option':
      return {...state, rows: withOption(state.rows, event)};
    case 'set':
      return {
        ...state,
        rows: state.rows.map(row => (row.name === event.name ? {...row, set: event} : row)),
        last: event,
      };
    default:
      return state;
  }
}

function withOption(rows: readonly OptionRow[], option: OptionFields): readonly OptionRow[] {
  const index = rows.findIndex(({name}) => name === option.name);
  const known = rows[index];
  if (known === undefined) return [...rows, option];
  const {set} = known;
  return rows.with(index, {...option, before: known.text, ...(set !== undefined && {set})});
}
