import type {Setting} from '../../world/actors/programs/poller/events.ts';
import type {OptionValue} from '../../world/libc/options/codec.ts';
import type {SocketOption} from '../../world/libc/options/option.ts';
import {findOption} from '../../world/libc/options/table.ts';
import type {Field, Read} from '../fields.ts';
import {textField} from '../fields.ts';

/** Words people know from socat and sysctl for options of the kernel. Others are given by their own name: SO_MARK=1. */
const short: Readonly<Record<string, string>> = {
  nodelay: 'TCP_NODELAY',
  cork: 'TCP_CORK',
  quickack: 'TCP_QUICKACK',
  mss: 'TCP_MAXSEG',
  congestion: 'TCP_CONGESTION',
  keepalive: 'SO_KEEPALIVE',
  keepidle: 'TCP_KEEPIDLE',
  keepintvl: 'TCP_KEEPINTVL',
  keepcnt: 'TCP_KEEPCNT',
  syncnt: 'TCP_SYNCNT',
  usertimeout: 'TCP_USER_TIMEOUT',
  linger: 'SO_LINGER',
  rcvbuf: 'SO_RCVBUF',
  sndbuf: 'SO_SNDBUF',
  reuseaddr: 'SO_REUSEADDR',
  reuseport: 'SO_REUSEPORT',
  tos: 'IP_TOS',
  ttl: 'IP_TTL',
};

/** The options that have a short word, by their own names. */
export const everyday: readonly string[] = Object.values(short);

/** A field for options to set before connecting or listening: `nodelay, rcvbuf=8192, linger=0`. */
export function optionsField(label: string, when: string): Field<string> {
  const field = textField({label, default: '', hint: `set ${when}: nodelay, keepalive, rcvbuf=8192, linger=0, SO_…=1`});
  return {
    ...field,
    read(typed) {
      const read = readOptions(typed);
      return read.ok ? {ok: true, value: typed.trim()} : read;
    },
  };
}

/** Reads options separated by commas. One without a value is switched on. */
export function readOptions(typed: string): Read<Setting[]> {
  const settings: Setting[] = [];
  let at = 0;
  for (const part of typed.split(',')) {
    const word = part.trim();
    if (word !== '') {
      const read = readOption(word);
      if (!read.ok) return {...read, at: at + part.indexOf(word)};
      settings.push(read.value);
    }
    at += part.length + 1;
  }
  return {ok: true, value: settings};
}

function readOption(word: string): Read<Setting> {
  const [name = '', ...rest] = word.split('=');
  const value = rest.length === 0 ? undefined : rest.join('=').trim();
  const key = name.trim();
  const option = findOption(short[key.toLowerCase()] ?? key.toUpperCase());
  if (option === undefined)
    return {
      ok: false,
      says: `No socket option is called “${key}”`,
      next: `There are ${Object.keys(short).join(', ')}, and every SO_ and TCP_ name.`,
    };
  if (option.settable === 'no') return {ok: false, says: `${option.name} can only be read`, next: 'Leave it out.'};
  const read = readValue(option, value);
  return read.ok ? {ok: true, value: {option: option.name, value: read.value}} : read;
}

function readValue({name, type, names}: SocketOption, typed: string | undefined): Read<OptionValue> {
  if (type === 'string')
    return typed ? {ok: true, value: typed} : {ok: false, says: `${name} needs a value: ${name}=…`};
  if (typed === undefined && type === 'bool') return {ok: true, value: true};
  const number = names?.[typed ?? ''] ?? Number(typed === undefined || typed === '' ? Number.NaN : typed);
  if (type === 'bool' && (number === 0 || number === 1)) return {ok: true, value: number === 1};
  if (!Number.isFinite(number) || type === 'bool')
    return {ok: false, says: `${name} needs a number${type === 'bool' ? ', 0 or 1' : ''}`, next: `Write ${name}=1.`};
  if (type === 'linger') return {ok: true, value: {on: number >= 0, seconds: Math.max(0, Math.trunc(number))}};
  if (type === 'int' || type === 'timeval' || type === 'u64') return {ok: true, value: number};
  return {ok: false, says: `${name} takes raw bytes, which cannot be written here`, next: 'Leave it out.'};
}
