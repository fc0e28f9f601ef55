import {define} from '../contract.ts';
import {integerField} from '../fields.ts';
import {lookupEquivalents} from './lookup-equivalents.ts';
import {lookupEvents} from './lookup-events.ts';
import {lookupFields} from './lookup-fields.ts';
import {type LookupState, reduceLookup, startLookup} from './lookup-state.ts';
import {lookupLine} from './lookup-text.ts';

const settled = ({phase}: LookupState): true | string =>
  phase === 'asking' ? 'The look-up is under way: wait, or give it up with C' : true;

const hasRows = (state: LookupState): true | string => {
  const is = settled(state);
  return is !== true || state.rows.length > 0 ? is : 'There are no rows to connect to';
};

const row = integerField({label: 'Row', default: 1, from: 1, to: 9999, hint: 'its number in the infolist'});

export const lookupExperiment = define({
  id: 'names.lookup',
  title: 'Look-up',
  teaches:
    'A name and a service become addresses: every row of getaddrinfo(), who gave them, and a socket made of one.',
  opens: 'with its form',
  positionals: ['host'],
  rest: 'service',
  withoutRest: '',
  fields: lookupFields,
  events: lookupEvents,
  actions: {
    connect: {key: 'c', title: 'Connect to this row', hint: 9, possible: hasRows, fields: {row}},
    rest: {
      key: 'n',
      title: 'Try from here until one connects',
      brief: 'try rows from here',
      hint: 8,
      possible: hasRows,
      fields: {row},
    },
    close: {
      key: 'd',
      title: 'Close the socket',
      hint: 5,
      possible: ({open}: LookupState) => open !== undefined || 'No socket is open',
    },
    sources: {key: 'w', title: 'Ask every source alone', hint: 7, possible: settled},
    again: {key: 'a', title: 'Look up again', hint: 6, possible: settled},
    lab: {key: 'b', title: 'Connect to the lab’s web server', brief: 'connect to the lab', hint: 4, possible: settled},
    cancel: {
      key: 'C',
      title: 'Give the look-up up',
      hint: 3,
      possible: ({phase}: LookupState) => phase === 'asking' || 'No look-up is under way',
    },
  },
  async run(ask, kit) {
    // Whoever asks for something else need not wait for it to be loaded.
    const {runLookup} = await import('./runs.ts');
    return runLookup(ask, kit);
  },
  start: (): LookupState => startLookup(),
  reduce: reduceLookup,
  line: event => lookupLine(event),
  equivalents: lookupEquivalents,
});
