import {define} from '../contract.ts';
import {traceEquivalents} from './trace-equivalents.ts';
import {traceEvents} from './trace-events.ts';
import {traceFields} from './trace-fields.ts';
import {reduceTrace, startTrace} from './trace-state.ts';
import {traceLine} from './trace-text.ts';

export const traceExperiment = define({
  id: 'names.trace',
  title: 'Trace',
  teaches:
    'From the root down to a name: every server of every zone is asked, and the signatures are checked on the way.',
  opens: 'with its form',
  positionals: ['name', 'type'],
  fields: traceFields,
  events: traceEvents,
  actions: {},
  // Loaded when it runs: a menu needs none of it.
  run: async (ask, kit) => (await import('./runs.ts')).runTrace(ask, kit),
  start: startTrace,
  reduce: reduceTrace,
  line: traceLine,
  equivalents: traceEquivalents,
});
