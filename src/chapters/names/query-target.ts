import {isIP} from 'node:net';
import {usualResolver} from '../../lab/known.ts';
import {reverseName} from '../../wire/dns/name.ts';
import {types as numbers} from '../../wire/dns/numbers.ts';
import {typeName} from '../../wire/dns/tables.ts';
import type {TransportName} from '../../world/dns/types.ts';
import type {QueryAsk} from './query-fields.ts';
import {type AskedType, readName, readTypes} from './query-read.ts';
import {defaultPorts, parseServers} from './server-text.ts';

/** What the other programs have to know. */
export interface Target {
  readonly name: string;
  readonly asked: AskedType;
  readonly type: string;
  /** Absent: the system's own servers. */
  readonly address?: string;
  readonly port: number;
  readonly transport: TransportName;
  readonly host: string;
  readonly path: string;
  /** A PEM file; `any` where every certificate will do, which for the lab's own authority it must. */
  readonly trust: 'usual' | 'any' | {readonly file: string};
}

export function targetOf(ask: QueryAsk): Target {
  const read = readName(ask.name);
  const typed = read.ok ? read.value.name : '.';
  const types = readTypes(ask.type);
  const given = (types.ok ? types.value[0] : undefined) ?? {type: numbers.A};
  const isReverse = isIP(typed) !== 0 && ask.reverse !== 'no';
  const name = isReverse ? reverseName(typed)! : typed;
  const asked = isReverse && given.type === numbers.A ? {type: numbers.PTR} : given;
  const servers = parseServers(ask.server);
  const server = (servers.ok ? servers.value[0] : undefined) ?? {kind: 'lab' as const};
  const transport = (server.kind === 'named' ? server.transport : undefined) ?? ask.transport;
  const isAny = ask.insecure || (server.kind === 'lab' && ask.ca.trim() === '');
  const trust = isAny ? ('any' as const) : ask.ca.trim() === '' ? ('usual' as const) : {file: ask.ca.trim()};
  const path = ask.path.replace(/\{.*\}$/, '');
  const common = {name, asked, type: typeName(asked.type), transport, path, trust};
  if (server.kind === 'system') return {...common, port: defaultPorts[transport], host: ''};
  if (server.kind === 'lab')
    return {
      ...common,
      address: usualResolver.address,
      port: usualResolver.ports[transport],
      host: ask.tlsName || usualResolver.address,
    };
  const {host, port = defaultPorts[transport]} = server;
  return {
    ...common,
    address: host,
    port,
    host: ask.tlsName || server.tlsName || host,
    path: server.path ?? common.path,
  };
}
