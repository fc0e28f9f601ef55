import {define} from '../contract.ts';
import {listenEquivalents} from './listen-equivalents.ts';
import {listenEvents} from './listen-events.ts';
import {behaviourField, listenFields} from './listen-fields.ts';
import {runListen} from './listen-run.ts';
import {type ListenState, reduceListen, startListen} from './listen-state.ts';
import {listenLine} from './listen-text.ts';
import {hexFields, textFields} from './typed-bytes.ts';

const somebody = (state: ListenState): true | string => (state.open > 0 ? true : 'Nobody is connected');

const inHand = (state: ListenState): true | string => {
  if (state.open === 0) return 'Nobody is connected';
  return state.chosen > 0 ? true : 'Take a connection over first: Enter or o in the table';
};

const actions = {
  open: {key: 'o', title: 'Take over this connection', hint: 9, possible: somebody},
  send: {key: 's', title: 'Send text', hint: 8, possible: inHand, fields: textFields},
  'send-hex': {key: 'X', title: 'Send bytes as hex', hint: 4, possible: inHand, fields: hexFields},
  'shut-wr': {key: 'w', title: 'SHUT_WR: end sending', hint: 6, possible: somebody},
  'shut-rd': {key: 'r', title: 'SHUT_RD: end receiving', hint: 5, possible: somebody},
  'shut-rdwr': {key: 'b', title: 'SHUT_RDWR: end both', hint: 4, possible: somebody},
  close: {key: 'c', title: 'close()', hint: 7, possible: somebody},
  reset: {key: 't', title: 'Reset: SO_LINGER 0, then close()', hint: 3, possible: somebody},
  reading: {key: 'a', title: 'Read this connection, or leave its bytes in the kernel', hint: 2, possible: somebody},
  behaviour: {
    key: 'B',
    title: 'Behaviour of connections to come',
    hint: 3,
    fields: {behaviour: behaviourField},
  },
  accept: {key: 'A', title: 'Accept: stop calling it, or go on', hint: 5},
};

export const listenExperiment = define({
  id: 'tcp.listen',
  title: 'Listen',
  teaches: 'A server that does what you choose: its connections, its accept queue, and each connection by hand.',
  opens: 'with its form',
  positionals: ['port', 'behaviour'],
  fields: listenFields,
  events: listenEvents,
  actions,
  run: runListen,
  listensOn: ({address}) => address,
  start: startListen,
  reduce: reduceListen,
  line: listenLine,
  equivalents: listenEquivalents,
});
