import {generateReader, type Reader} from './generate-read.ts';
import {generateWriter, type Writer} from './generate-write.ts';
import {interpretPack, interpretUnpack} from './interpret.ts';
import type {Plan} from './plan.ts';
import type {Value} from './value.ts';

/**
 * How a format is executed: by JavaScript written for it (quick), or item by item from its plan (where code generation
 * is disallowed, for formats too long to write out, and on request). Both give the same answers.
 */
export type Mode = 'generated' | 'interpreted';

/** A format of more runs than this is interpreted: the code for it would not be worth compiling. */
const longestGenerated = 64;

export function chooseMode(plan: Plan, wanted: Mode | undefined): Mode {
  // A `0p` is an error or an oddity in every profile, which only the interpreter knows.
  const odd = plan.steps.some(step => step.kind === 'pascal' && step.size === 0);
  if (wanted === 'interpreted' || odd || plan.steps.length > longestGenerated) return 'interpreted';
  return canGenerate() ? 'generated' : 'interpreted';
}

export function makeReader(plan: Plan, mode: Mode): Reader {
  if (mode === 'generated') return generateReader(plan);
  const read = (bytes: Uint8Array, at: number) => interpretUnpack(plan, bytes, at);
  const forEach = (bytes: Uint8Array, callback: (...fields: Value[]) => void) => {
    for (let at = 0; at < bytes.length; at += plan.size) callback(...read(bytes, at));
  };
  return {read, forEach};
}

/** Undefined means: always interpret. */
export function makeWriter(plan: Plan, mode: Mode): Writer | undefined {
  return mode === 'generated' ? generateWriter(plan) : undefined;
}

export {interpretPack};

let generation: boolean | undefined;

// A host can forbid it: a content security policy, or node --disallow-code-generation-from-strings.
function canGenerate(): boolean {
  if (generation === undefined) {
    try {
      generation = new Function('return true')() === true;
    } catch {
      generation = false;
    }
  }
  return generation;
}
