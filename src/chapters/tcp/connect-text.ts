import {dump} from '../../wire/hex/dump.ts';
import type {TextLine} from '../contract.ts';
import type {ConnectEvent} from './connect-events.ts';
import {quantityText} from './quantity-text.ts';

/** What a command prints: what the peer sent and nothing else, or with --hex a dump of both directions. */
export function connectLine(
  event: ConnectEvent,
  bytes: Uint8Array | undefined,
  ask: {readonly hex: boolean},
): TextLine {
  switch (event.kind) {
    case 'call':
      if (event.direction === undefined || bytes === undefined || bytes.length === 0) return undefined;
      if (ask.hex) return dumped(event.direction, event.offset ?? 0, bytes);
      return event.direction === 'received' ? bytes : undefined;
    case 'notice':
      return {aside: event.says};
    case 'info':
      return {aside: infoText(event.tcp as Readonly<Record<string, unknown>>)};
    default:
      return undefined;
  }
}

/** `>` is to the peer, `<` from it: the direction stands in each row, so that `grep` can part them. */
export function dumped(direction: 'sent' | 'received', offset: number, bytes: Uint8Array): string {
  const mark = direction === 'sent' ? '>' : '<';
  const rows = dump(bytes, {style: 'hexdump', offset, squeeze: false}).trimEnd().split('\n').slice(0, -1);
  return rows.map(row => `${mark} ${row}`).join('\n');
}

function infoText(tcp: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(tcp).map(([name, value]) => `  ${name} ${quantityText(name, value)}`);
  return ['TCP_INFO', ...told].join('\n');
}
