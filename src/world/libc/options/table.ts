import {ipOptions} from './ip.ts';
import {ipv6Options} from './ipv6.ts';
import {type OptionLevel, optionLevels, type SocketOption} from './option.ts';
import {socketOptions} from './socket.ts';
import {tcpOptions} from './tcp.ts';
import {udpOptions} from './udp.ts';

/** Every option that can be read on a TCP or UDP socket of Linux, by level, then by number. */
export const optionTable: readonly SocketOption[] = [
  ...socketOptions,
  ...ipOptions,
  ...ipv6Options,
  ...tcpOptions,
  ...udpOptions,
];

const byName = new Map(optionTable.map(option => [option.name, option]));

/** The option of that name (`SO_RCVBUF`), or of that level and number. */
export function findOption(name: string): SocketOption | undefined;
export function findOption(level: OptionLevel | number, number: number): SocketOption | undefined;
export function findOption(first: string | number, number?: number): SocketOption | undefined {
  if (number === undefined) return byName.get(String(first));
  return optionTable.find(
    option => option.number === number && (option.level === first || optionLevels[option.level] === first),
  );
}

/** The options that make sense on a socket of this family and type: what a listing should try to read. */
export function optionsOf(family: 'AF_INET' | 'AF_INET6', type: 'SOCK_STREAM' | 'SOCK_DGRAM'): SocketOption[] {
  const levels: OptionLevel[] = ['SOL_SOCKET', 'IPPROTO_IP', type === 'SOCK_STREAM' ? 'IPPROTO_TCP' : 'IPPROTO_UDP'];
  if (family === 'AF_INET6') levels.push('IPPROTO_IPV6');
  return optionTable.filter(option => levels.includes(option.level));
}
