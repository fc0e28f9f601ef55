import {parentOf} from '../../wire/dns/name.ts';
import {classes, codes, extendedErrors, types} from '../../wire/dns/numbers.ts';
import type {Message, Question} from '../../wire/dns/types.ts';
import {answerFrom} from './answer.ts';
import {type Answerer, type Asker, isTransfer, type Response} from './respond.ts';
import {transfer} from './transfer.ts';
import {keyOf, type Zone} from './zone.ts';

/** A server's zones by the lower-case name of their apex; read at every question, so that a zone can be replaced. */
export type ZoneTable = ReadonlyMap<string, {readonly zone: Zone}>;

/** A name server that answers from its zones, and only from them: it asks nobody (RFC 1034 §4.3.1). */
export function authoritative(name: string, zones: () => ZoneTable): Answerer {
  return (question, request, asker) => {
    if (question.class === classes.CH) return chaos(question, name);
    if (question.class !== classes.IN && question.class !== classes.ANY) return refused('Only class IN is served here');
    const zone = zoneFor(zones(), question);
    if (zone === undefined) return refused('That name is in no zone of this server');
    return isTransfer(question)
      ? transferred(zone, question, request, asker)
      : ordinary(zone, question, request.edns?.dnssecOk === true);
  };
}

function ordinary(zone: Zone, question: Question, dnssecOk: boolean): Response {
  return answerFrom(zone, {...question, class: classes.IN}, dnssecOk);
}

const refused = (says: string): Response => ({
  rcode: codes.REFUSED,
  errors: [{code: extendedErrors.notAuthoritative, says}],
});

/** The zone nearest above the name. DS is of the zone above the one that the name is the apex of (RFC 4035 §3.1.4.1). */
export function zoneFor(zones: ZoneTable, {name, type}: Question): Zone | undefined {
  const key = keyOf(name);
  const above = type === types.DS && key !== '.' ? nearest(zones, parentOf(key)) : undefined;
  return above ?? nearest(zones, key);
}

function nearest(zones: ZoneTable, key: string): Zone | undefined {
  for (let at = key; ; at = parentOf(at)) {
    const found = zones.get(at);
    if (found !== undefined || at === '.') return found?.zone;
  }
}

function transferred(zone: Zone, question: Question, request: Message, asker: Asker): Response {
  if (keyOf(zone.origin) !== keyOf(question.name)) return {rcode: codes.NOTAUTH};
  if (asker.transport === 'udp')
    return question.type === types.AXFR
      ? {rcode: codes.FORMERR}
      : {rcode: codes.NOERROR, aa: true, answers: [zone.soa]};
  return {rcode: codes.NOERROR, aa: true, stream: transfer(zone, question, request)};
}

/** What servers are asked about themselves (RFC 4892). */
const says: Readonly<Record<string, (name: string) => string>> = {
  'version.bind.': () => 'Wirebook lab',
  'version.server.': () => 'Wirebook lab',
  'id.server.': name => name,
  'hostname.bind.': name => name,
};

export function chaos(question: Question, name: string): Response {
  const text = says[keyOf(question.name)]?.(name);
  if (text === undefined || (question.type !== types.TXT && question.type !== types.ANY)) return {rcode: codes.REFUSED};
  const bytes = new TextEncoder().encode(text);
  const record = {name: question.name, type: types.TXT, class: classes.CH, ttl: 0};
  return {rcode: codes.NOERROR, aa: true, answers: [{...record, data: Uint8Array.from([bytes.length, ...bytes])}]};
}
