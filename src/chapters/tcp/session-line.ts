import type {EventOf} from '../../journal/event.ts';
import {callLine} from './call-text.ts';
import type {End} from './ends.ts';
import type {Segment} from './segments.ts';
import type {sessionEvents} from './session-events.ts';

/** An event of a session as a line of `--text`. */
export function sessionLine(event: EventOf<typeof sessionEvents>, bytes: Uint8Array | undefined): string | undefined {
  switch (event.kind) {
    case 'notice':
      return event.says;
    case 'connected':
      return `${event.client} to ${event.server}`;
    case 'call':
      return callLine(event, bytes);
    case 'blocked':
      return `${event.by.padEnd(7)} ${event.name}() waits`;
    case 'segment':
      return segmentLine(event);
    case 'ends':
      return `        ${endLine('client', event.client)}   ${endLine('server', event.server)}`;
    case 'ended':
      return `${event.by.padEnd(7)} ended (${event.signal ?? event.code ?? 'unknown'})`;
    default:
      return undefined;
  }
}

function segmentLine({from, flags, size, certain}: Segment): string {
  const what = flags === 'data' ? `${size} B` : flags;
  const arrow = from === 'client' ? `client ── ${what} ─▶ server` : `client ◀─ ${what} ── server`;
  return `        ${arrow}${certain ? '' : '  (as TCP must; not shown by the kernel)'}`;
}

function endLine(name: string, {state, sendQueue, receiveQueue}: End): string {
  return `${name} ${state} sendq ${sendQueue} recvq ${receiveQueue}`;
}
