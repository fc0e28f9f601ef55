import type {Problem} from '../../journal/problem.ts';
import type {DecodedMessage} from '../../wire/dns/types.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import type {Kit} from '../contract.ts';
import type {queryEvents} from './query-events.ts';
import type {QueryAsk} from './query-fields.ts';
import type {AskedType} from './query-read.ts';

export type QueryKit = Kit<typeof queryEvents, string, QueryAsk>;
export type Say = (what: () => void) => void;

export interface Question {
  readonly name: string;
  readonly asked: AskedType;
  /** The server as it was asked for. */
  readonly label: string;
}

export type Outcome =
  | {readonly ok: true; readonly decoded: DecodedMessage}
  | {readonly ok: false; readonly problem: Problem};

export function placeOf({address, port, transport}: DnsServer): {server: string; transport: DnsServer['transport']} {
  return {server: endpointText(address, port), transport};
}
