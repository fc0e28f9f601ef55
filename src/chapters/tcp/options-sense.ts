import {errnoEntry} from '../../world/libc/errno.ts';
import type {OptionValue} from '../../world/libc/options/codec.ts';
import type {SocketOption} from '../../world/libc/options/option.ts';

/** What the kernel made of a value, when it holds another one than was asked for. Numbers only, most of them. */
type Rule = (asked: number, got: number) => string;

const buffer =
  (limit: string): Rule =>
  (asked, got) => {
    const fixed = 'From now on it does not grow by itself.';
    if (got === asked * 2) return `The kernel doubled it: half is for its own bookkeeping (man 7 socket). ${fixed}`;
    if (got < asked * 2)
      return `The kernel keeps to its limit, net.core.${limit}, doubled for its own bookkeeping. ${fixed}`;
    return `That is less than the kernel needs for one packet, so it took the least it will work with. ${fixed}`;
  };

const rounded: Rule = () => 'The kernel measures this in ticks of its clock and rounds up to the next one.';
const isDefault: Rule = (asked, got) => `${asked} asks for the kernel’s default, which is ${got}.`;

const rules: Readonly<Record<string, Rule>> = {
  SO_SNDBUF: buffer('wmem_max'),
  SO_RCVBUF: buffer('rmem_max'),
  SO_RCVTIMEO: rounded,
  SO_SNDTIMEO: rounded,
  SO_RCVLOWAT: (asked, got) =>
    asked === 0 ? 'Fewer than one byte makes no sense, so 1 is held.' : `It is held within the buffer: ${got}.`,
  SO_PEEK_OFF: () => 'Every negative number means the front of the queue.',
  IP_TOS: () => 'The two lowest bits are ECN, which belongs to TCP itself: they were left out (RFC 3168 §5).',
  IP_TTL: isDefault,
  IPV6_UNICAST_HOPS: isDefault,
  IPV6_MULTICAST_HOPS: isDefault,
  IPV6_TCLASS: isDefault,
  TCP_DEFER_ACCEPT: () =>
    'The kernel counts in repeats of its SYN ACK, after 1, 2, 4, … seconds: it rounded up to a whole number of them.',
  TCP_LINGER2: (asked, got) =>
    got < 0 ? 'It is off: the connection is given up at once.' : `${asked} asks for the default, ${got} s.`,
  TCP_WINDOW_CLAMP: () => 'The kernel has a least window, and took that.',
  TCP_MAXSEG: () => 'It counts from the next connection on; what is told is the size in use.',
  TCP_QUICKACK: () => 'The kernel decides this anew with each packet.',
};

/** Says what the kernel made of a value it took. `got` is what it tells now. */
export function senseOf(option: Pick<SocketOption, 'name'>, asked: OptionValue, got: OptionValue | undefined): string {
  if (got === undefined) return 'The kernel took it, and does not tell it back.';
  if (sameValue(asked, got)) return 'The kernel holds exactly what was asked for.';
  const rule = rules[option.name];
  if (rule !== undefined && typeof got !== 'object') return rule(Number(asked), Number(got));
  return 'The kernel took it, and holds something else.';
}

export function sameValue(one: OptionValue, two: OptionValue): boolean {
  const plain = (value: OptionValue) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
  return plain(one) === plain(two);
}

const ranges: Readonly<Record<string, string>> = {
  TCP_KEEPIDLE: '1 to 32767 seconds',
  TCP_KEEPINTVL: '1 to 32767 seconds',
  TCP_KEEPCNT: '1 to 127',
  TCP_SYNCNT: '1 to 127',
  TCP_MAXSEG: '88 to 32767 bytes, or 0 for none of its own',
  TCP_WINDOW_CLAMP: 'a number above 0',
  TCP_USER_TIMEOUT: '0 or more milliseconds',
  IP_TTL: '1 to 255, or -1 for the default',
  IP_MULTICAST_TTL: '0 to 255, or -1 for the default',
  IP_MINTTL: '0 to 255',
  IP_MTU_DISCOVER: '0 to 5',
  IPV6_UNICAST_HOPS: '-1 to 255',
  IPV6_TCLASS: '-1 to 255',
};

type Known = Pick<SocketOption, 'name' | 'settable' | 'level'>;

/** Why setsockopt() failed, and the next step: what the option itself says comes before what the number says. */
export function whyNotSet({name, settable, level}: Known, errno: string): {says: string; next: string} {
  const {sentence, next} = errnoEntry(errno);
  if (settable === 'no') return {says: `${name} can only be read`, next: 'Choose one that can be set.'};
  if (errno === 'EPERM') return {says: `Setting ${name} so takes a privilege (CAP_NET_ADMIN or CAP_NET_RAW)`, next};
  if (errno === 'EINVAL' && ranges[name] !== undefined)
    return {says: `${name} does not take this value`, next: `It takes ${ranges[name]}.`};
  if (errno === 'EINVAL' && name === 'IPV6_V6ONLY')
    return {
      says: 'IPV6_V6ONLY must be set before the socket has an address',
      next: 'Choose a socket that is not bound.',
    };
  if (errno === 'ENOENT' && name === 'TCP_CONGESTION')
    return {
      says: 'This kernel has no such congestion algorithm',
      next: 'See /proc/sys/net/ipv4/tcp_available_congestion_control.',
    };
  if (errno === 'ENOPROTOOPT' || errno === 'EOPNOTSUPP')
    return {says: `This kind of socket has no ${name}`, next: `Choose a kind for which ${level} makes sense.`};
  return {says: `${name} could not be set: ${sentence.replace(/\.$/, '')}`, next};
}
