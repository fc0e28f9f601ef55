import {define} from '../contract.ts';
import {mailEquivalents} from './mail-equivalents.ts';
import {mailEvents} from './mail-events.ts';
import {mailFields} from './mail-fields.ts';
import {handActions} from './mail-hand.ts';
import {type MailState, reduceMail, startMailState} from './mail-state.ts';
import {mailLine} from './mail-text.ts';

const ready = ({exchangers, open}: MailState) =>
  exchangers.length === 0 ? 'There is no exchanger' : open === undefined ? true : 'A connection is open: c closes it';

export const mailExperiment = define({
  id: 'names.mail',
  title: 'Mail',
  teaches:
    'Where mail for a domain goes is a question to DNS; the rest is a conversation of lines that can be typed by hand. Nothing is sent unless you say so.',
  opens: 'with its form',
  positionals: ['to'],
  fields: mailFields,
  events: mailEvents,
  actions: {
    probe: {key: 'p', title: 'Probe: as far as RCPT, then RSET and QUIT', hint: 9, possible: ready},
    send: {
      key: 's',
      title: 'Send the message',
      hint: 9,
      possible: ready,
      danger: 'The message goes to the first exchanger that takes it, and cannot be called back. Send it?',
    },
    ...handActions,
  },
  // Loaded when it runs: a menu needs none of it.
  run: async (ask, kit) => (await import('./runs.ts')).runMail(ask, kit),
  start: startMailState,
  reduce: reduceMail,
  line: mailLine,
  equivalents: mailEquivalents,
});
