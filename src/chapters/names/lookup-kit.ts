import type {Actor} from '../../world/actors/actor.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import {lookupError} from '../../world/libc/lookup-errors.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {Kit} from '../contract.ts';
import type {CallFields, lookupEvents} from './lookup-events.ts';
import type {LookupAsk} from './lookup-fields.ts';

export type LookupActions = 'connect' | 'rest' | 'close' | 'sources' | 'lab' | 'again' | 'cancel';
export type LookupKit = Kit<typeof lookupEvents, LookupActions, LookupAsk>;

/** What a call says, as the fields of its event. */
export function callEvent(record: CallRecord, purpose: CallFields['purpose'], row?: number): CallFields {
  const {text, result, errno, seconds} = record;
  const entry = errno === undefined ? undefined : (lookupError(errno) ?? errnoEntry(errno));
  return {
    purpose,
    text,
    result,
    ...(entry !== undefined && {errno: entry.name, means: `${entry.sentence} ${entry.next}`}),
    seconds,
    ...(row !== undefined && {row}),
  };
}

/**
 * The processes that call libc: one for the look-up and the sockets, one whose sources are set (which holds for a whole
 * process). Each is started when it is first needed; whoever is stuck in a look-up is ended with its process.
 */
export class LookupActors {
  readonly #kit: LookupKit;
  readonly #actors = new Map<string, Promise<Actor>>();

  constructor(kit: LookupKit) {
    this.#kit = kit;
  }

  get(name: 'look-up' | 'sources'): Promise<Actor> {
    const known = this.#actors.get(name);
    if (known !== undefined) return known;
    const started = this.#kit.world.actors.start({name});
    this.#actors.set(name, started);
    started.then(
      actor => actor.exited.then(() => this.#forget(name, started)),
      () => this.#forget(name, started),
    );
    return started;
  }

  async stop(): Promise<void> {
    const all = [...this.#actors.values()];
    this.#actors.clear();
    await Promise.all(all.map(started => started.then(actor => actor.stop()).catch(() => undefined)));
  }

  #forget(name: string, started: Promise<Actor>): void {
    if (this.#actors.get(name) === started) this.#actors.delete(name);
  }
}
