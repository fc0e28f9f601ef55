import type {PyValue} from '../python/value.ts';
import {ByteWriter} from './byte-writer.ts';
import {Constants, callFor, isContainer, type Kept} from './dump-constants.ts';
import {
  dumpBool,
  dumpByteArray,
  dumpBytes,
  dumpFloat,
  dumpGlobal,
  dumpInt,
  dumpText,
  op,
  type Protocol,
} from './dump-scalar.ts';
import {isFault} from './fault.ts';
import {HashKeys} from './hash-key.ts';
import type {GlobalReference, Loaded} from './loaded.ts';
import type {OpcodeName} from './opcodes.ts';

export interface DumpOptions {
  /** 0 to 5; 4 is what Python 3.8 to 3.13 write by default. */
  readonly protocol?: Protocol;
  /**
   * What is put into the memo. `shared`, the default: only what is referred to again. `all`: whatever CPython's pickler
   * puts there, so that the bytes of a literal are those that Python writes for it, up to frames of 64 KiB and the order
   * of sets.
   */
  readonly memo?: 'shared' | 'all';
}

/**
 * Writes a value as a pickle that Python loads back equal, shared and recursive parts included.
 * @throws TypeError for what Python could not hold: an unhashable key, a tuple that is directly in itself
 */
export function dumps(value: PyValue, {protocol = 4, memo = 'shared'}: DumpOptions = {}): Uint8Array {
  const body = new Dump(protocol, memo === 'all').write(value as Loaded);
  const out = new ByteWriter();
  if (protocol >= 2) {
    op(out, 'PROTO');
    out.byte(protocol);
  }
  if (protocol >= 4 && body.length >= 4) {
    op(out, 'FRAME');
    out.little(body.length, 8);
  }
  out.bytes(body);
  return out.finish();
}

type Compound = Extract<Loaded, {t: 'list' | 'tuple' | 'set' | 'frozenset' | 'dict' | 'bytearray'}>;
type Task = Loaded | {readonly run: () => void};

/** How many items are put on Python's stack at a time. */
const batch = 1000;

class Dump {
  readonly #out = new ByteWriter();
  readonly #protocol: Protocol;
  readonly #memo = new Map<Loaded, number>();
  readonly #constants: Constants | undefined;
  readonly #open = new Map<Compound, number>();
  readonly #tasks: Task[] = [];
  #shared: ReadonlySet<Compound> = new Set();

  constructor(protocol: Protocol, all: boolean) {
    this.#protocol = protocol;
    this.#constants = all ? new Constants() : undefined;
  }

  write(value: Loaded): Uint8Array {
    this.#shared = sharedParts(value);
    this.#tasks.push(value);
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop())
      if ('run' in task) task.run();
      else this.#begin(task);
    op(this.#out, 'STOP');
    return this.#out.finish();
  }

