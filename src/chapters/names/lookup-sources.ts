import type {Actor} from '../../world/actors/actor.ts';
import {candidates, readResolvConf} from '../../world/dns/resolv-conf.ts';
import {addressText} from '../../world/libc/address.ts';
import {hostsLinesFor, parseHosts} from '../../world/libc/lookup/hosts-file.ts';
import {describeSource, type NameSource, parseSwitch} from '../../world/libc/lookup/nsswitch.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {callEvent, type LookupActors, type LookupKit} from './lookup-kit.ts';
import type {LookupRequest} from './lookup-request.ts';

/** One source’s answer, as far as the origin of the rows depends on it. */
export interface SourceAnswer {
  readonly name: string;
  readonly hosts: readonly string[];
}

export const files = {switch: '/etc/nsswitch.conf', hosts: '/etc/hosts', resolver: '/etc/resolv.conf'} as const;

/** Who is to be asked for this name, and what the resolver would do with it: from the files that libc reads too. */
export async function tellSettings(kit: LookupKit, node: string): Promise<readonly NameSource[]> {
  const switchText = await read(kit, files.switch);
  const {line, text, sources} = parseSwitch(switchText);
  kit.emit('switch', {
    file: files.switch,
    line,
    text,
    sources: sources.map(({name, actions}) => {
      const says = describeSource(name);
      return {name, actions, ...(says !== undefined && {says})};
    }),
  });
  if (sources.some(({name}) => name === 'dns')) {
    const {file = files.resolver, servers, search, ndots, timeout, attempts, options} = readResolvConf();
    const tried = candidates(node, {search, ndots});
    kit.emit('resolver', {file, servers, search, ndots, timeout, attempts, options, tried});
  }
  return sources;
}

/** The lines of the hosts file with this name. */
export async function tellHosts(kit: LookupKit, node: string): Promise<readonly number[]> {
  const lines = hostsLinesFor(parseHosts(await read(kit, files.hosts)), node);
  for (const {line, text} of lines) kit.emit('hosts', {file: files.hosts, line, text});
  return lines.map(({line}) => line);
}

/**
 * Asks the sources one after the other, each alone, as the line of nsswitch.conf would: up to the one that answers or says that
 * the rest is not to be asked. With `all` the rest too. Gives the one that answered first.
 */
export async function askSources(
  kit: LookupKit,
  actors: LookupActors,
  request: LookupRequest,
  sources: readonly NameSource[],
  all: boolean,
): Promise<SourceAnswer | undefined> {
  const actor = await actors.get('sources');
  let first: SourceAnswer | undefined;
  for (const source of sources.slice(0, mostSources)) {
    const set = await actor.call('nssConfigureLookup', ['hosts', source.name]);
    if (set.errno !== undefined) {
      kit.emit('notice', {
        says: 'This libc cannot be told to ask one source alone, so where a name comes from is not known',
      });
      return undefined;
    }
    const record = await askOne(actor, request);
    if (kit.signal.aborted) return first;
    kit.emit('call', callEvent(record, 'source'));
    const hosts = hostsOf(record);
    kit.emit('source', {
      name: source.name,
      addresses: hosts,
      ...canonicalOf(record),
      ...(record.errno !== undefined && {code: record.errno, says: record.message ?? ''}),
      seconds: record.seconds,
    });
    if (hosts.length > 0) first ??= {name: source.name, hosts};
    if (!all && (hosts.length > 0 || endsThere(source, record.errno))) break;
  }
  return first;
}

/** More than these nobody has. */
const mostSources = 12;

/** The addresses alone: the service and the kinds of sockets do not come from there. */
function askOne(actor: Actor, {node, hints}: LookupRequest): Promise<CallRecord> {
  const flags = (hints.flags ?? []).filter(flag => flag !== 'AI_NUMERICSERV');
  const named = flags.includes('AI_CANONNAME') ? flags : [...flags, 'AI_CANONNAME' as const];
  return actor.call('getaddrinfo', [node, null, {...hints, type: 'SOCK_STREAM', protocol: 0, flags: named}]);
}

/** Each address once, without its port. */
export function hostsOf({rows = []}: Pick<CallRecord, 'rows'>): string[] {
  return [
    ...new Set(
      rows.map(({address}) =>
        addressText(address)
          .replace(/:\d+$/, '')
          .replace(/^\[(.*)\]$/, '$1'),
      ),
    ),
  ];
}

function canonicalOf({rows = []}: CallRecord): {canonical?: string} {
  const name = rows[0]?.canonicalName;
  return name === undefined ? {} : {canonical: name};
}

/** `[NOTFOUND=return]` and the like, nsswitch.conf(5): whether nobody is asked after this failure. */
function endsThere({actions}: NameSource, errno: string | undefined): boolean {
  const status = errno === 'EAI_AGAIN' ? 'TRYAGAIN' : errno === 'EAI_SYSTEM' ? 'UNAVAIL' : 'NOTFOUND';
  return actions.some(action => {
    const [, not, of, what] = /^(!?)(\w+)=(\w+)$/.exec(action.toUpperCase()) ?? [];
    return what === 'RETURN' && (not === '!') !== (of === status);
  });
}

async function read(kit: LookupKit, path: string): Promise<string> {
  const file = await kit.world.files.readWhole(path, {limit: 1024 * 1024, signal: kit.signal});
  return file.ok ? new TextDecoder().decode(file.bytes) : '';
}
