import {type Problem, ProblemError} from '../../journal/problem.ts';
import {answerPickleRequest} from '../../wire/pickle/batch.ts';
import {type Disassembly, disassemble} from '../../wire/pickle/disassemble.ts';
import {toHex} from '../../wire/text/hex.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {type ActionReply, define, type Kit} from '../contract.ts';
import {integerField, textField} from '../fields.ts';
import {pickleEquivalents} from './pickle-equivalents.ts';
import {type Arrival, listing, pickleFields, problemOf, reportFields, valueFields} from './pickle-look.ts';
import {pickleFields as fields, type PickleAsk, type PickleState, pickleEvents} from './pickle-shape.ts';
import {sourceOf} from './pickle-source.ts';
import {pickleLine} from './pickle-text.ts';

export const pickleExperiment = define({
  id: 'data.pickle',
  title: 'pickle',
  teaches:
    'A pickle is a program for a small stack machine. It ends itself with STOP, and it can import and call anything.',
  opens: 'at once',
  positionals: ['op'],
  rest: 'source',
  withoutRest: '',
  fields,
  events: pickleEvents,
  actions: {
    edit: {
      key: 's',
      title: 'Set a byte',
      hint: 5,
      fields: {
        offset: integerField({label: 'Offset', default: 0, from: 0, to: 100_000_000}),
        value: integerField({label: 'Value', default: 0, from: 0, to: 255}),
      },
      possible: needsBytes,
    },
    protocol: {
      key: 'p',
      title: 'Next protocol',
      hint: 7,
      possible: (state: PickleState) =>
        state.pickle?.origin === 'value' ? true : 'These bytes were not made of a value here: choose dumps in the form',
    },
    after: {
      key: 'a',
      title: 'Put bytes after it',
      hint: 6,
      fields: {
        text: textField({
          label: 'Bytes',
          default: 'blahblahblah',
          hint: 'text with escapes such as \\x00',
          check(typed) {
            const bytes = parseEscapes(typed);
            return bytes.kind === 'error' ? bytes.sentence : undefined;
          },
        }),
      },
      possible: needsBytes,
    },
    cut: {
      key: 'c',
      title: 'Cut off what is left over',
      hint: 4,
      possible: (state: PickleState) =>
        (state.pickle?.leftOver ?? 0) > 0 ? true : 'Nothing is left over after the STOP',
    },
  },
  async run(ask, kit) {
    const bench = new Bench(kit);
    const problem = await bench.answer(ask);
    if (kit.signal.aborted) return;
    if (kit.headless && problem !== undefined) throw new ProblemError(problem);
    kit.whenAsked(asked => void bench.asked(asked));
    kit.handle({
      edit: ({offset, value}: {offset: number; value: number}) => bench.edit(offset, value),
      protocol: () => bench.nextProtocol(),
      after: ({text}: {text: string}) => bench.append(text),
      cut: () => bench.cut(),
    });
    if (!kit.headless) await kit.stopped();
  },
  start: (): PickleState => ({
    pickle: undefined,
    report: undefined,
    value: undefined,
    refused: undefined,
    unread: undefined,
    typed: {},
  }),
  reduce(state, event): PickleState {
    switch (event.kind) {
      case 'pickle': {
        const nothing = {report: undefined, value: undefined, refused: undefined, unread: undefined};
        return {...nothing, pickle: event, typed: event.typed ?? {}};
      }
      case 'unread':
        return {...state, unread: event, typed: {}};
      case 'report':
      case 'value':
      case 'refused':
        return {...state, [event.kind]: event};
      default:
        return state;
    }
  },
  settled: ({typed}) => ({...typed}) as Partial<PickleAsk>,
  line: (event, bytes, ask) => pickleLine(event, bytes, ask.op),
  batch: answerPickleRequest,
  equivalents: pickleEquivalents,
});

function needsBytes(state: PickleState): true | string {
  return state.pickle === undefined ? 'There are no bytes yet: mend the source' : true;
}

/** What may be read: a command takes its time, a pane is to answer while one types. */
const limits = {command: 16 * 2 ** 20, pane: 128 * 1024};

/** Bytes that the form can show in hex. */
const mostTyped = 4096;

/** Holds the last bytes, and looks at them again when something about them changes. */
class Bench {
  readonly #kit: Kit<typeof pickleEvents, string, PickleAsk>;
  #ask: PickleAsk | undefined;
  #bytes: Uint8Array | undefined;
  /** What was put into the form's bytes here, and beside which source: another source is meant to be read in their place. */
  #filled = {hex: '', source: ''};
  /** Reading a file takes time: an answer to an older question is dropped. */
  #asking = new AbortController();

  constructor(kit: Kit<typeof pickleEvents, string, PickleAsk>) {
    this.#kit = kit;
  }

