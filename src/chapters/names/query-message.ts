import type {FieldsOf} from '../../journal/event.ts';
import {decodeMessage} from '../../wire/dns/decode.ts';
import {rfc8427} from '../../wire/dns/json.ts';
import {walkMessage} from '../../wire/dns/walk.ts';
import type {queryEvents} from './query-events.ts';

type Members = Omit<FieldsOf<typeof queryEvents, 'query'>, 'number' | 'label' | 'server' | 'transport' | 'size'>;

/** The members of RFC 8427 of a message, and every field of it. The event has its bytes. */
export function membersOf(bytes: Uint8Array): Members {
  const {message, faults, trailing} = decodeMessage(bytes);
  return {
    ...(rfc8427(message, undefined, walkMessage(bytes)) as unknown as Members),
    ...(faults.length > 0 && {faults}),
    ...(trailing > 0 && {trailing}),
  };
}
