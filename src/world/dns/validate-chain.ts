import type {ZoneKey} from '../../wire/dns/dnssec/key.ts';
import {isSubdomain, labelsOf, sameName} from '../../wire/dns/name.ts';
import {codes, extendedErrors, types} from '../../wire/dns/numbers.ts';
import {typeName} from '../../wire/dns/tables.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {readDenial} from './validate-denial.ts';
import {checkSet, type SetCheck, setsOf, vouchedKeys, zoneKeysOf} from './validate-set.ts';
import type {Fetch, Link, Response, Verdict} from './validate-types.ts';

/** A zone on the way to a name, and what is known of it. Only of a secure one are there keys. */
export interface ZoneStatus {
  readonly zone: string;
  readonly verdict: Verdict;
  readonly keys: readonly ZoneKey[];
  readonly reason: string;
  readonly code?: number;
}

export interface ChainOptions {
  /** DS records of the root, or of another zone from which on everything is checked. */
  readonly anchors: readonly ResourceRecord[];
  readonly fetch: Fetch;
  /** Unix seconds. */
  readonly now: number;
  /** Told once for each step, in order. */
  readonly link?: (link: Link) => void;
  /** What an earlier question has found out, for whoever asks many. */
  readonly chain?: Chain;
}

/** Goes down from a trust anchor, zone by zone, and remembers what it has found. */
export class Chain {
  readonly #options: ChainOptions;
  readonly #apexes = new Map<string, Promise<ZoneStatus>>();
  readonly #steps = new Map<string, Promise<ZoneStatus>>();

  constructor(options: ChainOptions) {
    this.#options = options;
  }

  get now(): number {
    return this.#options.now;
  }

  link(link: Link): void {
    this.#options.link?.(link);
  }

  /** The zone that the name is in, as far down as delegations go; a cut at the name itself is taken unless it is left out. */
  async statusOf(name: string, andCutAt = true): Promise<ZoneStatus> {
    const anchor = this.#options.anchors[0]?.name ?? '.';
    if (!isSubdomain(name, anchor)) return lost(name, `${name} is not below the trust anchor ${anchor}`);
    let status = await this.#apex(anchor);
    const labels = labelsOf(name);
    for (let depth = labelsOf(anchor).length + 1; depth <= labels.length; depth++) {
      const here = `${labels.slice(labels.length - depth).join('.')}.`;
      if (status.verdict !== 'secure' || (!andCutAt && sameName(here, name))) return status;
      status = await this.#step(here, status);
      if (status.keys === none) return status;
    }
    return status;
  }

