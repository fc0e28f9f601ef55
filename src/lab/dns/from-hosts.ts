import {nameBytes, reverseName} from '../../wire/dns/name.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import {addressBytes} from '../../wire/ip-address.ts';
import type {HostEntry} from '../hosts-file.ts';
import {keyOf} from './zone.ts';

/**
 * The records that a hosts file gives for a question: addresses for its names, none of a type where it has only the other,
 * and the first name for an address asked backwards. Nothing when it does not speak of the name.
 */
export function fromHosts(question: Question, entries: readonly HostEntry[]): readonly ResourceRecord[] | undefined {
  const key = keyOf(question.name);
  const record = (data: Iterable<number>) => ({
    name: question.name,
    type: question.type,
    class: classes.IN,
    ttl: 0,
    data: Uint8Array.from(data),
  });
  if (question.type === types.PTR) {
    const found = entries.filter(({address}) => keyOf(reverseName(address) ?? '') === key);
    return found.length === 0 ? undefined : found.map(({names}) => record(nameBytes(names[0]!)));
  }
  const own = entries.filter(({names}) => names.includes(key));
  if (own.length === 0 || (question.type !== types.A && question.type !== types.AAAA)) return undefined;
  const size = question.type === types.A ? 4 : 16;
  return own
    .map(({address}) => addressBytes(address))
    .filter(({length}) => length === size)
    .map(record);
}
