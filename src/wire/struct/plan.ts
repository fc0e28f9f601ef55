import type {CodeKind} from './codes.ts';
import type {Format, Run} from './format.ts';
import type {IntegerCode, Profile} from './range.ts';

/** A run of equal fields, ready to execute: neighbours of the same code are one step. */
export interface Step extends IntegerCode {
  readonly kind: CodeKind;
  readonly offset: number;
  /** Bytes of one item; for `s` and `p` the count. */
  readonly size: number;
  readonly count: number;
  /** Index of the first value. */
  readonly first: number;
}

/** What is executed: by `interpret.ts` item by item, or by the code that `generate.ts` writes. */
export interface Plan {
  readonly size: number;
  readonly items: number;
  readonly steps: readonly Step[];
  readonly profile: Profile;
}

/** Undefined for a format larger than any buffer: nothing of it is ever executed. */
export function makePlan(format: Format, profile: Profile): Plan | undefined {
  if (format.size > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const steps: Step[] = [];
  let first = 0;
  for (const run of format.runs) {
    if (run.items === 0n) continue;
    const step = makeStep(run, format, first);
    first += step.count;
    const last = steps.at(-1);
    if (last !== undefined && continues(last, step))
      steps[steps.length - 1] = {...last, count: last.count + step.count};
    else steps.push(step);
  }
  return {size: Number(format.size), items: first, steps, profile};
}

function makeStep(run: Run, format: Format, first: number): Step {
  const {code, kind} = run.code;
  const bits = run.itemSize * 8n;
  // A pointer takes the negative half of a signed 64-bit integer as well as the unsigned range.
  const signed = kind === 'signed' || kind === 'pointer';
  const integer = signed || kind === 'unsigned';
  return {
    code,
    kind,
    little: format.little,
    native: format.native,
    offset: Number(run.offset),
    size: Number(run.itemSize),
    count: Number(run.items),
    first,
    min: integer && signed ? -(2n ** (bits - 1n)) : 0n,
    max: integer ? 2n ** (kind === 'signed' ? bits - 1n : bits) - 1n : 0n,
  };
}

function continues(last: Step, next: Step): boolean {
  const counted = next.kind !== 'bytes' && next.kind !== 'pascal';
  return counted && next.code === last.code && next.offset === last.offset + last.count * last.size;
}
