import type {PyValue} from '../python/value.ts';
import type {GlobalReference, Loaded} from './loaded.ts';
import {latin1} from './python-text.ts';
import {represent} from './represent.ts';

/** What is no container and is put into the memo by CPython's pickler. */
export type Kept = Extract<Loaded, {t: 'str' | 'bytes' | 'bytearray' | 'ellipsis' | 'global'}>;

/**
 * CPython keeps one object for all equal constants of a piece of code: texts, bytes, and tuples of nothing but
 * constants. Its pickler writes such an object once and then refers to it.
 */
export class Constants {
  readonly #known = new Map<string, Loaded>();
  readonly #globals = new Map<string, GlobalReference>();
  readonly #fresh = new Set<Loaded>();

  /** The first value equal to this one, which CPython has in its place. */
  same(value: Loaded): Loaded {
    if (this.#fresh.has(value)) return value;
    if (value.t !== 'str' && value.t !== 'bytes' && !(value.t === 'tuple' && isConstant(value))) return value;
    const key = represent(value as PyValue);
    const known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, value);
    return known ?? value;
  }

  /** What the pickler makes while it works is an object of its own, whatever it is equal to. */
  fresh<T extends Loaded>(value: T): T {
    this.#fresh.add(value);
    return value;
  }

  /** One reference to each constructor. */
  global(module: string, name: string): GlobalReference {
    const path = `${module}.${name}`;
    const reference = this.#globals.get(path) ?? {t: 'global', module, name, offset: -1};
    this.#globals.set(path, reference);
    return reference;
  }
}

/** The call that makes bytes before protocol 3 and a bytearray before protocol 5. */
export function callFor(
  value: Extract<Loaded, {t: 'bytes' | 'bytearray'}>,
  constants: Constants,
): [callee: GlobalReference, parameters: readonly Loaded[]] {
  if (value.v.length === 0) return [constants.global('builtins', value.t), []];
  if (value.t === 'bytearray')
    return [constants.global('builtins', 'bytearray'), [constants.fresh({t: 'bytes', v: value.v})]];
  const text = {t: 'str', v: latin1(value.v)} as const;
  // Of each text of one character up to U+00FF there is a single object (of letters, since 3.12).
  const made = value.v.length === 1 ? text : constants.fresh(text);
  return [constants.global('_codecs', 'encode'), [made, {t: 'str', v: 'latin1'}]];
}

export function isContainer(value: Loaded): value is Extract<Loaded, {v: readonly unknown[]}> {
  return 'v' in value && Array.isArray(value.v);
}

/** A list, dict or set can change, so each is an object of its own, and so is a tuple that holds one. */
function isConstant(tuple: Extract<Loaded, {t: 'tuple'}>): boolean {
  const pending: Loaded[] = [...tuple.v];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (item.t === 'tuple') for (const inner of item.v) pending.push(inner);
    else if (isContainer(item) || item.t === 'bytearray' || item.t === 'global') return false;
  }
  return true;
}
