import {concat} from '../../wire/bytes.ts';
import {framings} from '../../wire/framing/registry.ts';
import type {ActionReply, Kit} from '../contract.ts';
import {type Choice, readChoices} from './framing-choice.ts';
import {edgesOf, readChunks} from './framing-chunks.ts';
import type {framingEvents} from './framing-events.ts';
import type {FramingAsk} from './framing-fields.ts';
import {SocketStream} from './framing-socket.ts';
import {type Hearer, Track} from './framing-track.ts';

export type FramingKit = Kit<typeof framingEvents, string, FramingAsk>;

/** The longest stream that is stepped through: longer ones are the command's. */
export const longestStepped = 64 * 1024;

/** One stream on a bench: given to the decoders chunk by chunk, forwards, backwards, and cut where one likes. */
export class FramingBench {
  readonly #kit: FramingKit;
  readonly #ask: FramingAsk;
  readonly #choices: readonly Choice[];
  readonly #stream: Uint8Array;
  #edges: readonly number[];
  #tracks: readonly Track[] = [];
  #received = 0;
  #eof = false;
  #chosen = 0;
  #socket: SocketStream | undefined;
  #ended = false;

  constructor(kit: FramingKit, ask: FramingAsk, source: {readonly says: string; readonly sent: readonly Uint8Array[]}) {
    this.#kit = kit;
    this.#ask = ask;
    const read = readChoices(ask.decoders, ask.option);
    this.#choices = read.ok ? read.choices : [];
    this.#stream = concat(source.sent);
    const plan = readChunks(ask.chunks);
    this.#edges = edgesOf(typeof plan === 'string' ? {kind: 'network'} : plan, this.#stream.length, source.sent);
    const decoders = this.#choices.map(({name, framing}) => ({
      name,
      framing,
      title: framings[framing].title,
      teaches: framings[framing].teaches,
    }));
    kit.emit('stream', {source: source.says, decoders, via: ask.via, edges: [...this.#edges]}, this.#stream);
    this.#reset();
    this.#tellVerdicts();
  }

  /** Gives the decoders the next chunk; behind the last one comes the end of the stream. */
  async next(): Promise<ActionReply> {
    if (this.#eof) return over;
    const end = this.#edges.find(edge => edge > this.#received);
    if (this.#ask.via === 'socket') return this.#nextOverSocket(end);
    if (end === undefined) return this.eof();
    this.#give(this.#stream.subarray(this.#received, end), [end]);
    return undefined;
  }

  /** All chunks that are left, and the end of the stream. */
  async all(): Promise<ActionReply> {
    if (this.#eof) return over;
    if (this.#ask.via === 'socket') return this.#allOverSocket();
    this.#give(
      this.#stream.subarray(this.#received),
      this.#edges.filter(edge => edge > this.#received),
    );
    return this.eof();
  }

  /** The stream ends here, whatever was still to come. */
  async eof(): Promise<ActionReply> {
    if (this.#eof) return over;
    this.#eof = true;
    const end = this.#received;
    if (this.#socket !== undefined) {
      await this.#socket.end();
      const {text} = await this.#socket.receive();
      this.#kit.emit('received', {start: end, end, edges: [], eof: true, calls: [text]});
    } else this.#kit.emit('received', {start: end, end, edges: [], eof: true});
    for (const track of this.#tracks) this.#kit.emit('verdict', track.end());
    return undefined;
  }

  /** Takes the last chunk back: the decoders start anew and are given all chunks but that one. */
  back(): ActionReply {
    if (this.#ask.via === 'socket')
      return {
        code: 'framing.back',
        says: 'What recv() has given cannot be taken back',
        next: 'Change a field to start over, or choose via memory.',
      };
    if (this.#received === 0) return {code: 'framing.start', says: 'Nothing has been received yet'};
    const to = this.#eof ? this.#received : (this.#edges.findLast(edge => edge < this.#received) ?? 0);
    this.#replay(to, false);
    return undefined;
  }

  /** Cuts the stream at an offset, or joins what was cut there. */
  cut(offset: number): ActionReply {
    if (this.#ask.via === 'socket' && this.#received > 0)
      return {code: 'framing.cut', says: 'Over a socket the cuts are made before the first byte is sent'};
    if (offset <= 0 || offset >= this.#stream.length)
      return {
        code: 'framing.cut',
        says: 'A cut lies between two bytes',
        next: `Choose an offset from 1 to ${this.#stream.length - 1}.`,
      };
    const joined = this.#edges.includes(offset);
    this.#edges = joined
      ? this.#edges.filter(edge => edge !== offset)
      : [...this.#edges, offset].sort((one, other) => one - other);
    const received = this.#edges.findLast(edge => edge <= this.#received) ?? 0;
    this.#replay(this.#eof ? this.#stream.length : received, true);
    return undefined;
  }

  /** The chosen decoder looks for the next frame behind what is malformed. */
  resynchronise(): ActionReply {
    const track = this.#tracks[this.#chosen];
    const why = track?.resynchronise();
    if (why !== undefined) return {code: 'framing.resync', says: why};
    this.#kit.emit('verdict', this.#eof ? track!.end() : track!.verdict());
    return undefined;
  }

  choose(index: number): ActionReply {
    this.#chosen = index % Math.max(1, this.#choices.length);
    this.#kit.emit('chosen', {decoder: this.#chosen});
    return undefined;
  }

  nextDecoder(): ActionReply {
    return this.choose(this.#chosen + 1);
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#socket?.close();
  }

  async #nextOverSocket(end: number | undefined): Promise<ActionReply> {
    const socket = await this.#open();
    if (end === undefined) return this.eof();
    const from = this.#edges.findLast(edge => edge < end) ?? 0;
    await socket.send(this.#stream.subarray(from, end));
    // recv() may give less than was sent: then it is called until this chunk is here.
    while (this.#received < end) {
      const {bytes, text} = await socket.receive();
      if (bytes.length === 0) return lost;
      this.#give(bytes, [this.#received + bytes.length], text);
    }
    return undefined;
  }

  async #allOverSocket(): Promise<ActionReply> {
    const socket = await this.#open();
    const edges = this.#edges.filter(edge => edge > this.#received);
    const pieces = edges.map((edge, at) => this.#stream.subarray(edges[at - 1] ?? this.#received, edge));
    for await (const {bytes, text} of socket.transfer(pieces, this.#ask.delay, this.#kit.signal)) {
      if (bytes.length > 0) this.#give(bytes, [this.#received + bytes.length], text);
      else {
        this.#eof = true;
        this.#kit.emit('received', {start: this.#received, end: this.#received, edges: [], eof: true, calls: [text]});
      }
    }
    for (const track of this.#tracks) this.#kit.emit('verdict', track.end());
    return this.#received < this.#stream.length ? lost : undefined;
  }

  async #open(): Promise<SocketStream> {
    this.#socket ??= await SocketStream.open(this.#kit.world, this.#ask.recvSize);
    if (this.#ended) await this.#socket.close();
    return this.#socket;
  }

  #give(bytes: Uint8Array, edges: readonly number[], call?: string): void {
    const start = this.#received;
    this.#received += bytes.length;
    const calls = call === undefined ? {} : {calls: [call]};
    this.#kit.emit('received', {start, end: this.#received, edges: [...edges], ...calls});
    for (const track of this.#tracks) track.push(bytes);
    this.#tellVerdicts();
  }

  #replay(received: number, edited: boolean): void {
    this.#reset();
    this.#kit.emit('planned', {edges: [...this.#edges], received, edited});
    this.#received = received;
    this.#eof = false;
    for (const track of this.#tracks) if (received > 0) track.push(this.#stream.subarray(0, received));
    this.#tellVerdicts();
  }

  #reset(): void {
    const {emit} = this.#kit;
    const hearer: Hearer = {
      frame: (fields, payload) => emit('frame', fields, payload),
      skipped: fields => emit('skipped', fields),
    };
    this.#tracks = this.#choices.map(
      choice => new Track(choice, {form: this.#ask.payload, brief: false, shown: 200}, hearer),
    );
  }

  #tellVerdicts(): void {
    for (const track of this.#tracks) this.#kit.emit('verdict', track.verdict());
  }
}

const over = {code: 'framing.over', says: 'The stream has ended', next: 'Take a chunk back with p, or change a field.'};
const lost = {
  code: 'framing.lost',
  says: 'The connection ended before all had come',
  next: 'Change a field to start over.',
};
