import {define} from '../contract.ts';
import {queryEquivalents} from './query-equivalents.ts';
import {queryEvents} from './query-events.ts';
import {queryFields} from './query-fields.ts';
import {type QueryState, reduceQuery, startQuery} from './query-state.ts';
import {queryLine} from './query-text.ts';

const {name, type, server, transport} = queryFields;

const actions = {
  again: {key: 'r', title: 'Ask again', hint: 9},
  name: {key: 'n', title: 'Ask for another name', hint: 8, fields: {name}},
  type: {key: 't', title: 'Ask for another type', hint: 8, fields: {type}},
  server: {key: 's', title: 'Ask another server', hint: 7, fields: {server}},
  transport: {key: 'v', title: 'Ask over another transport', brief: 'another transport', hint: 7, fields: {transport}},
  dnssec: {key: 'd', title: 'DNSSEC: ask with DO, or without', hint: 6},
  checking: {key: 'c', title: 'CD: ask with checking disabled, or not', hint: 3},
};

export const queryExperiment = define({
  id: 'names.query',
  title: 'Query',
  teaches:
    'One DNS question and its answer, over UDP, TCP, TLS or HTTPS: as text, and as bytes of which each has a meaning.',
  opens: 'with its form',
  positionals: ['name', 'type'],
  marked: {'@': 'server'},
  fields: queryFields,
  events: queryEvents,
  actions,
  // Loaded when it runs: a menu needs none of it.
  run: async (ask, kit) => (await import('./runs.ts')).runQuery(ask, kit),
  start: startQuery,
  reduce: reduceQuery,
  settled: (state: QueryState) => state.asked,
  line: queryLine,
  equivalents: queryEquivalents,
});
