import type {QueryState} from '../../../chapters/names/query-state.ts';
import type {WireEvent} from '../../../journal/event.ts';
import {statusRole} from '../../parts/dns-lines.ts';
import {eventsPart} from '../../parts/events.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Role} from '../../theme.ts';
import type {Explanation, Line} from '../../view.ts';

const roles: Readonly<Record<string, Role>> = {
  query: 'client',
  response: 'server',
  truncated: 'warn',
  transfer: 'server',
  transferred: 'server',
  failure: 'bad',
  compared: 'accent',
};

/** What was sent and what came, and what happened in between. */
export const messagesPart = eventsPart<QueryState>({
  id: 'messages',
  title: ({state: {sent, answered, failed, ignored}}) =>
    [
      `Messages: ${sent} sent, ${answered} answered`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ].join(', '),
  text: event => rowOf(event),
  role: event => roles[event.kind] ?? 'dim',
  empty: () => 'Nothing has been sent yet.',
  explain: explainEvent,
});

function rowOf(event: WireEvent): Line | undefined {
  const text = (name: string) => String(event[name] ?? '');
  switch (event.kind) {
    case 'query':
      return [
        [`${text('QNAME')} ${text('QTYPEname')}`, 'strong'],
        [` to ${text('server')} ${upper(event)}, ${text('size')} B`, 'dim'],
      ];
    case 'response':
    case 'truncated': {
      const status = text('RCODEname');
      const took = event.kind === 'response' ? `, ${quantity(Number(event['seconds']), 's')}` : ', cut (TC)';
      return [
        [status, statusRole(status)],
        ` ${text('ANCOUNT')} + ${text('NSCOUNT')} + ${text('ARCOUNT')} records`,
        [` from ${text('server')} ${upper(event)}, ${text('size')} B${took}`, 'dim'],
      ];
    }
    case 'transfer':
      return [
        `message ${text('part')}, ${(event['records'] as readonly string[]).length} records`,
        [` from ${text('server')}`, 'dim'],
      ];
    case 'transferred':
      return [
        [text('style'), 'good'],
        ` ${text('records')} records of serial ${text('serial')}`,
        [` in ${quantity(Number(event['seconds']), 's')} from ${text('server')}`, 'dim'],
      ];
    case 'asked':
      return [
        [`${text('name')} ${text('type')}`, 'strong'],
        [
          ` of ${text('server')}, ${text('transport')}${event['dnssec'] === true ? ', DO' : ''}${event['cd'] === true ? ', CD' : ''}`,
          'dim',
        ],
      ];
    case 'compared':
      return [
        event['agree'] === true ? ['the servers say the same', 'good'] : ['the servers differ', 'warn'],
        [` about ${text('name')} ${text('type')}`, 'dim'],
      ];
    case 'note':
      return [[`${text('says')}.`, event['about'] === 'ignored' ? 'warn' : 'plain']];
    case 'failure':
      return [[`${text('says')}.`, 'bad']];
    default:
      return undefined;
  }
}

const upper = (event: WireEvent) => String(event['transport'] ?? '').toUpperCase();

function explainEvent(event: WireEvent): Explanation | undefined {
  const text = (name: string) => String(event[name] ?? '');
  switch (event.kind) {
    case 'query':
      return {
        title: 'query',
        says: `A question to ${text('server')} over ${upper(event)}; ${text('size')} bytes. Select it, and its fields and bytes are shown.`,
        source: 'RFC 1035 §4.1',
      };
    case 'response':
      return {
        title: 'response',
        says: `What ${text('server')} answered after ${quantity(Number(event['seconds']), 's')}; with tries and connecting ${quantity(Number(event['total']), 's')}, sent ${text('tries')} times.${event['session'] === undefined ? '' : ` ${text('session')}.`}`,
        source: 'RFC 1035 §4.1',
      };
    case 'truncated':
      return {
        title: 'TC',
        says: 'It did not fit into the UDP size that was offered, so it was asked for again over TCP.',
        source: 'RFC 7766 §5',
      };
    case 'transfer':
      return {
        title: 'transfer',
        says: `Message ${text('part')} of the zone: ${(event['records'] as readonly string[]).length} records in ${text('size')} bytes.`,
        source: 'RFC 5936 §2.2',
      };
    case 'transferred':
      return {
        title: 'transfer',
        says: `The zone has come to its end, which is the SOA record it began with: ${text('records')} records in ${text('messages')} messages.`,
        source: 'RFC 5936 §2.2',
      };
    case 'failure':
      return {title: text('code'), says: `${text('says')}. ${text('next')}`.trim()};
    case 'asked':
      return {
        title: 'asked',
        says: `From here on it is ${text('name')} ${text('type')} of ${text('server')} that is asked for: an action has changed it.`,
      };
    case 'compared':
      return {
        title: 'compared',
        says:
          event['agree'] === true
            ? 'Response code and answers were the same everywhere.'
            : 'The servers did not say the same: the list of what each group says is below.',
      };
    case 'note':
      return {
        title: text('about'),
        says: `${text('says')}.`,
        ...(sources[text('about')] !== undefined && {source: sources[text('about')]!}),
      };
    default:
      return undefined;
  }
}

const sources: Readonly<Record<string, string>> = {
  ignored: 'RFC 5452 §9.1',
  retry: 'RFC 1035 §4.2.1',
  truncated: 'RFC 7766 §5',
  signature: 'RFC 8945 §5.3',
  cookie: 'RFC 7873 §5.3',
  connected: 'RFC 7766 §6.2',
  name: 'RFC 1035 §3.5, RFC 3596 §2.5, RFC 5891',
  search: 'resolv.conf(5)',
};
