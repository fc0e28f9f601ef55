import {types} from '../../wire/dns/numbers.ts';
import {compareSerials, serialOf} from '../../wire/dns/serial.ts';
import type {Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Zone} from './zone.ts';

/** Records of one message: few enough that it stays under 64 KiB whatever they are. */
const messageBytes = 16_000;

/** The answers of the messages of an AXFR (RFC 5936 §2.2) or an IXFR (RFC 1995 §4): the SOA comes first and last. */
export function transfer(zone: Zone, question: Question, request: Message): Iterable<readonly ResourceRecord[]> {
  if (question.type === types.AXFR) return inMessages(whole(zone));
  const {change} = zone;
  const serial = request.authorities.map(serialOf).find(found => found !== undefined);
  if (serial === undefined) return inMessages(whole(zone));
  if (compareSerials(serial, serialOf(zone.soa)!) >= 0) return [[zone.soa]];
  if (change === undefined || serial !== change.before) return inMessages(whole(zone));
  // The first set on either side is the SOA, so each half begins as RFC 1995 §4 wants it.
  const halves = [...change.removed, ...change.added].flatMap(set => [...set, ...(zone.signatures(set) ?? [])]);
  return inMessages([zone.soa, ...halves, zone.soa]);
}

/** Every record once, with the signatures, between two SOAs. What lies below a cut is glue and comes too. */
function* whole(zone: Zone): Generator<ResourceRecord> {
  yield zone.soa;
  for (const set of zone.sets()) {
    if (set[0]!.type !== types.SOA) yield* set;
    yield* zone.signatures(set) ?? [];
  }
  yield zone.soa;
}

function* inMessages(records: Iterable<ResourceRecord>): Generator<readonly ResourceRecord[]> {
  let batch: ResourceRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.data.length + record.name.length + 12;
    if (batch.length > 0 && bytes + size > messageBytes) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(record);
    bytes += size;
  }
  yield batch;
}
