import {access} from 'node:fs/promises';
import {type Opened, openNative} from '../libc/ffi.ts';
import {findHolders, type Holder} from './holders.ts';
import {askNetlink} from './netlink.ts';
import {readProcNet} from './proc-net.ts';
import type {KernelSocket, Protocol, SocketFilter} from './socket.ts';

/** Whether something can be had here, and if not, why and what to do. */
export type Capability = {available: true} | {available: false; why: string};

/** The kernel's own view of all sockets on this machine. Nothing here blocks. */
export interface Kernel {
  /** In no order that could be relied on. Empty, too, where neither source exists: see `capabilities`. */
  sockets(filter?: SocketFilter): Promise<KernelSocket[]>;
  /** The processes of this user that hold the socket with this inode. */
  holders(inode: number): Promise<Holder[]>;
  /** The sockets that take connections (or datagrams) for this port, with those who hold them. */
  whoListens(port: number, protocol?: Protocol): Promise<{socket: KernelSocket; holders: Holder[]}[]>;
  capabilities(): Promise<{netlink: Capability; proc: Capability}>;
}

export interface KernelParts {
  open?: () => Opened;
  /** Where /proc is. */
  root?: string;
}

export function createKernel({open = openNative, root = '/proc'}: KernelParts = {}): Kernel {
  const sockets = async (filter: SocketFilter = {}): Promise<KernelSocket[]> => {
    if (filter.via !== 'proc') {
      const opened = open();
      const answer = opened.available ? await askNetlink(opened.native, filter) : undefined;
      if (answer?.ok) return answer.sockets;
    }
    return filter.via === 'netlink' ? [] : readProcNet(filter, root);
  };
  return {
    sockets,
    holders: async inode => (await findHolders([inode], root)).get(inode) ?? [],
    async whoListens(port, protocol = 'tcp') {
      const states = protocol === 'tcp' ? (['LISTEN'] as const) : (['CLOSE'] as const);
      const found = await sockets({protocol, localPort: port, states, withoutInfo: true});
      const holders = await findHolders(
        found.map(socket => socket.inode),
        root,
      );
      return found.map(socket => ({socket, holders: holders.get(socket.inode) ?? []}));
    },
    capabilities: async () => ({netlink: await netlink(open()), proc: await proc(root)}),
  };
}

/** Asked for a port that nothing has: the shortest list that proves that the kernel answers. */
async function netlink(opened: Opened): Promise<Capability> {
  if (!opened.available) return opened;
  const answer = await askNetlink(opened.native, {localPort: 1, remotePort: 1, withoutInfo: true});
  return answer.ok ? {available: true} : {available: false, why: answer.why};
}

async function proc(root: string): Promise<Capability> {
  try {
    await access(`${root}/net/tcp`);
    return {available: true};
  } catch {
    return {available: false, why: `There is no ${root}/net/tcp here: the kernel's list of sockets cannot be read.`};
  }
}
