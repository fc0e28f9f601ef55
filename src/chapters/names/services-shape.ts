import type {EventOf, FieldsOf} from '../../journal/event.ts';
import {choice, described, integer, list, number, optional, text} from '../../journal/shape.ts';
import {type AskOf, choiceField, textField} from '../fields.ts';

export const tables = ['services', 'protocols'] as const;
export type Table = (typeof tables)[number];

export const servicesFields = {
  service: textField({
    label: 'Service',
    default: '',
    hint: 'www, 80, 53/udp, or several; empty: all',
    check: typed => readKeys(typed).complaint,
  }),
  proto: textField({
    label: 'Protocol',
    default: '',
    hint: 'with a service: tcp or udp; alone: a protocol to look up, UDP or 17',
    check: typed => protocolComplaint(typed),
  }),
  table: choiceField({
    label: 'Table',
    options: ['both', ...tables],
    default: 'both',
    hint: 'which of the two files is listed',
  }),
};

export type ServicesAsk = AskOf<typeof servicesFields>;

const table = described(choice(...tables), 'which database');
const name = described(text, 'the canonical name');
const aliases = described(list(text), 'its other names');
const protocol = optional(described(text, 'of a service: the protocol it is for'));

export const servicesEvents = {
  entry: {
    says: 'One line of /etc/services or /etc/protocols, as it stands in the file.',
    fields: {
      table,
      name,
      number: described(integer, 'the port, or the number of the protocol'),
      protocol,
      aliases,
      comment: described(text, 'what stands behind #'),
      file: text,
      line: described(integer, 'from 1'),
    },
  },
  found: {
    says: 'An entry was looked up and found.',
    fields: {
      table,
      asked: described(text, 'what was asked for'),
      name,
      number: described(integer, 'the port, or the number of the protocol'),
      protocol,
      aliases,
      by: described(text, 'who found it: libc, or the path of a file that was read here'),
      call: described(text, 'the call that was made, or what was read'),
      seconds: number,
    },
  },
  missing: {
    says: 'An entry was looked up and is not there.',
    fields: {
      table,
      asked: text,
      says: described(text, 'what is not there, as a sentence'),
      call: described(text, 'the call that was made, or what was read'),
      result: described(integer, 'what it returned'),
      errno: optional(described(text, 'the name of the error, when it was more than not found')),
      seconds: number,
    },
  },
  notice: {says: 'What cannot be had here, or was left out.', fields: {says: text}},
} as const;

export type ServicesEvent = EventOf<typeof servicesEvents>;
export type EntryFields = FieldsOf<typeof servicesEvents, 'entry'>;
export type FoundFields = FieldsOf<typeof servicesEvents, 'found'>;
export type MissingFields = FieldsOf<typeof servicesEvents, 'missing'>;

/** One thing to look up: by its name or by its number, for one protocol or any. */
export interface Key {
  readonly asked: string;
  readonly name?: string;
  readonly number?: number;
  readonly protocol?: string;
}

/** `www 80, 53/udp` as keys, or what is wrong with them. */
export function readKeys(typed: string): {readonly keys: readonly Key[]; readonly complaint?: string} {
  const keys: Key[] = [];
  for (const asked of typed.split(/[\s,]+/).filter(Boolean)) {
    const [what = '', protocol, ...more] = asked.split('/');
    if (what === '' || more.length > 0 || protocol === '')
      return {keys, complaint: `“${asked}” is no service: type a name, a port, or either with /tcp or /udp behind it`};
    const digits = /^\d+$/.test(what);
    if (digits && Number(what) > 65_535) return {keys, complaint: `There is no port ${what}: they end at 65535`};
    if (what.includes('\0')) return {keys, complaint: 'A name for C ends at its first zero byte: leave that out'};
    keys.push({asked, ...(digits ? {number: Number(what)} : {name: what}), ...(protocol !== undefined && {protocol})});
  }
  return {keys};
}

/** The protocol that is asked for alone. */
export function protocolKey(typed: string): Key {
  const asked = typed.trim();
  return /^\d+$/.test(asked) ? {asked, number: Number(asked)} : {asked, name: asked};
}

function protocolComplaint(typed: string): string | undefined {
  if (/[\s\0]/.test(typed.trim())) return 'There is one protocol at a time: tcp, udp, or a number';
  return /^\d+$/.test(typed.trim()) && Number(typed) > 2 ** 31 - 1
    ? `There is no protocol ${typed.trim()}: the field of the IP header has 8 bits`
    : undefined;
}

/** The line that `getent services` and `getent protocols` print. */
export function getentLine({
  name: one,
  number: which,
  protocol: of,
  aliases: others,
}: Pick<FoundFields, 'name' | 'number' | 'protocol' | 'aliases'>): string {
  return [`${one.padEnd(21)} ${which}${of === undefined ? '' : `/${of}`}`, ...others].join(' ');
}
