import type {Berkeley} from '../../../libc/berkeley.ts';
import type {BehaviourSpec} from '../behaviours/behaviour.ts';
import type {Connection, Work} from './connection.ts';
import type {PollerOptions} from './events.ts';
import type {Listener} from './listener.ts';

export interface State extends Work {
  listener: Listener | undefined;
  behaviour: BehaviourSpec;
  connections: Map<number, Connection>;
  maximum: number;
  allowance: number;
  lastId: number;
  stopping: boolean;
}

export function createState(options: PollerOptions, libc: Berkeley, batch: Work['batch']): State {
  const connections = new Map<number, Connection>();
  return {
    libc,
    batch,
    readSize: options.readSize ?? 64 * 1024,
    outputLimit: options.outputLimit ?? 1024 * 1024,
    maximum: options.maximum ?? 1024,
    allowance: options.allowance ?? Number.POSITIVE_INFINITY,
    behaviour: options.behaviour,
    listener: undefined,
    connections,
    lastId: 0,
    stopping: false,
    forget: connection => void connections.delete(connection.id),
  };
}
