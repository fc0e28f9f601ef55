/**
 * The numbers that code treats in a way of its own, by name. Everything that is only read and written is in `tables.ts`,
 * which has them all.
 */
export const types = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  SIG: 24,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  CDS: 59,
  CDNSKEY: 60,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
} as const;

/** Response codes (RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 6891 §9, RFC 7873 §8). */
export const codes = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  NOTAUTH: 9,
  BADVERS: 16,
  BADCOOKIE: 23,
} as const;

export const classes = {IN: 1, CH: 3, ANY: 255} as const;

/** EDNS options (RFC 6891 §9). */
export const options = {
  NSID: 3,
  SUBNET: 8,
  EXPIRE: 9,
  COOKIE: 10,
  KEEPALIVE: 11,
  PADDING: 12,
  EDE: 15,
} as const;

/** Extended errors (RFC 8914 §4), by what is found. */
export const extendedErrors = {
  other: 0,
  unknownAlgorithm: 1,
  unknownDigest: 2,
  indeterminate: 5,
  bogus: 6,
  expired: 7,
  early: 8,
  noKey: 9,
  noSignatures: 10,
  noDenial: 12,
  notAuthoritative: 20,
  notSupported: 21,
  noReachableServer: 22,
  networkError: 23,
  manyIterations: 27,
} as const;
