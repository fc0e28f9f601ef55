import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import type {ActorEvent} from '../../world/actors/events.ts';
import {addressText, literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import {lookupErrors} from '../../world/libc/lookup-errors.ts';
import type {Kit} from '../contract.ts';
import {must} from './call-problems.ts';
import {type CallTeller, tellCalls} from './calls.ts';
import {hearBroadcast} from './udp-broadcast.ts';
import {type Answer, UdpClient} from './udp-client.ts';
import type {udpEvents} from './udp-events.ts';
import {hostOf, roleOf, type UdpAsk} from './udp-fields.ts';
import {portOf, UdpServer} from './udp-server.ts';

export type UdpKit = Pick<Kit<typeof udpEvents>, 'world' | 'now' | 'emit' | 'signal'>;

/** Calls that only serve the telling. */
const untold = ['poll', 'shutdown', 'getaddrinfo'];

/** What errors mean where there is no connection: the table’s sentences speak of TCP as well. */
const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nobody has that port: the other kernel said so with ICMP. Start the server, or check the port.',
  EAGAIN: 'Nothing came in time. Send again, or wait longer.',
  EACCES: 'The address is a broadcast address. Set SO_BROADCAST to send to it.',
};

function meaningful(kit: UdpKit): UdpKit['emit'] {
  return (kind, fields, bytes) => {
    const means = 'errno' in fields ? meanings[String(fields.errno)] : undefined;
    kit.emit(kind, means === undefined ? fields : {...fields, means}, bytes);
  };
}

/** The processes: a client, a server, and somebody who forges answers. What is asked of them is done in order. */
export class UdpSession {
  readonly #kit: UdpKit;
  readonly #ask: UdpAsk;
  readonly #teller: CallTeller;
  readonly #actors = new Map<string, Actor>();
  #turn: Promise<unknown> = Promise.resolve();
  #forgery: number | undefined;
  client: UdpClient | undefined;
  server: UdpServer | undefined;

  constructor(kit: UdpKit, ask: UdpAsk) {
    this.#kit = kit;
    this.#ask = ask;
    this.#teller = tellCalls({...kit, now: () => kit.now(), emit: meaningful(kit)}, name => !untold.includes(name));
  }

