import {StructError} from './error.ts';
import type {Plan} from './plan.ts';
import {put} from './put.ts';
import {take} from './take.ts';
import type {Value} from './value.ts';

/** Read every field, item by item. `start + plan.size` is within the bytes. */
export function interpretUnpack(plan: Plan, bytes: Uint8Array, start: number): Value[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: Value[] = [];
  for (const step of plan.steps)
    for (let index = 0; index < step.count; index++)
      values.push(take(view, bytes, start + step.offset + index * step.size, step, plan.profile));
  return values;
}

/**
 * Write every field, item by item, into a span cleared first: as in CPython, a value that fails leaves the earlier
 * ones written and zeros behind them.
 *
 * @throws StructError when a value does not fit its field.
 */
export function interpretPack(plan: Plan, bytes: Uint8Array, start: number, values: ArrayLike<unknown>): void {
  const span = bytes.subarray(start, start + plan.size).fill(0);
  const view = new DataView(span.buffer, span.byteOffset, span.byteLength);
  let at = 0;
  try {
    for (const step of plan.steps)
      for (let index = 0; index < step.count; index++) {
        at = step.first + index;
        put(view, span, step.offset + index * step.size, step, values[at], plan.profile);
      }
  } catch (error) {
    if (error instanceof StructError) error.valueIndex = at;
    throw error;
  }
}
