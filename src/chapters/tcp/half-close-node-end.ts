import type {PollerEvent} from '../../world/actors/programs/poller/events.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {nodeCall} from '../../world/net/net-connection.ts';
import {callFields} from './calls.ts';
import type {Side} from './ends.ts';
import type {SessionKit} from './session.ts';

/**
 * One end of a connection that is Node's: tells what Node does as calls of Node's. What Node does by itself (it reads, it
 * finds the end, it closes) is held back until the wire has been looked at, since it comes after that.
 */
export class NodeEnd {
  connection = 0;
  /** Our address, once the connection stands. */
  opened: SocketAddress | undefined;
  /** Whether Node has not closed it yet. */
  alive = false;
  errno: string | undefined;
  /** Bytes that the kernel has not taken. */
  waiting = 0;
  /** A FIN was asked for and has not been handed to the kernel. */
  ending = false;
  readonly #side: Side;
  readonly #kit: SessionKit;
  readonly #later: () => void;
  readonly #offset: number;
  #held: (() => void)[] = [];
  #changed = Promise.withResolvers<void>();
  #over = false;

  /** `later` is called when something waits to be told and nobody may be about to look. */
  constructor(side: Side, kit: SessionKit, later: () => void) {
    this.#side = side;
    this.#kit = kit;
    this.#later = later;
    this.#offset = kit.world.clock.now() - kit.now();
  }

  get holds(): boolean {
    return this.#held.length > 0;
  }

  /** Before a new connection. */
  renew(): void {
    Object.assign(this, {opened: undefined, alive: false, errno: undefined, waiting: 0, ending: false});
    this.#over = false;
  }

  /** To be given to the driver as its `onEvent`. */
  readonly take = (event: PollerEvent): void => {
    if (event.kind === 'opened') this.#opened(event);
    else if (event.kind === 'waiting') this.waiting = event.bytes;
    else if (event.kind === 'ended')
      this.#hold(event.at, nodeCall('end event', "socket 'end': the peer sends no more", 0));
    else if (event.kind === 'closed') this.#closed(event);
    else if (event.kind === 'call' && event.record.received !== undefined) this.#hold(event.at, event.record);
    else if (event.kind === 'call') {
      this.#tell(event.at, event.record);
      if (event.record.name === 'node:end') this.ending = false;
    }
    this.wake();
  };

  /** Resolves when `test` holds, or will not any more: the socket is closed, or the run is to end. */
  async until(test: () => boolean): Promise<void> {
    while (!test() && !this.#over && !this.#kit.signal.aborted) await this.#changed.promise;
  }

  wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  /** True when there was something to tell. */
  tellHeld(): boolean {
    const held = this.#held;
    this.#held = [];
    for (const tell of held) tell();
    return held.length > 0;
  }

  /** Lets go of a socket that Node has closed already. */
  tellDestroyed(): undefined {
    this.#tell(this.#kit.world.clock.now(), nodeCall('destroy', 'socket.destroy(): Node had closed it already', 0));
  }

  #opened({at, by, connection, local, remote}: Extract<PollerEvent, {kind: 'opened'}>): void {
    Object.assign(this, {connection, alive: true, opened: local});
    const from = local.family === 'AF_UNIX' ? '' : local.host;
    const dialled = `net.connect(${addressText(remote)}, localAddress ${from})`;
    if (by === 'connect') this.#tell(at, nodeCall('connect', dialled, 0));
    else this.#hold(at, nodeCall('connection', `server 'connection': ${addressText(remote)}`, 0));
  }

  #closed({at, why, errno}: Extract<PollerEvent, {kind: 'closed'}>): void {
    const told = this.alive;
    Object.assign(this, {alive: false, errno});
    this.#over = true;
    if (!told || why === 'stopped') return;
    if (why === 'command') this.#tell(at, nodeCall('destroy', 'socket.destroy()', 0));
    else if (why === 'reset') this.#tell(at, nodeCall('resetAndDestroy', 'socket.resetAndDestroy()', 0));
    else if (errno === undefined)
      this.#hold(at, nodeCall('close event', "socket 'close': both directions are over, so Node has closed it", 0));
    else this.#hold(at, {...nodeCall('close event', "socket 'error' and 'close'", -1), errno});
  }

  #hold(at: number, record: CallRecord): void {
    this.#held.push(() => this.#tell(at, record));
    this.#later();
  }

  #tell(at: number, record: CallRecord): void {
    const by = {by: this.#side, pid: process.pid, thread: 'main'};
    const began = at - this.#offset - record.seconds;
    this.#kit.emit('call', {...by, ...callFields(record), began}, record.sent ?? record.received);
  }
}
