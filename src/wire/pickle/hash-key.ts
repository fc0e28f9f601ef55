import {fault, isFault, type PickleFault} from './fault.ts';
import type {Loaded} from './loaded.ts';
import {latin1} from './python-text.ts';

/**
 * Numbers values so that two have the same number exactly when Python takes them for the same key of a dict:
 * 1, 1.0 and True do. Tuples and frozensets are numbered once each, so that what is shared costs nothing again.
 */
export class HashKeys {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<Loaded, number>();
  #nans = 0;

  /** The number, or Python's complaint when the value cannot be a key. */
  of(value: Loaded): number | PickleFault {
    const pending: Loaded[] = [value];
    for (;;) {
      const next = pending.at(-1)!;
      if (!isNest(next)) {
        const spelling = this.#spell(next);
        if (isFault(spelling)) return spelling;
        this.#learn(next, spelling);
      } else {
        const missing = next.v.filter(item => !this.#known.has(item));
        if (missing.length > 0) {
          for (const item of missing) pending.push(item);
          continue;
        }
        this.#learn(next, this.#spellNest(next));
      }
      pending.pop();
      if (pending.length === 0) return this.#known.get(value)!;
    }
  }

  #learn(value: Loaded, spelling: string): void {
    const number = this.#numbers.get(spelling) ?? this.#numbers.size;
    this.#numbers.set(spelling, number);
    this.#known.set(value, number);
  }

  #spellNest(value: Nest): string {
    const numbers = value.v.map(item => this.#known.get(item)!);
    return value.t === 'tuple' ? `t${numbers.join()}` : `z${[...new Set(numbers)].sort((a, b) => a - b).join()}`;
  }

  #spell(value: Exclude<Loaded, Nest>): string | PickleFault {
    switch (value.t) {
      case 'none':
      case 'ellipsis':
        return value.t;
      case 'bool':
        return value.v ? 'i1' : 'i0';
      case 'int':
        return `i${value.v.toString(16)}`;
      case 'float':
        // Two NaNs are never equal; Python finds one again only by being the same object.
        if (Number.isNaN(value.v)) return `nan${this.#nans++}`;
        return Number.isInteger(value.v) ? `i${BigInt(value.v).toString(16)}` : `f${value.v}`;
      case 'str':
        return 'points' in value && value.points ? `p${value.points.join()}` : `s${value.v}`;
      case 'bytes':
        return `b${latin1(value.v)}`;
      case 'global':
        return `g${value.module}\n${value.name}`;
      default:
        return fault('TypeError', `unhashable type: '${value.t}'`);
    }
  }
}

type Nest = Extract<Loaded, {t: 'tuple' | 'frozenset'}>;

function isNest(value: Loaded): value is Nest {
  return value.t === 'tuple' || value.t === 'frozenset';
}
