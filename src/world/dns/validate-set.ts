import {compareBytes} from '../../wire/bytes.ts';
import {digestInput, readDelegation, readKey, type ZoneKey} from '../../wire/dns/dnssec/key.ts';
import {countedLabels, isExpanded, readSignature, type Signature, signedData} from '../../wire/dns/dnssec/signature.ts';
import {isSubdomain, sameName} from '../../wire/dns/name.ts';
import {extendedErrors, types} from '../../wire/dns/numbers.ts';
import {algorithmName, digestName} from '../../wire/dns/tables.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {checkSignature, digest, supportsAlgorithm} from './crypto.ts';

/** Records of one name and type, with the signatures that came over them. */
export interface SignedSet {
  readonly name: string;
  readonly type: number;
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly Signature[];
}

/** The sets of a section, in the order in which they come. */
export function setsOf(records: readonly ResourceRecord[]): readonly SignedSet[] {
  const sets = new Map<string, {records: ResourceRecord[]; signatures: Signature[]}>();
  const at = (name: string, type: number) => {
    const key = `${name.toLowerCase()} ${type}`;
    const set = sets.get(key) ?? {records: [], signatures: []};
    sets.set(key, set);
    return set;
  };
  for (const record of records) {
    if (record.type !== types.RRSIG) at(record.name, record.type).records.push(record);
    else {
      const signature = readSignature(record.data);
      if (signature !== undefined) at(record.name, signature.covered).signatures.push(signature);
    }
  }
  return [...sets.values()]
    .filter(({records: found}) => found.length > 0)
    .map(set => ({...set, name: set.records[0]!.name, type: set.records[0]!.type}));
}

/** A signature that holds, or why none does. `code`: the extended error (RFC 8914). */
export type SetCheck =
  | {readonly ok: true; readonly signature: Signature; readonly key: ZoneKey; readonly expanded: boolean}
  | {readonly ok: false; readonly says: string; readonly code: number; readonly signature?: Signature};

/** Checks a set with the keys of its zone (RFC 4035 §5.3). One good signature is enough. `now`: Unix seconds. */
export function checkSet(set: SignedSet, zone: string, keys: readonly ZoneKey[], now: number): SetCheck {
  let failed: SetCheck = {
    ok: false,
    says: set.signatures.length === 0 ? 'no signature came with it' : `none of its signatures is by ${zone}`,
    code: set.signatures.length === 0 ? extendedErrors.noSignatures : extendedErrors.bogus,
  };
  for (const signature of set.signatures) {
    const checked = checkOne(set, signature, zone, keys, now);
    if (checked === undefined) continue;
    if (checked.ok) return checked;
    // Why a key that is there does not fit says more than that another one is not there.
    if (checked.code !== extendedErrors.noKey || failed.signature === undefined) failed = checked;
  }
  return failed;
}

function checkOne(
  set: SignedSet,
  signature: Signature,
  zone: string,
  keys: readonly ZoneKey[],
  now: number,
): SetCheck | undefined {
  if (!sameName(signature.signer, zone) || !isSubdomain(set.name, zone)) return undefined;
  const fails = (says: string, code: number): SetCheck => ({ok: false, says, code, signature});
  if (signature.labels > countedLabels(set.name))
    return fails('its signature counts more labels than the name has', extendedErrors.bogus);
  const fitting = keys.filter(({tag, algorithm}) => tag === signature.keyTag && algorithm === signature.algorithm);
  if (fitting.length === 0)
    return fails(`${zone} has no key ${signature.keyTag} that it is said to be signed with`, extendedErrors.noKey);
  if (!supportsAlgorithm(signature.algorithm))
    return fails(`${algorithmName(signature.algorithm)} cannot be checked here`, extendedErrors.unknownAlgorithm);
  const data = signedData(signature, set.records);
  const key = fitting.find(one => checkSignature(one.algorithm, one.publicKey, data, signature.bytes) === 'valid');
  // The times are looked at first by most, but a wrong signature that has expired is wrong all the same.
  if (isBefore(signature.expiration, now))
    return fails(`its signature expired on ${dateText(signature.expiration)}`, extendedErrors.expired);
  if (isBefore(now, signature.inception))
    return fails(`its signature is valid only from ${dateText(signature.inception)}`, extendedErrors.early);
  if (key === undefined) return fails(`its signature by key ${signature.keyTag} does not fit`, extendedErrors.bogus);
  return {ok: true, signature, key, expanded: isExpanded(set.name, signature)};
}

/** Times are serial numbers (RFC 4034 §3.1.5): the comparison goes round at 2^32. */
function isBefore(one: number, other: number): boolean {
  return ((one - other) | 0) < 0;
}

/** `2026-12-01 03:05:35 UTC`, of Unix seconds. */
export function dateText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
}

/** Which keys a zone's parent, or a trust anchor, vouches for. */
export type Vouched =
  | {readonly kind: 'keys'; readonly keys: readonly ZoneKey[]}
  | {readonly kind: 'unsupported'; readonly says: string; readonly code: number}
  | {readonly kind: 'none'; readonly says: string; readonly code: number};

/** The keys that a DS record names, by tag, algorithm and digest (RFC 4035 §5.2). */
export function vouchedKeys(owner: string, delegations: readonly ResourceRecord[], keys: readonly ZoneKey[]): Vouched {
  const known = delegations.map(({data}) => readDelegation(data)).filter(one => one !== undefined);
  const usable = known.filter(
    one => supportsAlgorithm(one.algorithm) && digest(one.digestType, new Uint8Array()) !== undefined,
  );
  if (usable.length === 0) {
    const [first] = known;
    return {
      kind: 'unsupported',
      says: `its DS has only what cannot be checked here: ${first === undefined ? 'malformed data' : `${algorithmName(first.algorithm)} with ${digestName(first.digestType)}`}`,
      code:
        first !== undefined && supportsAlgorithm(first.algorithm)
          ? extendedErrors.unknownDigest
          : extendedErrors.unknownAlgorithm,
    };
  }
  const fitting = keys.filter(
    key =>
      key.isZoneKey &&
      !key.isRevoked &&
      usable.some(
        one =>
          one.keyTag === key.tag &&
          one.algorithm === key.algorithm &&
          compareBytes(one.digest, digest(one.digestType, digestInput(owner, key.data))!) === 0,
      ),
  );
  if (fitting.length > 0) return {kind: 'keys', keys: fitting};
  const tags = usable.map(({keyTag}) => keyTag).join(', ');
  return {kind: 'none', says: `none of its keys fits the DS of its parent (${tags})`, code: extendedErrors.noKey};
}

export function zoneKeysOf(records: readonly ResourceRecord[]): readonly ZoneKey[] {
  return records.map(({data}) => readKey(data)).filter(key => key !== undefined);
}
