import type {KernelSocket} from '../../../src/world/kernel/socket.ts';
import {addressText} from '../../../src/world/libc/address.ts';
import {has, run} from './tools.ts';

export const noSs = !has('ss', '-V');

/** `ss` writes an own short name for some states, and a hyphen where the kernel has none. */
const states: Record<string, string> = {
  ESTAB: 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  UNCONN: 'CLOSE',
};

/** What `ss` says about a port, in the form of `comparable`. */
export function ssRows(port: number, protocol: 'tcp' | 'udp' = 'tcp'): string[] {
  const flag = protocol === 'tcp' ? '-tanH' : '-uanH';
  return run('ss', [flag, `( sport = :${port} or dport = :${port} )`])
    .trim()
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [state, receive, send, local, remote] = line.trim().split(/\s+/);
      const name = states[state!] ?? state!.replaceAll('-', '_');
      return `${name} ${receive} ${send} ${local!.replace(/%\w+/, '')} ${remote!.replace(/:\*$/, ':0')}`;
    })
    .sort();
}

export function comparable(sockets: readonly KernelSocket[]): string[] {
  return sockets
    .map(({state, receiveQueue, sendQueue, local, remote}) =>
      [state, receiveQueue, sendQueue, addressText(local), addressText(remote)].join(' '),
    )
    .sort();
}
