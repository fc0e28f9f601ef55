/** From IANA's “Domain Name System (DNS) Parameters”: those that a reader is likely to meet. */
const types: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  10: 'NULL',
  12: 'PTR',
  13: 'HINFO',
  15: 'MX',
  16: 'TXT',
  17: 'RP',
  28: 'AAAA',
  29: 'LOC',
  33: 'SRV',
  35: 'NAPTR',
  39: 'DNAME',
  41: 'OPT',
  43: 'DS',
  44: 'SSHFP',
  46: 'RRSIG',
  47: 'NSEC',
  48: 'DNSKEY',
  50: 'NSEC3',
  51: 'NSEC3PARAM',
  52: 'TLSA',
  64: 'SVCB',
  65: 'HTTPS',
  250: 'TSIG',
  251: 'IXFR',
  252: 'AXFR',
  255: 'ANY',
  256: 'URI',
  257: 'CAA',
};

const classes: Readonly<Record<number, string>> = {1: 'IN', 3: 'CH', 4: 'HS', 254: 'NONE', 255: 'ANY'};

const opcodes = ['QUERY', 'IQUERY', 'STATUS', 'OPCODE3', 'NOTIFY', 'UPDATE', 'DSO'] as const;

const responseCodes: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  6: 'YXDOMAIN',
  7: 'YXRRSET',
  8: 'NXRRSET',
  9: 'NOTAUTH',
  10: 'NOTZONE',
  11: 'DSOTYPENI',
  16: 'BADVERS',
  23: 'BADCOOKIE',
};

/** Unknown ones are written as RFC 3597 §5 says: TYPE65280, CLASS4096. */
export function typeName(type: number): string {
  return types[type] ?? `TYPE${type}`;
}

export function className(code: number): string {
  return classes[code] ?? `CLASS${code}`;
}

export function opcodeName(code: number): string {
  return opcodes[code] ?? `OPCODE${code}`;
}

/** The four bits of the header, with the eight of EDNS above them (RFC 6891 §6.1.3). */
export function responseCodeName(code: number): string {
  return responseCodes[code] ?? `RCODE${code}`;
}
