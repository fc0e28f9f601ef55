import {isSubdomain, readName, sameName} from '../../wire/dns/name.ts';
import {codes, extendedErrors, types} from '../../wire/dns/numbers.ts';
import {typeName} from '../../wire/dns/tables.ts';
import type {Question} from '../../wire/dns/types.ts';
import {Chain, type ChainOptions, linkOf, setText, type ZoneStatus} from './validate-chain.ts';
import {readDenial} from './validate-denial.ts';
import {checkSet, type SignedSet, setsOf} from './validate-set.ts';
import type {Response, Validation, Verdict} from './validate-types.ts';

export type {Fetch, Link, Response, Validation} from './validate-types.ts';

/**
 * Checks a response from the trust anchor down (RFC 4035 §5): every set of the answer, and for what is not there the
 * proof that it is not. The worst verdict of all of them counts.
 */
export async function validate(question: Question, response: Response, options: ChainOptions): Promise<Validation> {
  const chain = options.chain ?? new Chain(options);
  if (response.rcode !== codes.NOERROR && response.rcode !== codes.NXDOMAIN)
    return {verdict: 'indeterminate', reason: 'the response is a failure, and there is nothing to check in it'};
  const sets = setsOf(response.answers);
  const found: Validation[] = [];
  for (const set of sets) if (!isSynthesised(set, sets)) found.push(await validateSet(chain, set, response));
  const last = endOf(question, sets);
  if (last !== undefined) found.push(await validateAbsence(chain, last, question.type, response));
  const worst = found.reduce(worse, {verdict: 'secure', reason: 'the answer is empty'});
  // Where all is well, all of it is said.
  return worst.verdict === 'secure' ? {...worst, reason: found.map(({reason}) => reason).join('; ')} : worst;
}

const order: readonly Verdict[] = ['secure', 'insecure', 'indeterminate', 'bogus'];

/** The worse of two; of equals the first that says something. */
function worse(one: Validation, other: Validation): Validation {
  if (one.reason === 'the answer is empty') return other;
  return order.indexOf(other.verdict) > order.indexOf(one.verdict) ? other : one;
}

async function validateSet(chain: Chain, set: SignedSet, response: Response): Promise<Validation> {
  const status = await zoneOf(chain, set);
  if (status.verdict !== 'secure') return verdictOf(status);
  const checked = checkSet(set, status.zone, status.keys, chain.now);
  chain.link({zone: status.zone, what: setText(set), ...linkOf(checked)});
  if (!checked.ok) return bogus(`${setText(set)}: ${checked.says}`, checked.code);
  if (!checked.expanded) return {verdict: 'secure', reason: `${setText(set)} is signed by ${status.zone}`};
  const read = readDenial(response.authorities, status.zone, status.keys, chain.now);
  const what = `wildcard for ${set.name}`;
  if (read.kind !== 'denial') {
    const verdict = read.kind === 'costly' ? 'insecure' : 'bogus';
    chain.link({zone: status.zone, what, verdict, reason: read.says});
    return {verdict, reason: `${what}: ${read.says}`, extendedError: read.code};
  }
  const proof = read.denial.notItself(set.name, checked.signature.labels);
  // Opt-out: an unsigned delegation of that name may be there after all (RFC 5155 §9.2).
  const verdict = !proof.proved ? 'bogus' : proof.optOut === true ? 'insecure' : 'secure';
  chain.link({zone: status.zone, what, verdict, reason: proof.says});
  if (!proof.proved) return bogus(`${what}: ${proof.says}`, extendedErrors.noDenial);
  return {verdict, reason: `${setText(set)} is a signed wildcard’s, and ${proof.says}`};
}

/** The parent has the DS of a cut; everything else of a name is in the zone that is furthest down. */
function zoneOf(chain: Chain, {name, type, signatures}: SignedSet): Promise<ZoneStatus> {
  const signer = signatures[0]?.signer;
  // The signer says how far down to go; one that lies is found out, for its keys must be the zone's.
  if (signer !== undefined && isSubdomain(name, signer) && type !== types.DS) return chain.statusOf(signer);
  return chain.statusOf(name, type !== types.DS);
}

