import type {BehaviourSpec} from '../../world/actors/programs/behaviours/behaviour.ts';
import {type AskOf, choiceField, flagField, integerField, portField} from '../fields.ts';
import {optionsField} from './option-list.ts';
import {addressField} from './pair.ts';

/** What each behaviour does, by the name one types. */
export const behaviours = {
  echo: 'sends back what comes (RFC 862)',
  upper: 'sends it back in capitals',
  reply: 'reads exactly so many bytes, answers with so many, closes',
  sink: 'reads to the end, then answers how many bytes it was',
  discard: 'reads and throws away (RFC 863)',
  chargen: 'sends lines without end (RFC 864)',
  close: 'reads so many bytes, then closes',
  hold: 'accepts and never reads',
  refuse: 'never accepts: the queue fills',
  reset: 'accepts and breaks off with a RST',
  console: 'reads and shows; the rest is done by hand',
} as const;

export type BehaviourName = keyof typeof behaviours;

const names = Object.keys(behaviours) as [BehaviourName, ...BehaviourName[]];

export const behaviourField = choiceField({
  label: 'Behaviour',
  options: names,
  default: 'echo',
  hint: 'echo, upper, reply, sink, discard, chargen, close, hold, refuse, reset, console',
});

export const listenFields = {
  port: portField({default: 1060, zero: true}),
  behaviour: behaviourField,
  address: addressField('Address', '127.0.0.1', 'where it can be reached; 0.0.0.0: from everywhere'),
  backlog: integerField({
    label: 'Backlog',
    default: 5,
    from: 0,
    to: 65_535,
    hint: 'Linux lets one more than this wait for accept()',
  }),
  reuseAddress: flagField({
    label: 'SO_REUSEADDR',
    default: true,
    hint: 'no: connections in TIME_WAIT keep the port for a minute',
  }),
  maxConnections: integerField({
    label: 'At once',
    default: 64,
    from: 1,
    to: 1024,
    hint: 'with so many open it calls accept() no more',
  }),
  bytes: integerField({
    label: 'Read',
    default: 16,
    from: 0,
    to: 2 ** 30,
    hint: 'bytes that reply and close read first',
  }),
  replyBytes: integerField({label: 'Reply', default: 16, from: 0, to: 2 ** 26, hint: 'bytes that reply answers with'}),
  options: optionsField('Options', 'before listening; connections inherit them'),
};

export type ListenAsk = AskOf<typeof listenFields>;

export function behaviourSpec(name: BehaviourName, {bytes, replyBytes}: ListenAsk): BehaviourSpec {
  if (name === 'reply') return {kind: 'reply', ask: bytes, answer: replyBytes};
  return name === 'close' ? {kind: 'close-after', bytes} : {kind: name};
}
