/** A zone before it is loaded: the text of its master file (RFC 1035 §5), who serves it, and how it is signed. */
export interface ZoneSource {
  readonly origin: string;
  readonly text: string;
  /** Addresses of the servers that answer for it with authority. */
  readonly servers: readonly string[];
  /** Absent: not signed. */
  readonly signing?: Signing;
  /** Set to `false`, the parent has no DS for it, so nobody can know that it is signed (RFC 4035 §4.3, insecure). */
  readonly delegatedSigned?: boolean;
  /** What the zone was before its last change, for IXFR (RFC 1995). */
  readonly before?: EarlierVersion;
}

export interface Signing {
  readonly denial: 'nsec' | 'nsec3';
  /** NSEC3 only: delegations without DS are left out of the chain (RFC 5155 §6). */
  readonly optOut?: boolean;
  /** The apex has a digest of the whole zone, as the real root has one (RFC 8976). */
  readonly digest?: boolean;
  /** The apex repeats what its parent should have as DS (RFC 7344). */
  readonly announced?: boolean;
  /** What is wrong on purpose. */
  readonly fault?: SigningFault;
}

/**
 * `altered`: bytes of every signature but those over DNSKEY were changed. `expired` and `early`: the signatures were
 * valid last month, or will be next month. `wrong-ds`: the parent's DS is of a key that the zone does not have.
 * `no-signature`: DNSKEY and DS are there, and the RRSIG records of everything else are missing.
 */
export type SigningFault = 'altered' | 'expired' | 'early' | 'wrong-ds' | 'no-signature';

export interface EarlierVersion {
  readonly serial: number;
  /** Master file lines of what the change took away and what it brought. */
  readonly removed: string;
  readonly added: string;
}
