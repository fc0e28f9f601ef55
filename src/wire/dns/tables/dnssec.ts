import {table} from './entry.ts';

/** IANA, “DNS Security Algorithm Numbers”. */
export const algorithms = table([
  [0, 'DELETE', 'RFC 8078 §4', 'In CDS and CDNSKEY: take all DS records away.'],
  [1, 'RSAMD5', 'RFC 3110', 'RSA with MD5, which must not be used.'],
  [2, 'DH', 'RFC 2539', 'Diffie-Hellman, which signs nothing.'],
  [3, 'DSA', 'RFC 2536', 'DSA with SHA-1, which must not be used.'],
  [5, 'RSASHA1', 'RFC 3110', 'RSA with SHA-1, on its way out.'],
  [6, 'DSA-NSEC3-SHA1', 'RFC 5155 §2', 'DSA with SHA-1 for zones with NSEC3, which must not be used.'],
  [7, 'RSASHA1-NSEC3-SHA1', 'RFC 5155 §2', 'RSA with SHA-1 for zones with NSEC3, on its way out.'],
  [8, 'RSASHA256', 'RFC 5702', 'RSA with SHA-256.'],
  [10, 'RSASHA512', 'RFC 5702', 'RSA with SHA-512.'],
  [12, 'ECC-GOST', 'RFC 5933', 'GOST R 34.10-2001, which must not be used.'],
  [13, 'ECDSAP256SHA256', 'RFC 6605', 'ECDSA on the curve P-256 with SHA-256.'],
  [14, 'ECDSAP384SHA384', 'RFC 6605', 'ECDSA on the curve P-384 with SHA-384.'],
  [15, 'ED25519', 'RFC 8080', 'EdDSA on the curve Ed25519.'],
  [16, 'ED448', 'RFC 8080', 'EdDSA on the curve Ed448.'],
  [17, 'SM2SM3', 'RFC 9563', 'SM2 with SM3.'],
  [23, 'ECC-GOST12', 'RFC 9558', 'GOST R 34.10-2012.'],
  [252, 'INDIRECT', 'RFC 4034 §A.1', 'Reserved for keys kept elsewhere.'],
  [253, 'PRIVATEDNS', 'RFC 4034 §A.1.1', 'A private algorithm, named by a domain name.'],
  [254, 'PRIVATEOID', 'RFC 4034 §A.1.1', 'A private algorithm, named by an object identifier.'],
]);

/** IANA, “Delegation Signer (DS) Resource Record (RR) Type Digest Algorithms”. */
export const digests = table([
  [1, 'SHA-1', 'RFC 3658', 'SHA-1, 20 bytes, on its way out.'],
  [2, 'SHA-256', 'RFC 4509', 'SHA-256, 32 bytes.'],
  [3, 'GOST R 34.11-94', 'RFC 5933', 'GOST R 34.11-94, 32 bytes, which must not be used.'],
  [4, 'SHA-384', 'RFC 6605', 'SHA-384, 48 bytes.'],
  [5, 'GOST R 34.11-2012', 'RFC 9558', 'GOST R 34.11-2012, 32 bytes.'],
  [6, 'SM3', 'RFC 9563', 'SM3, 32 bytes.'],
]);
