import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {addressText} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {OptionValue} from '../../world/libc/options/codec.ts';
import {optionLevels, type SocketOption} from '../../world/libc/options/option.ts';
import {findOption} from '../../world/libc/options/table.ts';
import type {ActionReply, Kit} from '../contract.ts';
import {must} from './call-problems.ts';
import {type CallTeller, tellCalls} from './calls.ts';
import type {OptionFields, optionsEvents} from './options-events.ts';
import {type OptionsAsk, unknownOption, wantedOptions} from './options-fields.ts';
import {sameValue, senseOf, whyNotSet} from './options-sense.ts';
import {openSocket} from './options-sockets.ts';
import {optionText, plainValue, readOptionValue} from './options-value.ts';

type OptionsKit = Pick<Kit<typeof optionsEvents>, 'world' | 'now' | 'emit'>;

/** Measurements: they differ each time somebody looks, and nobody has set them. */
const restless = ['TCP_INFO', 'SO_MEMINFO', 'TCP_CC_INFO', 'TCP_TIMESTAMP', 'SO_INCOMING_CPU'];

/** What getsockopt() gave. */
type Reading = {readonly value: OptionValue | undefined; readonly errno: string | undefined};

/** A process with the one socket, and what was read of it last. */
export class OptionsSession {
  readonly #kit: OptionsKit;
  readonly #ask: OptionsAsk;
  readonly #teller: CallTeller;
  readonly #seen = new Map<string, string>();
  #actor: Actor | undefined;
  #fd = -1;
  /** Settings one after the other: each is read before and after. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(kit: OptionsKit, ask: OptionsAsk) {
    this.#kit = kit;
    this.#ask = ask;
    this.#teller = tellCalls(kit, name => name !== 'getsockopt');
  }

  async open(): Promise<void> {
    const {kind} = this.#ask;
    const actor = await this.#kit.world.actors.start({name: 'holder', onEvent: event => this.#teller.onEvent(event)});
    this.#actor = actor;
    this.#fd = await openSocket(actor, kind);
    const {address: local} = await must(actor.call('getsockname', [this.#fd]));
    const remote = kind === 'connected' ? (await must(actor.call('getpeername', [this.#fd]))).address : undefined;
    this.#kit.emit('socket', {
      of: kind,
      fd: this.#fd,
      local: local === undefined ? '' : addressText(local),
      ...(remote !== undefined && {remote: addressText(remote)}),
    });
    await this.read();
  }

  /** Reads all that is listed, and tells what is new or has changed. */
  async read(): Promise<void> {
    for (const option of wantedOptions(this.#ask)) this.#tell(option, await this.#get(option));
  }

  set(name: string, typed: string): Promise<ActionReply> {
    const work = this.#turn.then(() => this.#set(name, typed));
    this.#turn = work.catch(() => undefined);
    return work;
  }

  async close(): Promise<void> {
    this.#teller.close();
    await this.#actor?.stop();
  }

  async #set(name: string, typed: string): Promise<ActionReply> {
    const option = findOption(name.trim().toUpperCase());
    if (option === undefined) return {code: 'tcp.options.name', ...unknownOption(name)};
    const read = readOptionValue(option, typed);
    if (!read.ok)
      return {
        code: 'tcp.options.value',
        says: `${option.name}: ${read.says}`,
        ...(read.next !== undefined && {next: read.next}),
      };
    const before = await this.#get(option);
    this.#tell(option, before);
    const record = await this.#actor!.call('setsockopt', [this.#fd, option.name, read.value]);
    const after = await this.#get(option);
    const {errno, result} = record;
    const why = errno === undefined ? undefined : whyNotSet(option, errno);
    this.#kit.emit('set', {
      name: option.name,
      level: option.level,
      asked: optionText(option, read.value),
      result,
      ...(why !== undefined && {errno, means: `${why.says}. ${why.next}`}),
      before: readingText(option, before),
      after: readingText(option, after),
      kept: errno === undefined && after.value !== undefined && sameValue(read.value, after.value),
      says: why === undefined ? senseOf(option, read.value, after.value) : `${why.says}.`,
    });
    this.#tell(option, after);
    // Some options are two sides of one thing, and change together.
    await this.read();
    return why === undefined ? undefined : {code: 'tcp.options.set', errno: errno!, ...why};
  }

  async #get(option: SocketOption): Promise<Reading> {
    const {value, errno} = await this.#actor!.call('getsockopt', [this.#fd, option.name]);
    return {value, errno};
  }

  #tell(option: SocketOption, reading: Reading): void {
    const text = readingText(option, reading);
    const seen = this.#seen.get(option.name);
    if (seen === text || (seen !== undefined && restless.includes(option.name))) return;
    this.#seen.set(option.name, text);
    this.#kit.emit('option', {...described(option, reading), text, changed: seen !== undefined});
  }
}

function readingText(option: SocketOption, {value, errno}: Reading): string {
  return value === undefined ? (errno ?? '(too short)') : optionText(option, value);
}

function described(option: SocketOption, {value, errno}: Reading): Omit<OptionFields, 'text' | 'changed'> {
  const {level, name, number, type, settable, purpose} = option;
  const error = errno === undefined ? undefined : errnoEntry(errno);
  return {
    level,
    levelNumber: optionLevels[level],
    name,
    number,
    type,
    settable,
    purpose,
    ...(value !== undefined && {value: plainValue(value)}),
    ...(error !== undefined && {errno: error.name, means: `${error.sentence} ${error.next}`}),
  };
}

/** For a command, which ends with the first setting that fails. */
export function orThrow(reply: ActionReply): void {
  if (reply !== undefined) throw new ProblemError(reply);
}
