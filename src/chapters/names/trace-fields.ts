import {isIP} from 'node:net';
import {
  type AskOf,
  choiceField,
  flagField,
  integerField,
  portField,
  type Read,
  secondsField,
  textField,
} from '../fields.ts';
import {readName, readTypes} from './query-read.ts';

export const traceFields = {
  name: {
    ...textField({label: 'Name', default: 'www.example.test', hint: 'a name, or an address: then its PTR'}),
    read: (typed: string) => keep(typed, readName(typed)),
  },
  type: {
    ...textField({label: 'Type', default: 'A', hint: 'one type: A, AAAA, MX, TXT, TYPE65280'}),
    read: (typed: string) => keep(typed, readOneType(typed)),
  },
  root: {
    ...textField({
      label: 'Root',
      default: 'lab',
      hint: 'lab; iana: the root servers of the Internet; or addresses with commas',
    }),
    read: (typed: string) => keep(typed, readRoot(typed)),
  },
  port: portField({default: 53, hint: 'of every server; those of the lab have their own'}),
  anchor: textField({
    label: 'Anchor',
    default: 'auto',
    hint: 'auto: the one of the root; lab, iana, none, or a file with DS or DNSKEY records',
  }),
  allServers: flagField({
    label: 'All servers',
    default: true,
    hint: 'ask every address of every zone; no: only the first that is of use',
  }),
  dnssec: flagField({label: 'DNSSEC', default: true, hint: 'check the answer from the anchor down'}),
  family: choiceField({
    label: 'Family',
    options: ['both', '4', '6'],
    default: 'both',
    hint: 'of the servers’ addresses',
  }),
  transport: choiceField({label: 'Transport', options: ['udp', 'tcp'], default: 'udp'}),
  wait: secondsField({label: 'Wait', default: 2, from: 0.05, to: 60, hint: 'seconds for each try'}),
  retries: integerField({label: 'Retries', default: 1, from: 0, to: 10, hint: 'tries after the first'}),
  depth: integerField({label: 'Depth', default: 32, from: 1, to: 128, hint: 'zone cuts and aliases at most'}),
  queries: integerField({label: 'Queries', default: 500, from: 1, to: 10_000, hint: 'queries at most, in all'}),
};

export type TraceAsk = AskOf<typeof traceFields>;

/** Reads as the text it was typed as, when it makes sense. */
function keep(typed: string, read: Read<unknown>): Read<string> {
  return read.ok ? {ok: true, value: typed.trim()} : read;
}

export function readOneType(typed: string): Read<number> {
  const read = readTypes(typed);
  if (!read.ok) return read;
  const [first, second] = read.value;
  if (second !== undefined) return {ok: false, says: 'A trace asks for one type', next: `Leave only one.`};
  if (first!.type >= 249 && first!.type <= 252)
    return {ok: false, says: `${typed.trim()} is no type of data`, next: 'Use names query for transfers.'};
  return {ok: true, value: first!.type};
}

export type Root = 'lab' | 'iana' | readonly string[];

export function readRoot(typed: string): Read<Root> {
  const text = typed.trim();
  if (text === 'lab' || text === 'iana') return {ok: true, value: text};
  const addresses = text.split(/[,\s]+/).filter(Boolean);
  const wrong = addresses.find(address => isIP(address.replace(/%.*$/, '')) === 0);
  if (addresses.length > 0 && wrong === undefined) return {ok: true, value: addresses};
  return {
    ok: false,
    says: `“${wrong ?? typed}” is no address`,
    next: 'Type lab, iana, or addresses of root servers with commas.',
  };
}
