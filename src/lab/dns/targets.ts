import {nameIn} from '../../wire/dns/answers.ts';
import {types} from '../../wire/dns/numbers.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';

/** Where the name of a host stands in the data of types whose reader will ask for its addresses. */
const offsets: Readonly<Record<number, number>> = {
  [types.NS]: 0,
  [types.MX]: 2,
  [types.SRV]: 6,
  [types.SVCB]: 2,
  [types.HTTPS]: 2,
};

/** The host that a record names; nothing for types that name none, and for `.`, which means no host. */
export function targetOf({type, data}: ResourceRecord): string | undefined {
  const offset = offsets[type];
  const target = offset === undefined ? undefined : nameIn(data, offset);
  return target === '.' ? undefined : target;
}
