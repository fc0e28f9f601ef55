import type {TextLine} from '../contract.ts';
import type {ListenEvent} from './listen-events.ts';

/** What a command prints: where it listens, who comes and goes, and what went wrong. */
export function listenLine(event: ListenEvent): TextLine {
  switch (event.kind) {
    case 'listening': {
      const host = event.address.includes(':') ? `[${event.address}]` : event.address;
      return `listening on ${host}:${event.port}, ${event.behaviour}`;
    }
    case 'accepted':
      return `${event.connection} ${event.peer} accepted`;
    case 'eof':
      return `${event.connection} the peer sends no more`;
    case 'closed': {
      const {connection, why, errno, received, sent, unsent} = event;
      const lost = unsent > 0 ? `, ${unsent} bytes never sent` : '';
      return `${connection} closed (${why}${errno === undefined ? '' : ` ${errno}`}): ${received} bytes in, ${sent} out${lost}`;
    }
    case 'paused':
      return `accept() is not called: ${event.why}`;
    case 'resumed':
      return 'accept() is called again';
    case 'deaf':
      return 'the listening socket is gone';
    case 'notice':
      return {aside: event.says};
    default:
      return undefined;
  }
}
