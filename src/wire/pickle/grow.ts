import {fault, isFault, type PickleFault} from './fault.ts';
import {HashKeys} from './hash-key.ts';
import {type Loaded, typeNameOf} from './loaded.ts';
import type {ContainerType} from './machine.ts';

/** Makes and fills containers as Python does: keys must be hashable, and a key or item that is there already stays. */
export class Grower {
  readonly #keys = new HashKeys();
  /** Where in a dict or set each key is. */
  readonly #places = new Map<Loaded, Map<number, number>>();

  container(type: ContainerType, items: readonly Loaded[]): Loaded | PickleFault {
    const stray = items.find(item => item.t === 'global');
    if (stray !== undefined) return misplaced(stray);
    if (type === 'list' || type === 'tuple') return {t: type, v: [...items]};
    if (type === 'dict') {
      const dict: Loaded = {t: 'dict', v: []};
      return this.#store(dict, items) ?? dict;
    }
    const set: Growing = {t: type, v: []};
    return this.#add(set, items) ?? set;
  }

  /** `append`, `extend`, `__setitem__`, `add` or `update` of the object, or Python's complaint that it has none. */
  extend(how: 'append' | 'set' | 'add', target: Loaded, items: readonly Loaded[]): PickleFault | undefined {
    const stray = [target, ...items].find(item => item.t === 'global');
    if (stray !== undefined) return misplaced(stray);
    if (how === 'append') return append(target, items);
    if (how === 'add') return target.t === 'set' ? this.#add(target, items) : lacks(target, 'add');
    return target.t === 'dict' ? this.#store(target, items) : assign(target, items);
  }

  #store(dict: Extract<Loaded, {t: 'dict'}>, items: readonly Loaded[]): PickleFault | undefined {
    const places = this.#placesOf(dict);
    for (let at = 0; at + 1 < items.length; at += 2) {
      const number = this.#keys.of(items[at]!);
      if (isFault(number)) return number;
      const place = places.get(number);
      if (place !== undefined) dict.v[place]![1] = items[at + 1]!;
      else places.set(number, dict.v.push([items[at]!, items[at + 1]!]) - 1);
    }
    return undefined;
  }

  #add(set: Growing, items: readonly Loaded[]): PickleFault | undefined {
    const places = this.#placesOf(set);
    for (const item of items) {
      const number = this.#keys.of(item);
      if (isFault(number)) return number;
      if (!places.has(number)) places.set(number, set.v.push(item) - 1);
    }
    return undefined;
  }

  #placesOf(container: Loaded): Map<number, number> {
    const places = this.#places.get(container) ?? new Map<number, number>();
    this.#places.set(container, places);
    return places;
  }
}

type Growing = Extract<Loaded, {t: 'set' | 'frozenset'}>;

/** A class where a value should be: nothing plain holds one. */
export function misplaced(stray: Extract<Loaded, {t: 'global'}>): PickleFault {
  const message = `It would import ${stray.module}.${stray.name}, and only plain values are loaded. Inspect it instead.`;
  return {...fault('Refused', message), offset: stray.offset};
}

function append(target: Loaded, items: readonly Loaded[]): PickleFault | undefined {
  if (target.t === 'list') for (const item of items) target.v.push(item);
  else if (target.t === 'bytearray') return appendBytes(target, items);
  else return lacks(target, 'append');
  return undefined;
}

function appendBytes(target: Extract<Loaded, {t: 'bytearray'}>, items: readonly Loaded[]): PickleFault | undefined {
  const bytes = items.map(byteOf);
  const problem = bytes.find(isFault);
  if (problem !== undefined) return problem;
  const grown = new Uint8Array(target.v.length + bytes.length);
  grown.set(target.v);
  grown.set(bytes as number[], target.v.length);
  (target as {v: Uint8Array}).v = grown;
  return undefined;
}

/** Lists and bytearrays take integers for keys, within their length. */
function assign(target: Loaded, items: readonly Loaded[]): PickleFault | undefined {
  const type = typeNameOf(target);
  if (target.t !== 'list' && target.t !== 'bytearray')
    return fault('TypeError', `'${type}' object does not support item assignment`);
  for (let at = 0; at + 1 < items.length; at += 2) {
    const key = integer(items[at]!);
    if (key === undefined) {
      const wanted = `${type} indices must be integers or slices, not ${typeNameOf(items[at]!)}`;
      return fault('TypeError', wanted);
    }
    const index = Number(key < 0n ? key + BigInt(target.v.length) : key);
    if (index < 0 || index >= target.v.length) {
      const name = target.t === 'list' ? 'list assignment' : 'bytearray';
      return fault('IndexError', `${name} index out of range`);
    }
    if (target.t === 'list') target.v[index] = items[at + 1]!;
    else {
      const byte = byteOf(items[at + 1]!);
      if (isFault(byte)) return byte;
      target.v[index] = byte;
    }
  }
  return undefined;
}

function byteOf(value: Loaded): number | PickleFault {
  const number = integer(value);
  if (number === undefined)
    return fault('TypeError', `'${typeNameOf(value)}' object cannot be interpreted as an integer`);
  if (number < 0n || number > 255n) return fault('ValueError', 'byte must be in range(0, 256)');
  return Number(number);
}

function integer(value: Loaded): bigint | undefined {
  if (value.t === 'bool') return value.v ? 1n : 0n;
  return value.t === 'int' ? value.v : undefined;
}

function lacks(target: Loaded, method: string): PickleFault {
  return fault('AttributeError', `'${typeNameOf(target)}' object has no attribute '${method}'`);
}
