/** Somewhere else to ask, as an answer names it. */
export interface Referral {
  /** The word before the colon, as such servers write it. */
  readonly by: string;
  /** What stands behind it. */
  readonly target: string;
  /** 1-based line of the answer. */
  readonly line: number;
  /** Where to ask, when it can be asked: whois on a host, with a port. */
  readonly host?: string;
  readonly port?: number;
  /** Why it cannot be asked, otherwise. */
  readonly fault?: string;
}

/** The port of whois (RFC 3912 §2). */
export const whoisPort = 43;

/** Words that refer to another server, the best first: what they are, and who writes them. */
export const referralWords = {
  referralserver: {rank: 0, says: 'ReferralServer, a URL, as the address registries write it'},
  '%referral': {rank: 1, says: '%referral, a URL, as rwhois servers write it (RFC 2167 §3.3.2)'},
  'registrar whois server': {rank: 2, says: 'Registrar WHOIS Server, as registries of names write it (RFC 7485)'},
  'whois server': {rank: 3, says: 'Whois Server, as registries of names wrote it'},
  refer: {rank: 4, says: 'refer, as IANA writes it for what it has given away'},
  whois: {rank: 5, says: 'whois, as IANA writes it in the record of a top-level domain'},
} as const;

type Word = keyof typeof referralWords;

const pattern =
  /^[ \t]*(?:(ReferralServer|Registrar WHOIS Server|Whois Server|refer|whois)[ \t]*:|(%referral)[ \t])[ \t]*(\S.*?)[ \t\r]*$/i;

/** Every referral of an answer, the best first; of two that are equally good, the first in the text. */
export function findReferrals(answer: string): readonly Referral[] {
  const found: {rank: number; referral: Referral}[] = [];
  for (const [index, line] of answer.split('\n').entries()) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const [, word, percent, target = ''] = match;
    const by = word ?? percent ?? '';
    const {rank} = referralWords[by.toLowerCase() as Word];
    found.push({rank, referral: {by, target, line: index + 1, ...readTarget(target)}});
  }
  return found.sort((a, b) => a.rank - b.rank).map(({referral}) => referral);
}

/** `whois.nic.test`, `host:4343`, `whois://host:port/`, `rwhois://host:4321/auth-area=.`, `https://…`. */
export function readTarget(target: string): Pick<Referral, 'host' | 'port' | 'fault'> {
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/\s]*)/i.exec(target) ?? [];
  const known = scheme?.toLowerCase() ?? 'whois';
  const fault = faults[known];
  if (fault !== undefined) return {fault};
  if (known !== 'whois') return {fault: `${known}:// is no way to ask whois`};
  const place = readPlace(rest);
  return place ?? {fault: `“${target}” names no host`};
}

/** `host`, `host:port`, `[v6]:port`, or a bare IPv6 address. */
export function readPlace(text: string): {readonly host: string; readonly port: number} | undefined {
  const match = /^(?:\[([0-9a-f:.%a-z]+)\]|([^:\s[\]]+)|([0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.%a-z]*))(?::(\d{1,5}))?$/i.exec(
    text,
  );
  if (match === null) return undefined;
  const host = match[1] ?? match[2] ?? match[3] ?? '';
  const port = match[4] === undefined ? whoisPort : Number(match[4]);
  return port < 1 || port > 65_535 || !/[a-z0-9]/i.test(host) ? undefined : {host, port};
}

const faults: Readonly<Record<string, string>> = {
  rwhois: 'It is an rwhois server (RFC 2167), which speaks another protocol',
  http: 'It is a web page, for a browser',
  https: 'It is a web page, for a browser',
};
