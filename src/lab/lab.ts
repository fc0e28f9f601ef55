import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {World} from '../world/world.ts';
import {openAuthority} from './authority.ts';
import {type DnsDoors, openDns} from './dns/doors.ts';
import {createInternet} from './dns/internet.ts';
import type {Asked} from './dns/log.ts';
import {findPlaces, type Places} from './places.ts';
import {openServices} from './services.ts';
import type {Lab} from './types.ts';
import {openWorkspace} from './workspace.ts';

export interface LabOptions {
  /** The port of every name server. Default: 5300, or the next free one of 5310, 5320, … */
  readonly port?: number;
  /** Where the keys of zones and of the certificate authority are kept. Default: they are new at each start. */
  readonly folder?: string;
  /** A workspace, whose zones and hosts are added, and whose authority signs. Default: what WIREBOOK_WORKSPACE says. */
  readonly workspace?: string;
  /** How addresses are had. Default: what this machine allows. */
  readonly places?: Places['kind'];
  /** Told of every question, after its answer has left. */
  readonly log?: (asked: Asked) => void;
}

/** Starts the lab's servers on loopback, in this process. Rejects with a ProblemError where nothing can be listened on. */
export async function startLab(_world: World, options: LabOptions = {}): Promise<Lab> {
  const {folder, workspace = process.env['WIREBOOK_WORKSPACE']} = options;
  const authority = openAuthority(folder ?? ownAuthority(workspace));
  const internet = createInternet({
    seconds: () => Date.now() / 1000,
    ...(folder !== undefined && {keyFolder: folder}),
  });
  const added = workspace === undefined || workspace === '' ? undefined : openWorkspace(workspace);
  if (added !== undefined) internet.load(added.read());
  const places = await findPlaces(options.places);
  const dns: DnsDoors = await openDns(internet, places, authority, options);
  const services = await openServices(places, authority).catch(async (cause: unknown) => {
    await dns.close();
    throw cause;
  });
  const watching = added?.watch(() => internet.load(added.read()));
  const hosts = [...dns.hosts, ...services.hosts];
  return {
    dns: dns.described,
    hosts,
    reach(address, port) {
      const found = hosts.find(host => host.addresses.includes(address))?.services.find(one => one.port === port);
      return found?.at ?? {address, port};
    },
    faults: () => internet.faults(),
    counts: () => ({...dns.counts(), ...services.counts()}),
    async close() {
      watching?.close();
      await Promise.all([dns.close(), services.close()]);
    },
  };
}

/** The folder of a workspace's own authority, where it has one. */
function ownAuthority(workspace: string | undefined): string | undefined {
  if (workspace === undefined || workspace === '') return undefined;
  const folder = join(workspace, 'ca');
  return existsSync(join(folder, 'authority.pem')) ? folder : undefined;
}
