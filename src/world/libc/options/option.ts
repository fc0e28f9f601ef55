/** How the kernel lays out an option's value in memory (64-bit Linux). */
export type OptionType =
  | 'int'
  | 'bool'
  | 'linger'
  | 'timeval'
  | 'u64'
  | 'ucred'
  | 'in_addr'
  | 'meminfo'
  | 'tcp_info'
  | 'string'
  | 'bytes';

export type OptionLevel = 'SOL_SOCKET' | 'IPPROTO_IP' | 'IPPROTO_IPV6' | 'IPPROTO_TCP' | 'IPPROTO_UDP';

export const optionLevels: Readonly<Record<OptionLevel, number>> = {
  SOL_SOCKET: 1,
  IPPROTO_IP: 0,
  IPPROTO_IPV6: 41,
  IPPROTO_TCP: 6,
  IPPROTO_UDP: 17,
};

/** Whether anybody may set it, nobody, or only a process with CAP_NET_ADMIN or CAP_NET_RAW. */
export type Settable = 'yes' | 'no' | 'privileged';

/** One socket option that can be read. */
export interface SocketOption {
  level: OptionLevel;
  name: string;
  number: number;
  type: OptionType;
  settable: Settable;
  /** What it is for, in one line. */
  purpose: string;
  /** What the numbers of an `int` are called. */
  names?: Readonly<Record<string, number>>;
}

export type Row = [number: number, name: string, type: OptionType, settable: Settable, purpose: string];

export function table(level: OptionLevel, rows: readonly Row[], names: Record<string, Record<string, number>> = {}) {
  return rows.map(([number, name, type, settable, purpose]): SocketOption => {
    const named = names[name];
    return {level, name, number, type, settable, purpose, ...(named !== undefined && {names: named})};
  });
}
