import {algorithmName, algorithmNumber} from '../tables.ts';
import {named, numberKind} from './numbers.ts';

/** RFC 4398 §2.1. */
const certificateTypes: Readonly<Record<number, string>> = {
  1: 'PKIX',
  2: 'SPKI',
  3: 'PGP',
  4: 'IPKIX',
  5: 'ISPKI',
  6: 'IPGP',
  7: 'ACPKIX',
  8: 'IACPKIX',
  253: 'URI',
  254: 'OID',
};

/** A type of certificate by its name. */
export const certificateType = numberKind(2, {
  text: typeText,
  write: (token, what) => named(token, what, 0xffff, text => numberOf(certificateTypes, text)),
});

/** CERT writes algorithms by their mnemonic, unlike DNSKEY. */
export const certificateAlgorithm = numberKind(1, {
  text: algorithmText,
  write: (token, what) => named(token, what, 0xff, algorithmNumber),
});

/** RFC 9859 §2.1. */
export const scheme = numberKind(1, {
  text: number => (number === 1 ? 'NOTIFY' : String(number)),
  write: (token, what) => named(token, what, 0xff, text => (text.toUpperCase() === 'NOTIFY' ? 1 : undefined)),
});

function typeText(type: number): string {
  return certificateTypes[type] ?? String(type);
}

function algorithmText(number: number): string {
  const name = algorithmName(number);
  // 0 has a name in CDS records only.
  return number === 0 || /^ALGORITHM\d/.test(name) ? String(number) : name;
}

function numberOf(table: Readonly<Record<number, string>>, text: string): number | undefined {
  const found = Object.entries(table).find(([, name]) => name === text.toUpperCase());
  return found === undefined ? undefined : Number(found[0]);
}
