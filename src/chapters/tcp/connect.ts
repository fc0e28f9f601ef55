import {define} from '../contract.ts';
import {integerField, textField} from '../fields.ts';
import {connectEquivalents} from './connect-equivalents.ts';
import {connectEvents} from './connect-events.ts';
import {connectFields} from './connect-fields.ts';
import {runConnect} from './connect-run.ts';
import {type ConnectState, reduceConnect, startConnect} from './connect-state.ts';
import {connectLine} from './connect-text.ts';
import {optionsField} from './option-list.ts';
import {hexFields, textFields} from './typed-bytes.ts';

const open = (state: ConnectState): true | string => {
  if (state.phase === 'dialling') return 'The connection is not open yet';
  return state.phase === 'closed' ? 'The connection is closed: launch it again with f' : true;
};

const maySend = (state: ConnectState): true | string =>
  state.sendShut ? 'This side has ended its sending direction: nothing more can be sent' : open(state);

const actions = {
  send: {key: 's', title: 'Send text', hint: 9, possible: maySend, fields: textFields},
  'send-hex': {key: 'X', title: 'Send bytes as hex', hint: 5, possible: maySend, fields: hexFields},
  'send-file': {
    key: 'F',
    title: 'Send a file',
    possible: maySend,
    fields: {path: textField({label: 'File', default: '', hint: 'its bytes are sent as they are'})},
  },
  'shut-wr': {key: 'w', title: 'SHUT_WR: end sending', hint: 8, possible: maySend},
  'shut-rd': {key: 'r', title: 'SHUT_RD: end receiving', hint: 6, possible: open},
  'shut-rdwr': {key: 'b', title: 'SHUT_RDWR: end both', hint: 5, possible: open},
  close: {key: 'c', title: 'close()', hint: 7, possible: open},
  reset: {key: 't', title: 'Reset: SO_LINGER 0, then close()', hint: 4, possible: open},
  reading: {key: 'a', title: 'Read what arrives, or leave it in the kernel', hint: 3, possible: open},
  set: {
    key: 'o',
    title: 'Set a socket option',
    hint: 2,
    possible: open,
    fields: {option: optionsField('Option', 'now')},
  },
  wait: {
    key: 'W',
    title: 'Wait for bytes or for the end',
    hint: 0,
    fields: {
      bytes: integerField({
        label: 'Bytes',
        default: 0,
        from: 0,
        to: 2 ** 31,
        hint: 'so many received since the start; 0: until the peer’s FIN',
      }),
    },
  },
};

export const connectExperiment = define({
  id: 'tcp.connect',
  title: 'Connect',
  teaches: 'A client by hand: every call it makes, the bytes both ways, and what the kernel knows of the connection.',
  opens: 'with its form',
  positionals: ['host', 'port'],
  fields: connectFields,
  events: connectEvents,
  actions,
  run: runConnect,
  start: startConnect,
  reduce: reduceConnect,
  line: connectLine,
  equivalents: connectEquivalents,
});
