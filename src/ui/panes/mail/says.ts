import type {MailEvent} from '../../../chapters/names/mail-events.ts';
import {quantity} from '../../parts/quantity.ts';

type Of<Kind extends MailEvent['kind']> = Extract<MailEvent, {kind: Kind}>;

/** A row in full: sentences, each without its full stop, and where it is written. */
export interface Said {
  readonly title: string;
  readonly says: readonly string[];
  readonly source: string;
}

export function talkSays(event: MailEvent): Said {
  const say = sayers[event.kind] as (event: MailEvent) => Said;
  return say(event);
}

const sayers: {readonly [Kind in MailEvent['kind']]: (event: Of<Kind>) => Said} = {
  query: ({name, type, says, server}) => ({
    title: `${name} ${type}`,
    says: [says, `${server} was asked`],
    source: 'RFC 5321 §5.1',
  }),
  exchanger: ({name, source, preference, says}) => ({
    title: name,
    says: [exchangerSources[source](preference), ...(says === '' ? [] : [says])],
    source: 'RFC 5321 §5.1',
  }),
  message: ({encoding, why, changed, longest}) => ({
    title: `The message, ${encoding}`,
    says: [
      why,
      ...(changed === 0 ? [] : [`${changed} line ends became CR LF`]),
      `The longest line has ${longest} bytes`,
    ],
    source: 'RFC 5322 §2.1',
  }),
  plan: ({lines}) => ({title: 'The plan', says: lines, source: 'RFC 5321 §3.3'}),
  trying: ({name, address}) => ({
    title: name,
    says: [`A connection to ${address} is made`],
    source: 'RFC 5321 §3.1',
  }),
  connected: ({local}) => ({
    title: 'Connected',
    says: [`From ${local}. The server speaks first`],
    source: 'RFC 5321 §3.1',
  }),
  line({from, text, means, fault, seconds, source, secure}) {
    const took = from === 'client' || seconds === undefined ? [] : [`It came after ${quantity(seconds, 's')}`];
    const how = secure ? 'Over TLS' : 'In clear';
    return {title: text, says: [...(fault === undefined ? [] : [fault]), means, ...took, how], source};
  },
  content: ({dots, lines}) => ({
    title: 'The message as it went out',
    says: [
      'A line that begins with a dot gets another one, so that a single dot can be the end',
      `${dots} of ${lines} lines did`,
    ],
    source: 'RFC 5321 §4.5.2',
  }),
  raw: ({size}) => ({title: 'By hand', says: [`${size} bytes, as they were typed`], source: 'RFC 5321 §2.3.8'}),
  secured({protocol, cipher, name, subject, issuer, names, notBefore, notAfter, says}) {
    const whose = `It is for ${subject} (${names || 'no other names'}), signed by ${issuer}`;
    return {
      title: `${protocol} ${cipher}`,
      says: [says, `The name asked for is ${name}`, whose, `It is valid from ${notBefore} to ${notAfter}`],
      source: 'RFC 3207 §4',
    };
  },
  closed: ({says}) => ({title: 'Closed', says: [says], source: 'RFC 5321 §3.8'}),
  outcome: ({result, says}) => ({title: result, says: [says], source: 'RFC 5321 §4.2.1'}),
  kept: ({trace, from, recipients}) => ({
    title: 'In the lab’s mailbox',
    says: [
      `The server put ${trace} bytes of trace header above it: Return-Path and Received`,
      `From <${from}>, for ${recipients.join(', ')}`,
    ],
    source: 'RFC 5321 §4.4',
  }),
  notice: ({says}) => ({title: 'Worth knowing', says: [says], source: 'RFC 5321 §5.1'}),
  verdict: ({result, says}) => ({title: result, says: [says], source: 'RFC 5321 §4.2.1'}),
};

/** Why a host is an exchanger. */
export const exchangerSources: Readonly<Record<Of<'exchanger'>['source'], (preference: number) => string>> = {
  MX: preference =>
    `An MX record with preference ${preference} names it: the lowest is tried first, equals in an order of chance`,
  implicit: () => 'There is no MX record, so the domain’s own address takes the place of one',
  literal: () => 'The address stands in the mail address itself',
  named: () => 'It was named, so MX was not asked for',
};
