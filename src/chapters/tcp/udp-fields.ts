import {literalAddress} from '../../world/libc/address.ts';
import {type AskOf, choiceField, flagField, integerField, portField, secondsField, textField} from '../fields.ts';

export const udpFields = {
  host: textField({
    label: 'Host',
    default: '',
    hint: 'the other end, by name or address; empty: a server of our own on 127.0.0.1',
  }),
  port: portField({default: 1060, zero: true, hint: '1 to 65535; 0: the kernel chooses one for our server'}),
  role: choiceField({
    label: 'Role',
    options: ['both', 'client', 'server'],
    default: 'both',
    hint: 'both: client and server are ours; with a host, the client only. server: the host is the address it has',
  }),
  connected: flagField({
    label: 'Connected',
    default: false,
    hint: 'the client calls connect(): it hears nobody else, and learns of errors',
  }),
  drop: integerField({
    label: 'Drop rate',
    default: 0,
    from: 0,
    to: 100,
    hint: 'percent of the datagrams that our server throws away',
  }),
  seed: integerField({
    label: 'Seed',
    default: 1,
    from: 0,
    to: 2 ** 31 - 1,
    hint: 'decides which are thrown away: the same seed, the same ones',
  }),
  first: secondsField({
    label: 'First wait',
    default: 0.1,
    from: 0.01,
    to: 60,
    hint: 'seconds until the client sends again; then twice as long, and so on',
  }),
  giveUp: secondsField({
    label: 'Give up',
    default: 2,
    from: 0,
    to: 600,
    hint: 'seconds: it waits no longer than this for one answer. With standard input: for the last answers',
  }),
  broadcast: flagField({
    label: 'Broadcast',
    default: false,
    hint: 'sets SO_BROADCAST on the client’s socket; p does it later',
  }),
  whole: flagField({
    label: 'Whole input',
    default: false,
    hint: 'all of standard input is one datagram, instead of each line',
  }),
} as const;

export type UdpAsk = AskOf<typeof udpFields>;

/** What is ours: naming a host means that the server is somebody else’s, unless the role says that it is our address. */
export function roleOf({role, host}: Pick<UdpAsk, 'role' | 'host'>): UdpAsk['role'] {
  return role === 'both' && host.trim() !== '' ? 'client' : role;
}

/** The host without the brackets of an IPv6 address. */
export function hostOf({host}: Pick<UdpAsk, 'host'>): string {
  const bare = host.trim().replace(/^\[(.*)\]$/, '$1');
  return bare === '' ? '127.0.0.1' : bare;
}

export const isLiteral = (host: string): boolean => literalAddress(host, 0) !== undefined;
