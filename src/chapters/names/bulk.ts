import {define} from '../contract.ts';
import {bulkEquivalents} from './bulk-equivalents.ts';
import {bulkEvents} from './bulk-events.ts';
import {bulkFields, concurrencyField, rateField} from './bulk-fields.ts';
import {type BulkState, reduceBulk, startBulkState} from './bulk-state.ts';
import {bulkLine} from './bulk-text.ts';

const more = ({concurrency}: BulkState): true | string =>
  concurrency < 4096 ? true : '4096 in flight is as many as there can be';

const fewer = ({concurrency}: BulkState): true | string =>
  concurrency > 1 ? true : 'There is one in flight, and one there must be';

const actions = {
  pause: {key: 'w', title: 'Pause, or go on', hint: 9},
  more: {key: 'm', title: 'Twice as many in flight', hint: 7, possible: more},
  fewer: {key: 'n', title: 'Half as many in flight', hint: 6, possible: fewer},
  concurrency: {key: 'C', title: 'So many in flight', hint: 3, fields: {concurrency: concurrencyField}},
  rate: {key: 'R', title: 'So many a second', hint: 4, fields: {rate: rateField}},
  cancel: {key: 'x', title: 'Cancel what is left', hint: 8},
};

export const bulkExperiment = define({
  id: 'names.bulk',
  title: 'Bulk',
  teaches: 'Thousands of questions in flight at once, each matched by its id: how fast, how even, and what was lost.',
  opens: 'with its form',
  positionals: ['file'],
  fields: bulkFields,
  events: bulkEvents,
  actions,
  // Loaded when it runs: a menu needs none of it.
  run: async (ask, kit) => (await import('./runs.ts')).runBulk(ask, kit),
  start: startBulkState,
  reduce: reduceBulk,
  settled: ({concurrency, rate}) => (concurrency === 0 ? {} : {concurrency, rate}),
  line: event => bulkLine(event),
  equivalents: bulkEquivalents,
});
