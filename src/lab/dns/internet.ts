import {queryFor} from '../../wire/dns/query.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import {type Additions, workspaceServer} from '../workspace.ts';
import {type NameServerHost, nameServers, resolverHost} from '../zones/hosts.ts';
import type {ZoneSource} from '../zones/source.ts';
import {labZones} from '../zones/zones.ts';
import {authoritative, type ZoneTable} from './authoritative.ts';
import {delegate} from './delegate.ts';
import type {AskServer} from './iterate.ts';
import {openKeys} from './keys.ts';
import {dsOf, type LoadedZone, loadZones, type ZoneFault} from './load.ts';
import {recursive} from './recursive.ts';
import type {Answerer, Asker, Response} from './respond.ts';
import {keyOf} from './zone.ts';

/** Every name server of the lab, without a socket: who would answer what. */
export interface Internet {
  readonly servers: readonly NameServerHost[];
  answererOf(address: string): Answerer;
  /** The zones as they are now. */
  zones(): readonly LoadedZone[];
  /** What is wrong with what a workspace adds. */
  faults(): readonly ZoneFault[];
  /** The DS of the root's key-signing key. */
  anchors(): readonly ResourceRecord[];
  /** Loads all zones again, with what a workspace adds now. */
  load(additions: Additions): void;
}

export interface InternetOptions {
  /** The time of day, Unix seconds. */
  readonly seconds: () => number;
  readonly keyFolder?: string;
  readonly zones?: readonly ZoneSource[];
}

const nothing: Additions = {zones: [], hosts: [], faults: []};
const roots = nameServers.filter(({name}) => name.endsWith('.root-servers.test.')).map(({address}) => address);

export function createInternet(options: InternetOptions): Internet {
  const {zones: own = labZones, seconds} = options;
  const keysOf = openKeys(options.keyFolder);
  const anchors = () => [dsOf('.', keysOf('.').ksk)];
  let zones: readonly LoadedZone[] = [];
  let tables: ReadonlyMap<string, ZoneTable> = new Map();
  let additions = nothing;
  const servers = [...nameServers, workspaceServer];
  const answerers = new Map<string, Answerer>(servers.map(server => [server.address, answererFor(server)]));
  const ask: AskServer = (address, question) =>
    answerers.get(address)?.(question, dnssecQuery(question), inside) as Response | 'silence' | undefined;
  answerers.set(
    resolverHost.address,
    recursive({
      name: resolverHost.name,
      ask,
      roots,
      zones: () => zones,
      anchors,
      hosts: () => additions.hosts,
      seconds,
    }),
  );
  const internet: Internet = {
    servers,
    answererOf: address => answerers.get(address)!,
    zones: () => zones,
    faults: () => additions.faults,
    anchors,
    load(added) {
      additions = added;
      zones = loadZones(delegate(own, added.zones), {seconds, keysOf});
      tables = tablesOf(zones);
    },
  };
  internet.load(nothing);
  return internet;

  function answererFor({name, address, behaves}: NameServerHost): Answerer {
    return behaves === 'silent' ? () => 'silence' : authoritative(name, () => tables.get(address) ?? noZones);
  }
}

const noZones: ZoneTable = new Map();

function tablesOf(zones: readonly LoadedZone[]): ReadonlyMap<string, ZoneTable> {
  const tables = new Map<string, Map<string, LoadedZone>>();
  for (const zone of zones)
    for (const address of zone.source.servers) {
      const table = tables.get(address) ?? new Map<string, LoadedZone>();
      tables.set(address, table.set(keyOf(zone.source.origin), zone));
    }
  return tables;
}

/** How the resolver asks: always for the proofs too. */
const dnssecQuery = (question: Question) => queryFor(question, {cd: true, dnssecOk: true, udpSize: 65_535});

/** It asks from within this process, where nothing is too long. */
const inside: Asker = {transport: 'tcp', address: resolverHost.address, port: 0};