  #apex(zone: string): Promise<ZoneStatus> {
    const known = this.#apexes.get(zone) ?? this.#keysOf(zone, this.#options.anchors, 'the trust anchor');
    this.#apexes.set(zone, known);
    return known;
  }

  #step(name: string, parent: ZoneStatus): Promise<ZoneStatus> {
    const known = this.#steps.get(name.toLowerCase()) ?? this.#descend(name, parent);
    this.#steps.set(name.toLowerCase(), known);
    return known;
  }

  /** One label further down: into a zone of its own where there is a DS, out of DNSSEC where its absence is proved. */
  async #descend(name: string, parent: ZoneStatus): Promise<ZoneStatus> {
    const said = await this.#options.fetch(name, types.DS);
    const what = `DS of ${name}`;
    if (said === undefined)
      return this.#end(
        name,
        parent.zone,
        what,
        'indeterminate',
        'nobody answers for it',
        extendedErrors.noReachableServer,
      );
    const set = setsOf(said.answers).find(one => one.type === types.DS && sameName(one.name, name));
    if (set === undefined) return this.#withoutDs(name, parent, said);
    const checked = checkSet(set, parent.zone, parent.keys, this.now);
    this.link({zone: parent.zone, what, ...linkOf(checked)});
    if (!checked.ok) return broken(name, `the DS of ${name}: ${checked.says}`, checked.code);
    return this.#keysOf(name, set.records, `the DS in ${parent.zone}`);
  }

  async #withoutDs(name: string, parent: ZoneStatus, said: Response): Promise<ZoneStatus> {
    const what = `DS of ${name}`;
    if (said.rcode !== codes.NOERROR && said.rcode !== codes.NXDOMAIN)
      return this.#end(name, parent.zone, what, 'bogus', 'its servers fail to answer', extendedErrors.bogus);
    // An alias is in this zone: there is no cut at it.
    if (setsOf(said.answers).some(set => set.type === types.CNAME && sameName(set.name, name))) return parent;
    const read = readDenial(said.authorities, parent.zone, parent.keys, this.now);
    if (read.kind === 'costly') return this.#end(name, parent.zone, what, 'insecure', read.says, read.code);
    if (read.kind === 'wrong') return this.#end(name, parent.zone, what, 'bogus', read.says, read.code);
    if (said.rcode === codes.NXDOMAIN) {
      const proof = read.denial.noName(name);
      return proof.proved ? parent : this.#end(name, parent.zone, what, 'bogus', proof.says, extendedErrors.noDenial);
    }
    const proof = read.denial.noType(name, types.DS);
    if (!proof.proved) return this.#end(name, parent.zone, what, 'bogus', proof.says, extendedErrors.noDenial);
    if (proof.delegated !== true && proof.optOut !== true) return parent;
    return this.#end(name, parent.zone, what, 'insecure', `there is none: ${proof.says}`);
  }

  async #keysOf(zone: string, delegations: readonly ResourceRecord[], by: string): Promise<ZoneStatus> {
    const said = await this.#options.fetch(zone, types.DNSKEY);
    if (said === undefined)
      return this.#end(
        zone,
        zone,
        'DNSKEY',
        'indeterminate',
        'nobody answers for it',
        extendedErrors.noReachableServer,
      );
    const set = setsOf(said.answers).find(one => one.type === types.DNSKEY && sameName(one.name, zone));
    const keys = zoneKeysOf(set?.records ?? []);
    const vouched = vouchedKeys(zone, delegations, keys);
    if (vouched.kind === 'unsupported') return this.#end(zone, zone, 'DNSKEY', 'insecure', vouched.says, vouched.code);
    if (set === undefined)
      return this.#end(
        zone,
        zone,
        'DNSKEY',
        'bogus',
        'it has no keys, and its parent says it has',
        extendedErrors.noKey,
      );
    if (vouched.kind === 'none') return this.#end(zone, zone, 'DNSKEY', 'bogus', vouched.says, vouched.code);
    const checked = checkSet(set, zone, vouched.keys, this.now);
    const linked = linkOf(checked);
    const reason = checked.ok ? `key ${checked.key.tag} is the one of ${by}, and signs all keys` : linked.reason;
    this.link({zone, what: 'DNSKEY', ...linked, reason});
    if (!checked.ok) return broken(zone, `the keys of ${zone}: ${checked.says}`, checked.code);
    const usable = keys.filter(key => key.isZoneKey && !key.isRevoked);
    return {zone, verdict: 'secure', keys: usable, reason: `${zone} is signed, and every key up to the anchor fits`};
  }

  #end(zone: string, at: string, what: string, verdict: Verdict, says: string, code?: number): ZoneStatus {
    this.link({zone: at, what, verdict, reason: says});
    const reason =
      verdict === 'insecure'
        ? `${zone} is not signed: ${says}`
        : `${what.startsWith('DS') ? what : `${what} of ${zone}`}: ${says}`;
    return {zone, verdict, keys: none, reason, ...(code !== undefined && {code})};
  }
}

/** Of a zone below which nothing more can be found out. */
const none: readonly ZoneKey[] = [];

function broken(zone: string, reason: string, code: number): ZoneStatus {
  return {zone, verdict: 'bogus', keys: none, reason, code};
}

function lost(zone: string, reason: string): ZoneStatus {
  return {zone, verdict: 'indeterminate', keys: none, reason, code: extendedErrors.indeterminate};
}

/** What a check says of itself. */
export function linkOf(checked: SetCheck): Omit<Link, 'zone' | 'what'> {
  const {signature} = checked;
  return {
    verdict: checked.ok ? 'secure' : 'bogus',
    reason: checked.ok ? `signed by key ${checked.key.tag}` : checked.says,
    ...(signature !== undefined && {
      keyTag: signature.keyTag,
      algorithm: signature.algorithm,
      inception: signature.inception,
      expiration: signature.expiration,
    }),
  };
}

export function setText({name, type}: {readonly name: string; readonly type: number}): string {
  return `${name} ${typeName(type)}`;
}