  #begin(given: Loaded): void {
    const [out, protocol] = [this.#out, this.#protocol];
    const value = this.#constants?.same(given) ?? given;
    if (value.t === 'none') op(out, 'NONE');
    else if (value.t === 'bool') dumpBool(out, value.v, protocol);
    else if (value.t === 'int') dumpInt(out, value.v, protocol);
    else if (value.t === 'float') dumpFloat(out, value.v, protocol);
    else if (this.#constants !== undefined && !isContainer(value)) this.#beginKept(value, this.#constants);
    else if (value.t === 'str') dumpText(out, value, protocol);
    else if (value.t === 'bytes') dumpBytes(out, value.v, protocol);
    else if (value.t === 'ellipsis') dumpGlobal(out, 'builtins', 'Ellipsis', protocol);
    else if (value.t === 'global') dumpGlobal(out, value.module, value.name, protocol);
    else if (this.#memo.has(value)) this.#recall(value);
    else this.#beginCompound(value);
  }

  /** As CPython's pickler does it: texts, bytes, constructors and the arguments of calls are all put into the memo. */
  #beginKept(value: Kept, constants: Constants): void {
    const [out, protocol] = [this.#out, this.#protocol];
    if (this.#memo.has(value)) this.#recall(value);
    else if (value.t === 'str') {
      dumpText(out, value, protocol);
      this.#memoize(value);
    } else if (value.t === 'ellipsis') this.#beginKept(constants.global('builtins', 'Ellipsis'), constants);
    else if (value.t === 'global') this.#beginGlobal(value);
    else if (protocol >= (value.t === 'bytes' ? 3 : 5)) {
      (value.t === 'bytes' ? dumpBytes : dumpByteArray)(out, value.v, protocol);
      this.#memoize(value);
    } else this.#beginCall(value, ...callFor(value, constants));
  }

  #beginGlobal(value: GlobalReference): void {
    const {module, name} = value;
    if (this.#protocol < 4) {
      dumpGlobal(this.#out, module, name, this.#protocol);
      this.#memoize(value);
    } else {
      this.#after(value, 'STACK_GLOBAL');
      this.#tasks.push({t: 'str', v: name}, {t: 'str', v: module});
    }
  }

  #beginCall(value: Kept | Compound, callee: GlobalReference, parameters: readonly Loaded[]): void {
    this.#after(value, 'REDUCE');
    const tuple: Loaded = {t: 'tuple', v: parameters};
    this.#tasks.push(this.#constants?.fresh(tuple) ?? tuple, callee);
  }

  #beginCompound(value: Compound): void {
    if (value.t === 'bytearray') {
      dumpByteArray(this.#out, value.v, this.#protocol);
      this.#memoize(value);
    } else if (value.t === 'tuple') this.#beginTuple(value);
    else if ((value.t === 'set' || value.t === 'frozenset') && this.#protocol < 4) this.#beginSetCall(value);
    else if (value.t === 'frozenset') this.#beginFrozenSet(value);
    else this.#beginGrowing(value);
  }

  /** A list, dict or set is put into the memo while it is empty, so that it can be found inside itself. */
  #beginGrowing(value: Extract<Compound, {t: 'list' | 'dict' | 'set'}>): void {
    if (this.#protocol > 0 || value.t === 'set') this.#ops(growing[value.t].empty);
    else this.#ops('MARK', value.t === 'list' ? 'LIST' : 'DICT');
    this.#memoize(value);
    const {one, many} = growing[value.t];
    const flat = value.t === 'dict' ? flatten(value.v) : value.v;
    const step = value.t === 'dict' ? 2 : 1;
    const size = this.#protocol === 0 ? step : batch * step;
    for (let end = flat.length; end > 0; ) {
      const start = end - (end % size || size);
      const single = one !== undefined && end - start === step;
      this.#tasks.push({run: () => this.#ops(single ? one : many)});
      for (let at = end - 1; at >= start; at -= 1) this.#tasks.push(flat[at]!);
      if (!single) this.#tasks.push({run: () => this.#ops('MARK')});
      end = start;
    }
  }

  /** A tuple is made after its items. If one of them has led back to it, it is there already and the items go. */
  #beginTuple(value: Extract<Compound, {t: 'tuple'}>): void {
    const depth = (this.#open.get(value) ?? 0) + 1;
    if (depth > 2) throw new TypeError('A tuple cannot hold itself except through a list or a dict.');
    this.#open.set(value, depth);
    const count = value.v.length;
    const close = this.#closing(count);
    if (close === undefined) this.#ops('MARK');
    this.#tasks.push({
      run: () => {
        this.#open.set(value, depth - 1);
        if (this.#memo.has(value)) this.#replaceItems(value, close);
        else {
          this.#ops(close ?? 'TUPLE');
          if (count > 0 || this.#constants === undefined) this.#memoize(value);
        }
      },
    });
    for (let at = count - 1; at >= 0; at -= 1) this.#tasks.push(value.v[at]!);
  }

  #closing(count: number): OpcodeName | undefined {
    if (count === 0 && this.#protocol > 0) return 'EMPTY_TUPLE';
    return this.#protocol >= 2 ? small[count] : undefined;
  }

  #replaceItems(value: Extract<Compound, {t: 'tuple'}>, close: OpcodeName | undefined): void {
    if (close === undefined && this.#protocol > 0) this.#ops('POP_MARK');
    else for (let left = value.v.length + (close === undefined ? 1 : 0); left > 0; left -= 1) this.#ops('POP');
    this.#recall(value);
  }

  #beginFrozenSet(value: Extract<Compound, {t: 'frozenset'}>): void {
    this.#ops('MARK');
    this.#after(value, 'FROZENSET');
    for (let at = value.v.length - 1; at >= 0; at -= 1) this.#tasks.push(value.v[at]!);
  }

  /** Protocols that have no opcode for sets call the constructor with a list. */
  #beginSetCall(value: Extract<Compound, {t: 'set' | 'frozenset'}>): void {
    const items: Loaded = {t: 'list', v: value.v};
    if (this.#constants !== undefined) this.#beginCall(value, this.#constants.global('builtins', value.t), [items]);
    else {
      dumpGlobal(this.#out, 'builtins', value.t, this.#protocol);
      this.#ops('MARK');
      this.#after(value, 'TUPLE', 'REDUCE');
      this.#tasks.push(items);
    }
  }

  #after(value: Loaded, ...names: readonly OpcodeName[]): void {
    this.#tasks.push({
      run: () => {
        this.#ops(...names);
        this.#memoize(value);
      },
    });
  }

