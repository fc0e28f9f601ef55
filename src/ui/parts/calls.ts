import {shortCall} from '../../chapters/tcp/call-text.ts';
import type {CallFields} from '../../chapters/tcp/calls.ts';
import type {WireEvent} from '../../journal/event.ts';
import type {Line, PaneModel, Part} from '../view.ts';
import {eventsPart} from './events.ts';
import {quantity} from './quantity.ts';
import {explainTransfer} from './transfers.ts';

/** Every call of an actor and what came of it, with its time, result, errno and duration; between them, what else happened. */
export function callsPart<State>(empty: (model: PaneModel<State>) => string): Part<State> {
  return eventsPart<State>({
    id: 'calls',
    title: ({journal}) => `Calls${journal.first > 0 ? `, ${journal.first} older events dropped` : ''}`,
    text: eventText,
    role: event => (isFailure(event) ? 'bad' : event.kind === 'call' ? 'dim' : 'accent'),
    empty,
    explain: event => (event.kind === 'call' ? explainTransfer(event) : undefined),
  });
}

function isFailure(event: WireEvent): boolean {
  const {errno} = event as {errno?: string};
  return errno !== undefined && errno !== 'EINPROGRESS' && errno !== 'EAGAIN';
}

/** One line for each kind of event; a call with what it gave and how long it took. */
function eventText(event: WireEvent, bytes: Uint8Array | undefined): string | Line | undefined {
  const {errno, means} = event as {errno?: string; means?: string};
  const failed = errno === undefined ? '' : ` ${errno}: ${means ?? ''}`;
  switch (event.kind) {
    case 'call': {
      const call = event as unknown as CallFields;
      return [
        [shortCall(call, bytes), isFailure(event) ? 'bad' : 'plain'],
        [`  ${quantity(call.seconds, 's')}`, 'dim'],
      ];
    }
    case 'looked':
      return `${String(event['host'])} is ${(event['addresses'] as readonly string[]).join(', ') || 'unknown'}${failed}`;
    case 'attempt':
      return `${String(event['number'])} of ${String(event['of'])}: ${String(event['address'])}${failed || ' connected'}  ${quantity(Number(event['seconds']), 's')}`;
    case 'connected':
      return `${String(event['local'])} to ${String(event['remote'])}`;
    case 'waiting':
      return `${numbered(event)}${quantity(Number(event['unsent']), 'B')} wait in the program for the kernel`;
    case 'eof':
      return `${numbered(event)}the peer’s FIN was read: it sends no more`;
    case 'broken':
      return `${numbered(event)}${failed.trim()}`;
    case 'listening':
      return `${String(event['address'])} port ${String(event['port'])}`;
    case 'accepted':
      return `${numbered(event)}from ${String(event['peer'])}`;
    case 'chosen':
      return `connection ${String(event['connection'])} is in your hands`;
    case 'paused':
      return `accept() is not called: ${String(event['why'])}`;
    case 'resumed':
      return 'accept() is called again';
    case 'reading':
      return event['on'] === true ? 'reads again' : 'does not read: bytes stay in the kernel';
    case 'closed':
      return `${numbered(event)}${String(event['why'])}: ${quantity(Number(event['sent']), 'B')} sent, ${quantity(Number(event['received']), 'B')} received${failed}`;
    case 'notice':
      return String(event['says']);
    case 'sample':
      if (event['connections'] !== undefined) return `accept queue ${String(event['acceptQueue'])}`;
      return `${String(event['state'])} Send-Q ${String(event['sendQueue'] ?? '?')} Recv-Q ${String(event['receiveQueue'] ?? '?')}`;
    case 'more':
      return `${numbered(event)}${String(event['calls'])} calls: ${quantity(Number(event['sent']), 'B')} sent, ${quantity(Number(event['received']), 'B')} received`;
    default:
      return undefined;
  }
}

function numbered(event: WireEvent): string {
  return event['connection'] === undefined ? '' : `${String(event['connection'])} `;
}