  async answer(asked: PickleAsk): Promise<Problem | undefined> {
    const {world, input, headless} = this.#kit;
    const emptied = asked.hex !== '' && asked.hex === this.#filled.hex && asked.source !== this.#filled.source;
    const ask = emptied ? {...asked, hex: ''} : asked;
    this.#asking.abort();
    this.#asking = new AbortController();
    const {signal} = this.#asking;
    this.#ask = ask;
    const limit = headless ? limits.command : limits.pane;
    const stop = AbortSignal.any([signal, this.#kit.signal]);
    const source = await sourceOf(ask, {files: world.files, input, limit, signal: stop});
    if (stop.aborted) return undefined;
    if (source.ok) {
      const {bytes, origin, name} = source;
      return this.#look(bytes, {
        origin,
        ...(name !== undefined && {name}),
        ...(emptied && ask.op !== 'dumps' && {typed: {hex: ''}}),
      });
    }
    const {code, says, next, errno, mark} = source.problem;
    this.#kit.emit('unread', {
      code,
      says,
      ...(next !== undefined && {next}),
      ...(errno !== undefined && {errno}),
      ...(mark !== undefined && {mark}),
    });
    return source.problem;
  }

  /** The form was edited. When only dumps was left, its bytes are what is looked at now. */
  async asked(ask: PickleAsk): Promise<void> {
    const before = this.#ask;
    const turned = before?.op === 'dumps' && ask.op !== 'dumps' && ask.source === before.source;
    if (!turned || this.#bytes === undefined) return void (await this.answer(ask));
    await this.#take(ask, this.#bytes, 'hex');
  }

  edit(offset: number, value: number): ActionReply | Promise<ActionReply> {
    const bytes = this.#bytes?.slice();
    if (bytes === undefined || offset >= bytes.length)
      return {code: 'pickle.offset', says: `There is no byte ${offset}`, next: 'The offset of the first byte is 0.'};
    bytes[offset] = value;
    return this.#take(this.#ask!, bytes, 'edit');
  }

  append(text: string): ActionReply | Promise<ActionReply> {
    const more = parseEscapes(text);
    if (more.kind === 'error') return {code: 'pickle.escape', says: more.sentence};
    const old = this.#bytes!;
    if (old.length + more.bytes.length > limits.pane)
      return {code: 'pickle.long', says: `A pane holds at most ${limits.pane} bytes`};
    const bytes = new Uint8Array(old.length + more.bytes.length);
    bytes.set(old);
    bytes.set(more.bytes, old.length);
    return this.#take(this.#ask!, bytes, 'edit');
  }

  cut(): Promise<ActionReply> {
    const {consumed} = pickleFields(this.#bytes!, disassemble(this.#bytes!), {origin: 'edit'});
    return this.#take(this.#ask!, this.#bytes!.slice(0, consumed), 'edit');
  }

  async nextProtocol(): Promise<ActionReply> {
    const ask = this.#ask!;
    const protocol = String((Number(ask.protocol) + 1) % 6) as PickleAsk['protocol'];
    const source = await sourceOf(
      {...ask, op: 'dumps', protocol},
      {...this.#kit.world, input: undefined, limit: 0, signal: this.#kit.signal},
    );
    if (!source.ok) return source.problem;
    this.#ask = {...ask, protocol};
    await this.#look(source.bytes, {origin: 'value', typed: {protocol}});
    return undefined;
  }

  /** Bytes that were changed here: the form gets them in hex when they are few. */
  async #take(ask: PickleAsk, bytes: Uint8Array, origin: 'edit' | 'hex'): Promise<undefined> {
    this.#asking.abort();
    const op = ask.op === 'dumps' ? 'dis' : ask.op;
    const typed = bytes.length <= mostTyped ? {op, hex: toHex(bytes)} : {op};
    this.#ask = {...ask, ...typed};
    this.#filled = {hex: typed.hex ?? '', source: ask.source};
    await this.#look(bytes, {origin, typed});
  }

  async #look(bytes: Uint8Array, arrival: Arrival): Promise<Problem | undefined> {
    const {emit, headless} = this.#kit;
    this.#bytes = bytes;
    const {op} = this.#ask!;
    const disassembly = disassemble(bytes);
    emit('pickle', pickleFields(bytes, disassembly, arrival), bytes);
    if (headless && op === 'dis') return this.#list(disassembly);
    if (!headless || op === 'inspect') emit('report', reportFields(bytes));
    if (headless && op !== 'loads') return undefined;
    const loaded = valueFields(bytes, headless);
    if ('repr' in loaded) emit('value', loaded);
    else emit('refused', loaded);
    return 'repr' in loaded ? undefined : problemOf(loaded);
  }

  /** Every opcode as an event of its own, no faster than they are read. */
  async #list(disassembly: Disassembly): Promise<Problem | undefined> {
    const {emit, caughtUp, signal} = this.#kit;
    let count = 0;
    for (const one of listing(disassembly)) {
      if ('offset' in one) emit('opcode', one);
      else emit('disassembled', one);
      if (++count % 512 === 0) await caughtUp();
      if (signal.aborted) return undefined;
    }
    const {error} = disassembly;
    return error === undefined ? undefined : problemOf(error);
  }
}
