import type {Authority} from './authority.ts';
import {firstPorts, type ServiceHost, serviceHosts} from './known.ts';
import {type Open, orFree} from './listening.ts';
import {startMail} from './mail/server.ts';
import type {Places} from './places.ts';
import type {Endpoint, LabHost} from './types.ts';
import {startWeb} from './web/server.ts';
import {startWhois} from './whois/server.ts';

/** Mail, whois and web while they listen. */
export interface Services {
  readonly hosts: readonly LabHost[];
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

interface Running extends Open {
  counts(): Readonly<Record<string, number>>;
}

/** A service of a host: the port that is meant, the port that is asked for first, and how it is started. */
interface Plan {
  readonly host: string;
  readonly address: string;
  readonly service: string;
  readonly port: number;
  readonly first: number;
  readonly says: string;
  start(at: Endpoint): Promise<Running>;
}

/** Starts them all; when one cannot be, those that were are closed again, and the reason is passed on. */
export async function openServices(places: Places, authority: Authority): Promise<Services> {
  const opened = new Map<Plan, Running>();
  const close = async () => {
    await Promise.all([...opened.values()].map(running => running.close()));
  };
  const plans = plansOf(places, authority, address => {
    const running = [...opened].find(([plan]) => plan.address === address)?.[1];
    return running === undefined ? {address, port: 43} : {address: running.address, port: running.port};
  });
  const results = await Promise.allSettled(
    plans.map(async plan => {
      const {address, port} = places.bind(plan.address, plan.first);
      opened.set(plan, await orFree(port, at => plan.start({address, port: at})));
    }),
  );
  const failed = results.find(result => result.status === 'rejected');
  if (failed !== undefined) {
    await close();
    throw failed.reason;
  }
  return {
    hosts: hostsOf(plans, opened),
    counts() {
      const sums: Record<string, number> = {};
      for (const [{service}, running] of opened)
        for (const [name, count] of Object.entries(running.counts()))
          sums[`${service} ${name}`] = (sums[`${service} ${name}`] ?? 0) + count;
      return sums;
    },
    close,
  };
}

function plansOf(places: Places, authority: Authority, at: (address: string) => Endpoint): readonly Plan[] {
  const certificate = (name: ServiceHost) =>
    authority.issue([name, ...new Set([serviceHosts[name], places.bind(serviceHosts[name], 0).address])]);
  const mail = (name: ServiceHost, behaviour: 'accept' | 'defer' | 'refuse', says: string): Plan => ({
    ...planned(name, 'smtp', 25),
    says,
    start: where => startMail({...where, name, behaviour, certificate: certificate(name)}),
  });
  const peers = () => ({root: at(serviceHosts['whois.iana.test']), registry: at(serviceHosts['whois.nic.test'])});
  const whois = (name: ServiceHost, role: 'root' | 'registry', says: string): Plan => ({
    ...planned(name, 'whois', 43),
    says,
    start: where => startWhois({...where, role, peers}),
  });
  const web = 'www.example.test';
  return [
    mail('mail.example.test', 'accept', 'takes mail'),
    mail('busy.example.test', 'defer', 'puts everybody off (451)'),
    mail('refusing.example.test', 'refuse', 'refuses everybody (550)'),
    whois('whois.iana.test', 'root', 'refers to the registry'),
    whois('whois.nic.test', 'registry', 'keeps the records'),
    {...planned(web, 'http', 80), says: 'a page that says what was asked', start: startWeb},
    {
      ...planned(web, 'https', 443),
      says: 'the same over TLS',
      start: where => startWeb({...where, certificate: certificate(web)}),
    },
  ];
}

function planned(name: ServiceHost, service: 'smtp' | 'whois' | 'http' | 'https', port: number) {
  return {host: `${name}.`, address: serviceHosts[name], service, port, first: firstPorts[service]};
}

function hostsOf(plans: readonly Plan[], opened: ReadonlyMap<Plan, Running>): readonly LabHost[] {
  const hosts = new Map<string, LabHost>();
  for (const plan of plans) {
    const {address, port} = opened.get(plan)!;
    const service = {name: plan.service, port: plan.port, at: {address, port}, says: plan.says};
    const known = hosts.get(plan.host);
    const services = [...(known?.services ?? []), service];
    hosts.set(plan.host, {name: plan.host, addresses: [plan.address], services});
  }
  return [...hosts.values()];
}
