import type {SocketAddress} from '../../../libc/address.ts';
import type {Direction} from '../../../libc/constants.ts';
import type {OptionValue} from '../../../libc/options/codec.ts';
import type {CallRecord} from '../../../libc/record.ts';
import type {BehaviourSpec} from '../behaviours/behaviour.ts';

export interface PollerOptions {
  /** Absent: it only makes connections. */
  listen?: {
    address: SocketAddress;
    backlog: number;
    reuseAddress?: boolean;
    /** Set before bind(). */
    options?: Setting[];
  };
  behaviour: BehaviourSpec;
  /** With so many connections open it calls accept() no more: the next ones wait in the kernel. Default 1024. */
  maximum?: number;
  /** How much one recv() asks for. Default 64 KiB. */
  readSize?: number;
  /** With so many bytes of output waiting it stops reading this connection. Default 1 MiB. */
  outputLimit?: number;
  /** Tells every send and receive with its bytes, and waits for the reader of its events rather than sum up. */
  whole?: boolean;
  /** How many bytes each connection may receive before it must be granted more. Absent: as many as come. */
  allowance?: number;
}

export interface Setting {
  option: string;
  value: OptionValue;
}

/** Connections have numbers of their own, never used twice: a descriptor's number goes to the next connection at once. */
export type PollerCommand =
  | {do: 'connect'; address: SocketAddress; behaviour?: BehaviourSpec; from?: SocketAddress; options?: Setting[]}
  | {do: 'send'; connection: number; bytes: Uint8Array}
  | {do: 'shutdown'; connection: number; how: Direction}
  | {do: 'close'; connection: number}
  /** close() with SO_LINGER 0: a RST. */
  | {do: 'reset'; connection: number}
  /** Whether it reads this connection at all. */
  | {do: 'read'; connection: number; on: boolean}
  /** So many more bytes may be received: see `allowance`. */
  | {do: 'grant'; connection: number; bytes: number}
  /** From now on everything on this connection is done by hand: it becomes a `console`. */
  | {do: 'take'; connection: number}
  | {do: 'option'; connection: number | 'listener'; option: string; value: OptionValue}
  /** Whether it calls accept(). */
  | {do: 'accept'; on: boolean}
  /** For connections that are accepted from now on. */
  | {do: 'behaviour'; behaviour: BehaviourSpec}
  /** Closes the listening socket; connections stay. */
  | {do: 'deafen'};

/** How a command went. A send is `ok` when its bytes are taken into the program's output; the kernel may be slower. */
export type PollerAnswer = {ok: true; connection?: number; fd?: number} | {ok: false; why: string; errno?: string};

/** `Running.ready` of this program. */
export type PollerReady = {ok: true; fd?: number; address?: SocketAddress} | {ok: false; record: CallRecord};

export type PauseReason = 'maximum' | 'no descriptors' | 'command' | 'behaviour';

export type CloseReason = 'finished' | 'command' | 'reset' | 'failed' | 'stopped';

export type PollerEvent = {at: number} /** Every call it makes, except poll() itself and the reading of its bell. */ & (
  | {kind: 'call'; connection?: number; record: CallRecord}
  /** Sends and receives that came too fast to be told one by one; their bytes are not told. */
  | {kind: 'more'; connection: number; calls: number; sent: number; received: number}
  | {kind: 'listening'; fd: number; address: SocketAddress; backlog: number}
  | {
      kind: 'opened';
      connection: number;
      fd: number;
      by: 'accept' | 'connect';
      local: SocketAddress;
      remote: SocketAddress;
    }
  /** connect() has begun, and the answer is not there yet. */
  | {kind: 'connecting'; connection: number; fd: number; remote: SocketAddress}
  /** The peer has sent its FIN. */
  | {kind: 'ended'; connection: number}
  /** It failed, but nobody has closed it yet: only of a `console`. */
  | {kind: 'broken'; connection: number; errno?: string}
  /** Bytes the program wants to send and the kernel did not take: told when it has changed. */
  | {kind: 'waiting'; connection: number; bytes: number}
  | {
      kind: 'closed';
      connection: number;
      why: CloseReason;
      errno?: string;
      sent: number;
      received: number;
      /** Output of the program that the kernel never took. */
      unsent: number;
    }
  /** It calls accept() no more, or again. */
  | {kind: 'paused'; why: PauseReason}
  | {kind: 'resumed'}
  /** The listening socket is gone. */
  | {kind: 'deaf'; errno?: string}
);
