import {concat} from '../../wire/bytes.ts';
import {countedLabels, signedData} from '../../wire/dns/dnssec/signature.ts';
import {nameBytes} from '../../wire/dns/name.ts';
import {types} from '../../wire/dns/numbers.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {makeSignature} from '../../world/dns/crypto.ts';
import type {SigningFault} from '../zones/source.ts';
import {algorithm, type ZoneKeys} from './keys.ts';
import {keyOf, type RecordSet} from './zone.ts';

const day = 86_400;

/** From and to when a signature is valid, in seconds from now. */
const windows = {
  valid: [-day / 24, 14 * day],
  expired: [-45 * day, -15 * day],
  early: [15 * day, 45 * day],
} as const;

/** A signature is made again when half of its time has gone. */
const renewed = 7 * day;

/**
 * Makes the RRSIG records of a zone when they are asked for, and keeps them. `seconds`: the time of day, Unix.
 */
export function createSigner(
  origin: string,
  keys: ZoneKeys,
  seconds: () => number,
  fault?: SigningFault,
): (set: RecordSet) => RecordSet | undefined {
  const made = new WeakMap<RecordSet, {at: number; signatures: RecordSet}>();
  return set => {
    const now = Math.floor(seconds());
    const kept = made.get(set);
    if (kept !== undefined && now - kept.at < renewed) return kept.signatures;
    const {type} = set[0]!;
    if (fault === 'no-signature' && type !== types.DNSKEY) return undefined;
    const signatures = [signatureOver(set, origin, keys, now, fault)];
    made.set(set, {at: now, signatures});
    return signatures;
  };
}

function signatureOver(
  set: RecordSet,
  origin: string,
  keys: ZoneKeys,
  now: number,
  fault: SigningFault | undefined,
): ResourceRecord {
  const [first] = set as readonly [ResourceRecord];
  const ofKeys = first.type === types.DNSKEY || first.type === types.CDS || first.type === types.CDNSKEY;
  const key = ofKeys ? keys.ksk : keys.zsk;
  const [from, to] = windows[fault === 'expired' || fault === 'early' ? fault : 'valid'];
  const signature = {
    covered: first.type,
    algorithm,
    labels: countedLabels(first.name),
    originalTtl: first.ttl,
    expiration: (now + to) >>> 0,
    inception: (now + from) >>> 0,
    keyTag: key.tag,
    signer: keyOf(origin),
  };
  const signed = signedData(signature, set);
  const bytes = Uint8Array.from(makeSignature(algorithm, key.privateKey, signed));
  // One bit in the middle: it is still a signature to look at, and no longer one of this.
  if (fault === 'altered' && !ofKeys) bytes[40]! ^= 1;
  // What is signed begins with the fields of the record, which end with the signer's name.
  const fields = signed.subarray(0, 18 + nameBytes(signature.signer).length);
  return {...first, type: types.RRSIG, data: concat([fields, bytes])};
}
