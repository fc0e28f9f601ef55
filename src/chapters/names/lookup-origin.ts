import type {FieldsOf} from '../../journal/event.ts';
import type {NameSource} from '../../world/libc/lookup/nsswitch.ts';
import type {lookupEvents} from './lookup-events.ts';
import type {SourceAnswer} from './lookup-sources.ts';

interface Known {
  readonly node: string | null;
  readonly passive: boolean;
  /** Whether getaddrinfo() with AI_NUMERICHOST took it; absent where there is no name. */
  readonly literal: boolean | undefined;
  /** The addresses of the rows. */
  readonly given: readonly string[];
  /** The source that answered when each was asked alone; absent when none was asked, or none answered. */
  readonly first: SourceAnswer | undefined;
  /** Lines of the hosts file with the name. */
  readonly lines: readonly number[];
  readonly settings: readonly NameSource[];
}

/** Where the rows came from, and how that is known. libc itself does not say. */
export function originOf(known: Known): FieldsOf<typeof lookupEvents, 'origin'> {
  const {node, passive, literal, given, first, lines, settings} = known;
  if (node === null || node === '*')
    return {
      from: 'null',
      says: passive
        ? 'No host and AI_PASSIVE: the wildcard addresses, for bind(). Nobody was asked'
        : 'No host: the loopback addresses. Nobody was asked',
    };
  if (literal === true)
    return {from: 'literal', says: 'It is an address already: AI_NUMERICHOST, which may ask nobody, takes it too'};
  const line = lines.length === 0 ? '' : `, line ${lines.join(' and ')} of /etc/hosts`;
  if (first !== undefined) return fromSource(first, given, first.name === 'files' ? line : '');
  if (lines.length > 0 && settings[0]?.name === 'files')
    return {from: 'files', says: `The hosts file is asked first and has the name${line}`};
  return {from: 'unknown', says: 'No source was asked alone, and libc does not say which one answered'};
}

function fromSource({name, hosts}: SourceAnswer, given: readonly string[], line: string) {
  const missing = given.filter(host => !hosts.includes(unmapped(host)) && !hosts.includes(host));
  if (missing.length === 0)
    return {from: name, says: `Asked alone, ${name} is the first that answers, with the same addresses${line}`};
  return {
    from: name,
    says: `Asked alone, ${name} is the first that answers, but without ${missing.join(', ')}: it may give others each time${line}`,
  };
}

/** AI_V4MAPPED gives an IPv4 address in the form of IPv6 (RFC 3493 §6.1). */
const unmapped = (host: string) => host.replace(/^::ffff:(?=\d+\.)/, '');