  async open(connected = this.#ask.connected): Promise<void> {
    const role = roleOf(this.#ask);
    const [server, client] = await Promise.all([
      role === 'client' ? undefined : this.actor('server'),
      role === 'server' ? undefined : this.actor('client'),
    ]);
    if (server !== undefined) {
      this.server = new UdpServer(this.#kit, this.#ask, server);
      await this.server.open();
    }
    if (client === undefined) return;
    const address = this.server?.address ?? (await this.#lookUp(client));
    this.client = new UdpClient(this.#kit, this.#ask, client, address);
    await this.client.open({connected});
  }

  /** Does one thing after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    this.#teller.close();
    await Promise.all([...this.#actors.values()].map(actor => actor.stop()));
  }

  async actor(name: string): Promise<Actor> {
    const known = this.#actors.get(name);
    if (known !== undefined) return known;
    const started = await this.#kit.world.actors.start({name, onEvent: event => this.#tell(event)});
    this.#actors.set(name, started);
    return started;
  }

  /** Asks, and says what is worth knowing about how it went. */
  async ask(bytes: Uint8Array): Promise<Answer> {
    const client = this.client!;
    const answer = await client.ask(bytes);
    if (answer.errno === 'EMSGSIZE')
      client.fact(
        'too-big',
        `${bytes.length} bytes do not fit into one datagram, so nothing was sent: EMSGSIZE. UDP never cuts (RFC 768; 65507 bytes are the most over IPv4).`,
      );
    if (answer.errno === 'ECONNREFUSED')
      client.fact(
        'refused-on-next-call',
        'The send itself had worked. Nobody has that port, the other kernel said so with ICMP, and the next call of the connected socket told it: ECONNREFUSED.',
      );
    if (answer.kind === 'nothing' && this.server?.isOpen === false && !client.connected)
      client.fact(
        'sent-to-nobody',
        'Nobody has that port, and ICMP has said so, but an unconnected socket is not told: silence and a closed port look the same.',
      );
    if (answer.kind === 'reply' && bytes.length === 0)
      client.fact(
        'empty-datagram',
        'An empty datagram is a datagram: it arrived, and was answered. TCP has nothing like it: a send() of no bytes sends nothing, and recv() = 0 means the end.',
      );
    if (answer.kind === 'reply' && bytes.length >= 65_507)
      client.fact(
        'largest',
        `${bytes.length} bytes in one datagram: more than any path’s MTU but loopback’s, so IP would cut it into fragments elsewhere.`,
      );
    return answer;
  }

  /** Somebody else sends to the client’s port, and the client listens. */
  async forge(bytes: Uint8Array): Promise<void> {
    const [client, forger] = [this.client!, await this.actor('forger')];
    const to = client.local;
    if (to === undefined)
      throw new ProblemError({code: 'udp.forge', says: 'The client has no port yet', next: 'Let it send first.'});
    await client.drain();
    this.#forgery ??= (await must(forger.call('socket', [to.family as 'AF_INET', 'SOCK_DGRAM']))).result;
    await must(forger.call('sendto', [this.#forgery, bytes, to]));
    const answer = await client.receive(this.#ask.first);
    if (answer.kind === 'reply') {
      const from = answer.record.address === undefined ? '' : addressText(answer.record.address);
      client.fact(
        'forgery-accepted',
        `Accepted: this came from ${from}, whom nobody has asked. An unconnected socket takes datagrams from anybody, so a program must compare the address itself.`,
      );
    } else if (client.connected)
      client.fact(
        'forgery-vanished',
        'Vanished: a connected socket takes datagrams only from the address it is connected to. The forger’s kernel was told that nobody has that port.',
      );
  }

  /** Asks for an answer with less room than it needs. */
  async truncate(bytes: Uint8Array, room: number): Promise<void> {
    const client = this.client!;
    await client.drain();
    const sent = await client.send(bytes);
    if (sent.errno !== undefined) return;
    const answer = await client.receive(this.#ask.first * 4, room);
    if (answer.kind !== 'reply' || answer.record.result <= room) return;
    const {result} = answer.record;
    const next = await client.receive(this.#ask.first);
    const gone = next.kind === 'nothing' ? `, and the next recvfrom() finds nothing` : '';
    client.fact(
      'truncated',
      `The answer had ${result} bytes and recvfrom() room for ${room}: the other ${result - room} are lost${gone}. A stream would have kept them.`,
    );
  }

  async broadcast(bytes: Uint8Array): Promise<void> {
    const client = this.client!;
    await hearBroadcast({session: this, kit: this.#kit, client, port: this.#port(), bytes});
  }

  #port(): number {
    return this.server?.address === undefined ? this.#ask.port : portOf(this.server.address);
  }

  #tell(event: ActorEvent): void {
    // Let go by a shutdown() from beside: no datagram, since that would have a sender.
    const isRelease = event.kind === 'leave' && event.record.name === 'recvfrom' && event.record.result === 0;
    if (isRelease && event.record.address === undefined) return;
    this.#teller.onEvent(event);
  }

  async #lookUp(client: Actor): Promise<SocketAddress> {
    const host = hostOf(this.#ask);
    const {port} = this.#ask;
    if (port === 0)
      throw new ProblemError({
        code: 'udp.port',
        says: 'Nobody can have port 0',
        next: 'Give the port that the server printed.',
      });
    const literal = literalAddress(host, port);
    if (literal !== undefined) return literal;
    const record = await client.call('getaddrinfo', [host, String(port), {type: 'SOCK_DGRAM'}]);
    const [row] = record.rows ?? [];
    if (row !== undefined) {
      this.#kit.emit('notice', {says: `${host} is ${addressText(row.address)}`});
      return row.address;
    }
    const error = lookupErrors.find(({name}) => name === record.errno);
    throw new ProblemError({
      code: 'udp.lookup',
      says: `The host “${host}” was not found: ${error?.sentence.replace(/\.$/, '') ?? 'no address'}`,
      next: error?.next ?? 'Check the spelling.',
      ...(record.errno !== undefined && {errno: record.errno}),
    });
  }
}
