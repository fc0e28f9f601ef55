import {decodeMessage} from '../../wire/dns/decode.ts';
import {type DigExtra, digShort, digText} from '../../wire/dns/dig-text.ts';
import {fromHex} from '../../wire/text/hex.ts';
import type {TextLine} from '../contract.ts';
import type {QueryEvent} from './query-events.ts';
import type {QueryAsk} from './query-fields.ts';
import {readTypes} from './query-read.ts';
import {parseServers} from './server-text.ts';
import {tabbed} from './tabbed.ts';

type Response = Extract<QueryEvent, {kind: 'response'}>;

/** What dig prints, to standard output; what dig does not know, to standard error. */
export function queryLine(event: QueryEvent, bytes: Uint8Array | undefined, ask: QueryAsk): TextLine {
  switch (event.kind) {
    case 'response':
      if (bytes === undefined) return undefined;
      return ask.short ? shortText(bytes) : tabbed(responseLines(event, bytes, ask));
    case 'transfer':
      return tabbed(event.records);
    case 'transferred':
      return ask.short ? undefined : tabbed(transferLines(event));
    case 'note':
      return ask.short || quiet.has(event.about) ? undefined : {aside: event.says};
    case 'failure':
      // A single failure is how the command ends, and is told there.
      return isSingle(ask) ? undefined : {aside: `${event.says}.${event.next === undefined ? '' : ` ${event.next}`}`};
    case 'compared':
      return ask.short ? undefined : comparedText(event);
    default:
      return undefined;
  }
}

/** Told by dig's own lines, or of no use to a reader of text. */
const quiet: ReadonlySet<string> = new Set(['sent', 'connected', 'truncated']);

/** A response as dig shows it, line by line, with tabs. */
export function responseLines(event: Response, bytes: Uint8Array, ask: QueryAsk): readonly string[] {
  const {message, faults, trailing} = decodeMessage(bytes);
  const words = [`@${event.server}`, event.QNAME ?? '', event.QCLASSname ?? '', event.QTYPEname ?? ''];
  const extra: DigExtra = {
    command: words.filter(Boolean).join(' '),
    seconds: event.seconds,
    server: {...endOf(event.server), name: nameOf(event), transport: event.transport},
    when: digTime(event.when),
    size: event.size,
    trailing,
    ...(event.cookie !== undefined && {clientCookie: fromHex(event.cookie) ?? new Uint8Array(0)}),
    ...(faults.length > 0 && {malformed: true}),
    ...(event.transport === 'tcp' && ask.transport === 'udp' && event.tries > 1 && {truncatedFirst: true}),
  };
  const session = event.session === undefined ? [] : [`;; SESSION: ${event.session}`];
  const broken = faults.map(({offset, reason}) => `;; FAULT: at byte ${offset}: ${reason}`);
  return [...digText(message, extra), ...session, ...broken, ''];
}

/** What dig prints behind a zone. */
function transferLines(event: Extract<QueryEvent, {kind: 'transferred'}>): readonly string[] {
  const {address, port} = endOf(event.server);
  return [
    `;; Query time: ${Math.round(event.seconds * 1000)} msec`,
    `;; SERVER: ${address}#${port}(${nameOf(event)}) (${event.transport.toUpperCase()})`,
    `;; WHEN: ${digTime(event.when)}`,
    `;; XFR size: ${event.records} records (messages ${event.messages}, bytes ${event.size})`,
    ...(event.style === 'whole' ? [] : [`;; STYLE: ${event.style}, serial now ${event.serial}`]),
    ...(event.signed ? [';; TSIG: every message was signed with the key'] : []),
    ...(event.session === undefined ? [] : [`;; SESSION: ${event.session}`]),
    '',
  ];
}

function shortText(bytes: Uint8Array): TextLine {
  const lines = digShort(decodeMessage(bytes).message);
  return lines.length === 0 ? undefined : tabbed(lines);
}

function comparedText({name, type, agree, groups}: Extract<QueryEvent, {kind: 'compared'}>): string {
  if (agree) return `;; ALL SERVERS SAY THE SAME about ${name} ${type}: ${groups[0]?.says ?? ''}\n`;
  const rows = groups.flatMap(({servers, says, records}) => [
    `;;  ${servers.join(', ')}: ${says}`,
    ...records.map(record => `;;    ${record}`),
  ]);
  return [`;; SERVERS DIFFER about ${name} ${type}:`, ...rows, ''].join('\n');
}

function isSingle(ask: QueryAsk): boolean {
  const [servers, types] = [parseServers(ask.server), readTypes(ask.type)];
  return servers.ok && servers.value.length === 1 && types.ok && types.value.length === 1;
}

/** What the server was called, where that is more than its address. */
function nameOf({label, server}: {readonly label: string; readonly server: string}): string {
  const {address} = endOf(server);
  return label.includes(address) ? address : label;
}

/** `[::1]:53` and `127.0.0.1:53` taken apart again. */
function endOf(server: string): {address: string; port: number} {
  const at = server.lastIndexOf(':');
  return {address: server.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(server.slice(at + 1))};
}

/** `Tue Dec 01 03:30:01 UTC 2026`, in the time zone of this machine, as dig writes it. */
export function digTime(iso: string): string {
  const date = new Date(iso);
  const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', options).format(date);
  const [day, month] = [part({weekday: 'short'}), part({month: 'short'})];
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  const zone = /\S+$/.exec(part({timeZoneName: 'short'}))?.[0] ?? '';
  return `${day} ${month} ${two(date.getDate())} ${clock} ${zone} ${date.getFullYear()}`;
}

const two = (value: number) => String(value).padStart(2, '0');
