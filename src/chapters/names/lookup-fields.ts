import {type LookupFlag, lookupFlags, protocols} from '../../world/libc/constants.ts';
import {type AskOf, choiceField, flagField, secondsField, textField} from '../fields.ts';

export const families = {
  unspec: 'AF_UNSPEC',
  inet: 'AF_INET',
  inet6: 'AF_INET6',
  unix: 'AF_UNIX',
  packet: 17,
} as const;

export const socketTypes = {
  any: 0,
  stream: 'SOCK_STREAM',
  dgram: 'SOCK_DGRAM',
  raw: 'SOCK_RAW',
  seqpacket: 'SOCK_SEQPACKET',
  rdm: 'SOCK_RDM',
  dccp: 'SOCK_DCCP',
} as const;

/** `tcp`, `sctp`, … with their numbers. */
export const protocolNumbers: ReadonlyMap<string, number> = new Map([
  ['any', 0],
  ...Object.entries(protocols)
    .filter(([, number]) => number !== 0)
    .map(([name, number]) => [name.slice('IPPROTO_'.length).toLowerCase(), number] as const),
]);

/** `passive`, `canonname`, … with the names of <netdb.h>. */
export const flagNames: ReadonlyMap<string, LookupFlag> = new Map(
  (Object.keys(lookupFlags) as LookupFlag[]).map(name => [name.slice('AI_'.length).toLowerCase(), name]),
);

export const lookupFields = {
  host: textField({
    label: 'Host',
    default: 'localhost',
    hint: 'a name or an address; empty or *: NULL; "": the empty text',
    check: typed => nulComplaint(typed, 'host'),
  }),
  service: textField({
    label: 'Service',
    default: 'www',
    hint: 'a name of /etc/services or a port; empty: NULL; "": the empty text',
    check: typed =>
      nulComplaint(typed, 'service') ??
      (/,\s/.test(typed) ? 'There is one host and one service at a time: leave the rest out' : undefined),
  }),
  family: choiceField({
    label: 'Family',
    options: ['unspec', 'inet', 'inet6', 'unix', 'packet'],
    default: 'unspec',
    hint: 'unspec: IPv4 and IPv6; unix and packet: getaddrinfo() refuses them',
  }),
  type: choiceField({
    label: 'Type',
    options: ['any', 'stream', 'dgram', 'raw', 'seqpacket', 'rdm', 'dccp'],
    default: 'any',
    hint: 'any: a row for each type of socket',
  }),
  protocol: textField({
    label: 'Protocol',
    default: 'any',
    hint: `${[...protocolNumbers.keys()].join(', ')}, or a number`,
    check: typed =>
      readProtocol(typed) === undefined
        ? `“${typed}” is no protocol: type one of ${[...protocolNumbers.keys()].join(', ')}, or a number`
        : undefined,
  }),
  flags: textField({
    label: 'Flags',
    default: '',
    hint: [...flagNames.keys()].join(', '),
    repeated: ',',
    check: typed => {
      const wrong = words(typed).find(word => !flagNames.has(bare(word)));
      return wrong === undefined ? undefined : `There is no flag “${wrong}”: ${[...flagNames.keys()].join(', ')}`;
    },
  }),
  sources: choiceField({
    label: 'Sources',
    options: ['answer', 'all', 'none'],
    default: 'answer',
    hint: 'asks hosts file and DNS each alone, up to the one that answers; all: also the rest',
  }),
  connect: textField({
    label: 'Connect',
    default: 'none',
    hint: 'none; first: rows in order until one connects; all: each; 2: that row',
    check: typed =>
      /^(none|first|all|[1-9]\d{0,3})$/.test(typed.trim())
        ? undefined
        : `“${typed}” is none of: none, first, all, or the number of a row`,
  }),
  connectTimeout: secondsField({
    label: 'Connect timeout',
    default: 10,
    from: 0.01,
    to: 3600,
    hint: 'seconds for each row',
  }),
  lab: flagField({
    label: 'Lab',
    default: false,
    hint: 'asks for the address and port of the lab’s web server instead of host and service',
  }),
};

export type LookupAsk = AskOf<typeof lookupFields>;

export function readProtocol(typed: string): number | undefined {
  const word = typed
    .trim()
    .toLowerCase()
    .replace(/^ipproto_/, '');
  const known = protocolNumbers.get(word === '' ? 'any' : word);
  if (known !== undefined) return known;
  const number = Number(word);
  return /^-?\d+$/.test(word) && Math.abs(number) < 2 ** 31 ? number : undefined;
}

export function readFlags(typed: string): LookupFlag[] {
  const asked = new Set(words(typed).map(word => flagNames.get(bare(word))));
  return (Object.keys(lookupFlags) as LookupFlag[]).filter(name => asked.has(name));
}

/** What is handed to libc as node or service: nothing typed is NULL, two quotes are the empty text. */
export function textOrNull(typed: string): string | null {
  if (typed === '') return null;
  return typed === '""' ? '' : typed;
}

const words = (typed: string) => typed.split(/[\s,|]+/).filter(Boolean);
const bare = (word: string) => word.toLowerCase().replace(/^ai_/, '');

function nulComplaint(typed: string, what: string): string | undefined {
  return typed.includes('\0') ? `A ${what} for C ends at its first zero byte: leave that out` : undefined;
}
