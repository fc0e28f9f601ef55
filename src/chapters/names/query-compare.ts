import {rdataText} from '../../wire/dns/rdata/text.ts';
import {responseCodeName, typeName} from '../../wire/dns/tables.ts';
import type {DecodedMessage, ResourceRecord} from '../../wire/dns/types.ts';
import {counted} from '../../wire/text/counted.ts';

export interface Answered {
  readonly label: string;
  readonly decoded: DecodedMessage;
}

export interface Group {
  readonly servers: readonly string[];
  readonly says: string;
  readonly records: readonly string[];
}

/** Those together that say the same: response code and answers, whatever the order, the TTL and the letter case of names. */
export function compare(answers: readonly Answered[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const {label, decoded} of answers) {
    const {rcode, answers: found} = decoded.message;
    const records = found.map(recordLine).sort();
    const key = JSON.stringify([rcode, records.map(line => line.toLowerCase())]);
    const known = groups.get(key);
    const says = `${responseCodeName(rcode)}, ${counted(records.length, 'record')}`;
    groups.set(
      key,
      known === undefined ? {servers: [label], says, records} : {...known, servers: [...known.servers, label]},
    );
  }
  return [...groups.values()];
}

/** RRSIGs differ from signer to signer and from day to day, but they are part of the answer. */
function recordLine({name, type, data}: ResourceRecord): string {
  return `${name} ${typeName(type)} ${rdataText(type, data)}`;
}
