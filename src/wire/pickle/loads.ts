import type {PyValue} from '../python/value.ts';
import type {Constant} from './argument.ts';
import {callConstructor, isEllipsis, isKnownConstructor} from './constructors.ts';
import {at, fault, isFault, type PickleFault} from './fault.ts';
import {Grower, misplaced} from './grow.ts';
import {type Loaded, typeNameOf} from './loaded.ts';
import {type ContainerType, type Domain, defaultLimits, type Limits, Machine, type Running} from './machine.ts';

export interface LoadedPickle {
  readonly kind: 'loaded';
  readonly value: PyValue;
  /** Bytes that belong to the pickle: it ends at its STOP. */
  readonly consumed: number;
  /** The bytes after it, not copied. */
  readonly rest: Uint8Array;
}

export interface LoadOptions extends Partial<Limits> {
  /** Where the pickle starts. */
  readonly start?: number;
}

/**
 * Reads one pickle of plain values: None, bool, int, float, str, bytes, bytearray, list, tuple, dict, set, frozenset,
 * shared and recursive ones included. Nothing is ever imported or called: a pickle that asks for it is refused (class
 * `Refused`), and one that CPython's unpickler would not read fails with the class and the words of its exception.
 * A `str` whose surrogates would join in JavaScript carries its code points in `points` besides.
 */
export function loads(bytes: Uint8Array, options: LoadOptions = {}): LoadedPickle | PickleFault {
  const start = options.start ?? 0;
  const machine = new Machine(new ValueDomain(), {...defaultLimits, ...options});
  const outcome = machine.run(bytes, start);
  if (isFault(outcome)) return outcome;
  if (outcome.value.t === 'global') return misplaced(outcome.value);
  // No container holds a class, so this is a plain value throughout.
  const value = outcome.value as PyValue;
  return {kind: 'loaded', value, consumed: outcome.next - start, rest: bytes.subarray(outcome.next)};
}

/** Real values; whoever wants to import anything but the known constructors is refused. */
class ValueDomain implements Domain<Loaded> {
  readonly #grower = new Grower();

  protocol(): void {}

  constant(value: Constant): Loaded {
    // A bytearray may grow: it must not write into the input.
    return value.t === 'bytearray' || value.t === 'bytes' ? {t: value.t, v: value.v.slice()} : value;
  }

  container(type: ContainerType, items: readonly Loaded[]): Loaded | PickleFault {
    // A tuple of arguments may hold a class only as far as the call; none of the known calls takes one.
    return this.#grower.container(type, items);
  }

  extend(how: 'append' | 'set' | 'add', target: Loaded, items: readonly Loaded[]): PickleFault | undefined {
    return this.#grower.extend(how, target, items);
  }

  import(module: Loaded | string, name: Loaded | string, {offset, protocol}: Running): Loaded | PickleFault {
    const [home, attribute] = [textIn(module), textIn(name)];
    if (home === undefined || attribute === undefined) return fault('UnpicklingError', 'STACK_GLOBAL requires str');
    if (isEllipsis(home, attribute, protocol)) return {t: 'ellipsis'};
    const reference = {t: 'global', module: home, name: attribute, offset} as const;
    return isKnownConstructor(home, attribute, protocol) ? reference : misplaced(reference);
  }

  extension(code: bigint): PickleFault {
    if (code <= 0n) return fault('UnpicklingError', 'EXT specifies code <= 0');
    return fault('ValueError', `unregistered extension code ${code}`);
  }

  persistent(): PickleFault {
    return fault(
      'UnpicklingError',
      'A load persistent id instruction was encountered, but no persistent_load function was specified.',
    );
  }

  call(callee: Loaded, parameters: Loaded, _keywords: Loaded | undefined, {opcode}: Running): Loaded | PickleFault {
    if (opcode.name !== 'REDUCE') {
      if (callee.t === 'global') return misplaced(callee);
      const name = typeNameOf(callee);
      return fault('UnpicklingError', `${opcode.name} class argument must be a type, not ${name}`);
    }
    if (parameters.t !== 'tuple') return fault('TypeError', 'argument list must be a tuple');
    if (callee.t === 'global') return callConstructor(callee, parameters.v, this.#grower);
    return fault('TypeError', `'${typeNameOf(callee)}' object is not callable`);
  }

  instantiate(callee: Loaded): PickleFault {
    if (callee.t === 'global') return misplaced(callee);
    return fault('TypeError', `'${typeNameOf(callee)}' object is not callable`);
  }

  build(target: Loaded, state: Loaded): PickleFault | undefined {
    if (target.t === 'global') return misplaced(target);
    const pair = state.t === 'tuple' && state.v.length === 2 ? state.v : undefined;
    const [attributes, slots] = pair === undefined ? [state, undefined] : [pair[0]!, pair[1]!];
    if (attributes.t !== 'none') {
      if (attributes.t !== 'dict') return fault('UnpicklingError', 'state is not a dictionary');
      return fault('AttributeError', `'${typeNameOf(target)}' object has no attribute '__dict__'`);
    }
    if (slots === undefined || slots.t === 'none') return undefined;
    if (slots.t !== 'dict') return fault('UnpicklingError', 'slot state is not a dictionary');
    if (slots.v.length === 0) return undefined;
    return fault('AttributeError', `'${typeNameOf(target)}' object takes no attributes`);
  }

  buffer(): PickleFault {
    return fault('UnpicklingError', 'pickle stream refers to out-of-band data but no *buffers* argument was given');
  }

  readonly(target: Loaded, {offset}: Running): Loaded | PickleFault {
    if (target.t === 'bytes') return target;
    if (target.t === 'bytearray')
      return at(offset, fault('Refused', 'It makes a memoryview of a bytearray, which is no plain value.'));
    return fault('TypeError', `memoryview: a bytes-like object is required, not '${typeNameOf(target)}'`);
  }

  forgive(): undefined {
    return undefined;
  }
}

function textIn(value: Loaded | string): string | undefined {
  if (typeof value === 'string') return value;
  return value.t === 'str' ? value.v : undefined;
}
