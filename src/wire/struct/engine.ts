import {generateReader, type Reader} from './generate-read.ts';
import {type CarefulWriter, generateWriter, type Writer} from './generate-write.ts';
import {interpretUnpack} from './interpret.ts';
import type {Plan} from './plan.ts';
import type {Value} from './value.ts';

/**
 * How a format is executed: by JavaScript written for it (quick), or item by item from its plan (where code generation
 * is disallowed, for formats too long to write out, and on request). Both give the same answers.
 */
export type Mode = 'generated' | 'interpreted';

/** A format of more runs than this is interpreted: the code for it would not be worth compiling. */
const longestGenerated = 64;

/** So is one of more bytes than this: there may be no memory for it, which the interpreter says in Python's way. */
const largestGenerated = 2 ** 30;

export function chooseMode(plan: Plan | undefined, wanted: Mode | undefined): Mode {
  if (plan === undefined || wanted === 'interpreted') return 'interpreted';
  if (plan.steps.length > longestGenerated || plan.size > largestGenerated) return 'interpreted';
  // A `0p` is an error or an oddity in every profile, which only the interpreter knows.
  const odd = plan.steps.some(step => step.kind === 'pascal' && step.size === 0);
  return !odd && canGenerate() ? 'generated' : 'interpreted';
}

/** `refuse` throws what is wrong with bytes that are not exactly as many as the format has. */
export function makeReader(plan: Plan, mode: Mode, refuse: (bytes: Uint8Array) => never): Reader {
  if (mode === 'generated') return generateReader(plan, refuse);
  const read = (bytes: Uint8Array, at: number) => interpretUnpack(plan, bytes, at);
  return {
    read,
    forEach: (bytes: Uint8Array, callback: (...fields: Value[]) => void) => {
      for (let at = 0; at < bytes.length; at += plan.size) callback(...read(bytes, at));
    },
    unpack: bytes => (bytes instanceof Uint8Array && bytes.length === plan.size ? read(bytes, 0) : refuse(bytes)),
  };
}

export function makeWriter(plan: Plan | undefined, mode: Mode, careful: CarefulWriter): Writer {
  if (mode === 'generated' && plan !== undefined) return generateWriter(plan, careful);
  return {
    pack: (...values) => careful.pack(values),
    packInto: (buffer, offset, ...values) => careful.packInto(buffer, offset, values),
  };
}

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
