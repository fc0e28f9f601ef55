import type {EventOf} from '../../journal/event.ts';
import {callLine} from './call-text.ts';
import type {End, Side} from './ends.ts';
import type {Segment} from './segments.ts';
import type {sessionEvents} from './session-events.ts';

const sideNames: Readonly<Record<Side, string>> = {client: 'client', server: 'server'};

/** An event of a session as a line of `--text`; `names` are what the two ends are called there. */
export function sessionLine(
  event: EventOf<typeof sessionEvents>,
  bytes: Uint8Array | undefined,
  names = sideNames,
): string | undefined {
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
      return segmentLine(event, names);
    case 'ends':
      return `        ${endLine(names.client, event.client)}   ${endLine(names.server, event.server)}`;
    case 'ended':
      return `${event.by.padEnd(7)} ended (${event.signal ?? event.code ?? 'unknown'})`;
    default:
      return undefined;
  }
}

function segmentLine({from, flags, size, certain}: Segment, {client, server}: Readonly<Record<Side, string>>): string {
  const what = flags === 'data' ? `${size} B` : flags;
  const arrow = from === 'client' ? `${client} ── ${what} ─▶ ${server}` : `${client} ◀─ ${what} ── ${server}`;
  return `        ${arrow}${certain ? '' : '  (as TCP must; not shown by the kernel)'}`;
}

function endLine(name: string, {state, sendQueue, receiveQueue}: End): string {
  return `${name} ${state} sendq ${sendQueue} recvq ${receiveQueue}`;
}
