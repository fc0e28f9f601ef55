import {counted} from '../../wire/text/counted.ts';
import type {TextLine} from '../contract.ts';
import type {LookupEvent, RowFields} from './lookup-events.ts';
import {sockaddrText} from './lookup-python.ts';

/** Rows and attempts for who reads the output; where they came from stands aside. */
export function lookupLine(event: LookupEvent): TextLine {
  switch (event.kind) {
    case 'row':
      return rowText(event);
    case 'idn':
      return {aside: `${event.typed} is asked for as ${event.asked}: ${event.says}`};
    case 'hosts':
      return {aside: `${event.file}:${event.line}: ${event.text}`};
    case 'source':
      return {aside: `source ${event.name}: ${sourceText(event)}, ${milliseconds(event.seconds)}`};
    case 'origin':
      return {aside: `from ${event.from}: ${event.says}`};
    case 'answer':
      return {aside: `${counted(event.rows, 'row')} in ${milliseconds(event.seconds)}`};
    case 'call':
      return event.purpose === 'connect' ? callText(event) : undefined;
    case 'attempt':
      return attemptText(event);
    case 'lab':
      return {aside: `the lab’s web server is ${event.name}, here ${event.address} port ${event.port}`};
    case 'notice':
      return {aside: event.says};
    default:
      return undefined;
  }
}

/** `AF_INET 2   SOCK_STREAM 1  IPPROTO_TCP 6  ''  ('127.0.0.1', 80)`. */
export function rowText(row: RowFields): string {
  const cells = [
    `${row.family} ${row.familyNumber}`.padEnd(11),
    `${row.type} ${row.typeNumber}`.padEnd(16),
    `${row.proto} ${row.protoNumber}`.padEnd(15),
    row.canonname === '' ? "''" : row.canonname,
    sockaddrText(row.sockaddr),
  ];
  return cells.join('  ');
}

export function sourceText({
  addresses,
  canonical,
  code,
  says,
}: Extract<LookupEvent, {kind: 'source'}> | SourceLike): string {
  if (code !== undefined) return `${code}${says === undefined || says === '' ? '' : ` (${says})`}`;
  return `${addresses.join(', ')}${canonical === undefined ? '' : ` (canonical name ${canonical})`}`;
}

interface SourceLike {
  readonly addresses: readonly string[];
  readonly canonical?: string | undefined;
  readonly code?: string | undefined;
  readonly says?: string | undefined;
}

export function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0)} ms`;
}

export function callText({text, result, errno, seconds}: Extract<LookupEvent, {kind: 'call'}>): string {
  return `${text} = ${result}${errno === undefined ? '' : ` ${errno}`}  (${milliseconds(seconds)})`;
}

function attemptText({row, address, connected, local, errno, means}: Extract<LookupEvent, {kind: 'attempt'}>): string {
  if (!connected) return `row ${row}: ${address}: ${errno ?? 'failed'}. ${means ?? ''}`.trim();
  return `row ${row}: ${address}: connected${local === undefined ? '' : ` from ${local}`}${means === undefined ? '' : `. ${means}`}`;
}
