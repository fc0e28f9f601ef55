import {randomInt} from 'node:crypto';
import {lookup} from 'node:dns/promises';
import {isIP} from 'node:net';
import type {Problem} from '../../journal/problem.ts';
import {isLabName} from '../../lab/known.ts';
import type {Lab} from '../../lab/types.ts';
import {addressesIn, followAliases} from '../../wire/dns/answers.ts';
import {decodeMessage} from '../../wire/dns/decode.ts';
import {encodeMessage} from '../../wire/dns/encode.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import {queryFor} from '../../wire/dns/query.ts';
import type {DecodedMessage} from '../../wire/dns/types.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import type {World} from '../../world/world.ts';

/** What finding a host takes. */
export type HostType = 'A' | 'AAAA' | 'MX';

export interface Asked {
  readonly name: string;
  readonly type: HostType;
  /** `127.4.0.53:5300`. */
  readonly server: string;
  readonly seconds: number;
  /** The answer as it came; absent when none came. */
  readonly bytes?: Uint8Array;
  readonly message?: DecodedMessage['message'];
  readonly problem?: Problem;
}

/** One question to a resolver (RD), with its answer. Never rejects. */
export async function askResolver(
  world: Pick<World, 'dns' | 'clock'>,
  resolver: DnsServer,
  {name, type, signal, timeout = 5}: {name: string; type: HostType; signal?: AbortSignal; timeout?: number},
): Promise<Asked> {
  const question = {name, type: types[type], class: classes.IN};
  const query = encodeMessage(queryFor(question, {id: randomInt(0x1_0000), rd: true, ad: true}));
  const began = world.clock.now();
  const asked = {name, type, server: endpointText(resolver.address, resolver.port)};
  const exchange = await world.dns.exchange(query, resolver, {
    timeout,
    retries: 1,
    ...(signal !== undefined && {signal}),
  });
  const seconds = world.clock.now() - began;
  if (!exchange.ok) return {...asked, seconds, problem: exchange.problem};
  const {bytes} = exchange.value;
  return {...asked, seconds, bytes, message: decodeMessage(bytes).message};
}

export type HostFound =
  | {readonly ok: true; readonly addresses: readonly string[]; readonly by: string}
  | {readonly ok: false; readonly problem: Problem};

/** The addresses of a host: the lab’s resolver is asked for its names, this machine for all others. */
export async function findHost(
  host: string,
  {world, lab, signal}: {world: Pick<World, 'dns' | 'clock'>; lab: () => Promise<Lab>; signal: AbortSignal},
): Promise<HostFound> {
  if (isIP(host.replace(/%.*$/, '')) !== 0) return {ok: true, addresses: [host], by: 'it is an address'};
  if (!isLabName(host)) return systemLookUp(host);
  const {resolver} = (await lab()).dns;
  const name = host.endsWith('.') ? host : `${host}.`;
  const answers = await Promise.all(
    (['A', 'AAAA'] as const).map(type => askResolver(world, resolver, {name, type, signal})),
  );
  const addresses = answers.flatMap(({message}) => {
    const records = message?.answers ?? [];
    return addressesIn(followAliases(name, records).target, records);
  });
  if (addresses.length > 0) return {ok: true, addresses, by: 'the lab’s resolver'};
  const failed = answers.find(({problem}) => problem !== undefined)?.problem;
  return {ok: false, problem: failed ?? noAddress(host)};
}

async function systemLookUp(host: string): Promise<HostFound> {
  try {
    const found = await lookup(host, {all: true});
    return {ok: true, addresses: found.map(({address}) => address), by: 'this machine'};
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    return {ok: false, problem: {...noAddress(host), ...(code !== undefined && {errno: code})}};
  }
}

const noAddress = (host: string): Problem => ({
  code: 'names.host',
  says: `${host} has no address`,
  next: 'Check the name, or give an address.',
});