  #memoize(value: Loaded): void {
    if (this.#constants === undefined && !this.#shared.has(value as Compound)) return;
    const key = this.#memo.size;
    this.#memo.set(value, key);
    if (this.#protocol >= 4) this.#ops('MEMOIZE');
    else this.#numbered('PUT', key);
  }

  #recall(value: Loaded): void {
    this.#numbered('GET', this.#memo.get(value)!);
  }

  #numbered(what: 'PUT' | 'GET', key: number): void {
    if (this.#protocol === 0) {
      this.#ops(what);
      this.#out.latin1(`${key}\n`);
    } else {
      this.#ops(key <= 0xff ? `BIN${what}` : `LONG_BIN${what}`);
      this.#out.little(key, key <= 0xff ? 1 : 4);
    }
  }

  #ops(...names: readonly OpcodeName[]): void {
    for (const name of names) op(this.#out, name);
  }
}

const small: readonly (OpcodeName | undefined)[] = [undefined, 'TUPLE1', 'TUPLE2', 'TUPLE3'];

const growing = {
  list: {empty: 'EMPTY_LIST', one: 'APPEND', many: 'APPENDS'},
  dict: {empty: 'EMPTY_DICT', one: 'SETITEM', many: 'SETITEMS'},
  set: {empty: 'EMPTY_SET', one: undefined, many: 'ADDITEMS'},
} as const satisfies Record<string, {empty: OpcodeName; one: OpcodeName | undefined; many: OpcodeName}>;

/**
 * The containers and bytearrays that the memo must hold: those that are referred to more than once, and where a tuple
 * is inside itself, every list and dict, for one of them is on the way round. Throws when a key is none.
 */
function sharedParts(root: Loaded): ReadonlySet<Compound> {
  const state = new Map<Compound, 'open' | 'done'>();
  const shared = new Set<Compound>();
  const keys = new HashKeys();
  let knotted = false;
  const pending: (Loaded | {readonly leave: Compound})[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if ('leave' in value) state.set(value.leave, 'done');
    if ('leave' in value || !isCompound(value)) continue;
    if (state.has(value)) {
      shared.add(value);
      knotted ||= value.t === 'tuple' && state.get(value) === 'open';
      continue;
    }
    state.set(value, 'open');
    pending.push({leave: value});
    if (value.t === 'bytearray') continue;
    if (value.t === 'dict') for (const [key] of value.v) check(key, keys);
    else if (value.t === 'set' || value.t === 'frozenset') for (const item of value.v) check(item, keys);
    for (const item of value.t === 'dict' ? flatten(value.v) : value.v) pending.push(item);
  }
  if (knotted) for (const value of state.keys()) if (value.t === 'list' || value.t === 'dict') shared.add(value);
  return shared;
}

function check(key: Loaded, keys: HashKeys): void {
  const number = keys.of(key);
  if (isFault(number)) throw new TypeError(`Python would refuse this as a key: ${number.message}.`);
}

function flatten(entries: readonly (readonly [Loaded, Loaded])[]): Loaded[] {
  const flat: Loaded[] = [];
  for (const [key, item] of entries) flat.push(key, item);
  return flat;
}

function isCompound(value: Loaded): value is Compound {
  return 'v' in value && (Array.isArray(value.v) || value.t === 'bytearray');
}