async function validateAbsence(chain: Chain, name: string, type: number, response: Response): Promise<Validation> {
  const noSuchName = response.rcode === codes.NXDOMAIN;
  // Only a zone that the name can be in has a say: any other could be one without signatures.
  const soa = setsOf(response.authorities).find(set => set.type === types.SOA && isSubdomain(name, set.name));
  const status = await chain.statusOf(soa?.name ?? name, type !== types.DS || soa !== undefined);
  if (status.verdict !== 'secure') return verdictOf(status);
  const apex = soa === undefined ? undefined : checkSet(soa, status.zone, status.keys, chain.now);
  if (apex?.ok === false) {
    chain.link({zone: status.zone, what: setText(soa!), ...linkOf(apex)});
    return bogus(`${setText(soa!)}: ${apex.says}`, apex.code);
  }
  const what = noSuchName ? `no such name ${name}` : `no ${typeName(type)} of ${name}`;
  const read = readDenial(response.authorities, status.zone, status.keys, chain.now);
  if (read.kind !== 'denial') {
    // Without a proof it may still be a name below a cut that has no signatures.
    const below = await chain.statusOf(name, type !== types.DS);
    if (below.verdict === 'insecure') return verdictOf(below);
    const verdict = read.kind === 'costly' ? 'insecure' : 'bogus';
    chain.link({zone: status.zone, what, verdict, reason: read.says});
    return {verdict, reason: `${what}: ${read.says}`, extendedError: read.code};
  }
  const proof = noSuchName ? read.denial.noName(name) : read.denial.noType(name, type);
  const verdict = !proof.proved ? 'bogus' : proof.optOut === true && !noSuchName ? 'insecure' : 'secure';
  chain.link({zone: status.zone, what, verdict, reason: proof.says});
  if (!proof.proved) return bogus(`${what}: ${proof.says}`, extendedErrors.noDenial);
  return {verdict, reason: `${what}, proved: ${proof.says}`};
}

/** The name at which the answer ends without records of the type asked for; nothing when it has them. */
function endOf({name, type}: Question, sets: readonly SignedSet[]): string | undefined {
  const has = (owner: string, wanted: number) => sets.find(set => set.type === wanted && sameName(set.name, owner));
  let here = name;
  for (let steps = 0; steps <= sets.length; steps++) {
    if (has(here, type) !== undefined || (type === types.ANY && sets.some(set => sameName(set.name, here))))
      return undefined;
    const alias = type === types.CNAME ? undefined : has(here, types.CNAME);
    const target = alias === undefined ? undefined : readName(alias.records[0]!.data, 0);
    if (target?.kind !== 'name') return here;
    here = target.text;
  }
  // Round in a circle: whoever asked sees that there is no end.
  return undefined;
}

/** A CNAME that a DNAME above it stands for has no signature of its own (RFC 6672 §5.3.1). */
function isSynthesised(set: SignedSet, sets: readonly SignedSet[]): boolean {
  if (set.type !== types.CNAME || set.signatures.length > 0) return false;
  const above = sets.find(
    one => one.type === types.DNAME && isSubdomain(set.name, one.name) && !sameName(set.name, one.name),
  );
  const [to, target] = [above?.records[0], set.records[0]].map(record =>
    record === undefined ? undefined : readName(record.data, 0),
  );
  if (above === undefined || to?.kind !== 'name' || target?.kind !== 'name') return false;
  const front = set.name.slice(0, set.name.length - (above.name === '.' ? 1 : above.name.length));
  return sameName(target.text, to.text === '.' ? front : `${front}${to.text}`);
}

function verdictOf({verdict, reason, code}: ZoneStatus): Validation {
  return {verdict, reason, ...(code !== undefined && {extendedError: code})};
}

function bogus(reason: string, code: number): Validation {
  return {verdict: 'bogus', reason, extendedError: code};
}
