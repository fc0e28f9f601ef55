import {codes, types} from '../../wire/dns/numbers.ts';
import type {Question} from '../../wire/dns/types.ts';
import {parseZone} from '../../wire/dns/zone-file.ts';
import {resolverHost} from '../zones/hosts.ts';
import type {Response} from './respond.ts';

/** The name by which a resolver is asked how else it can be reached; no zone has it (RFC 9462 §4). */
export const designated = '_dns.resolver.arpa.';

const text = `
${designated} 60 IN SVCB 1 ${resolverHost.name} alpn=dot ipv4hint=${resolverHost.address}
${designated} 60 IN SVCB 2 ${resolverHost.name} alpn=h2,http/1.1 ipv4hint=${resolverHost.address} dohpath=/dns-query{?dns}
`;

/** What the resolver says of itself: over TLS, and over HTTPS. */
export function ofItself(question: Question): Response {
  if (question.type !== types.SVCB) return {rcode: codes.NOERROR};
  const {records} = parseZone(text, {origin: '.', ttl: 60});
  return {rcode: codes.NOERROR, answers: records};
}
