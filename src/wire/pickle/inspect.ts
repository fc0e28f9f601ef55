import {type FaultClass, isFault, type PickleFault} from './fault.ts';
import {Inspection, type PickleCall, type PickleImport, type PickleRemark} from './inspection.ts';
import {defaultLimits, type Limits, Machine} from './machine.ts';

export type PickleVerdict = (typeof verdicts)[number];

/** From the mildest to the gravest. None of them says that a pickle is safe: that cannot be told from its bytes. */
export const verdicts = ['no imports found', 'imports only standard constructors', 'runs code when loaded'] as const;

export interface PickleReport {
  readonly verdict: PickleVerdict;
  /** The verdict in a sentence, with what to do. */
  readonly sentence: string;
  /** Every class and function that would be found, in the order of the bytes. */
  readonly imports: readonly PickleImport[];
  /** Everything that would be called, or given its state. */
  readonly calls: readonly PickleCall[];
  /** What no pickler writes, and what the unpickler overlooks. */
  readonly remarks: readonly PickleRemark[];
  /** What the unpickler would stop at. What is reported from before it would have happened all the same. */
  readonly error?: {readonly class: FaultClass; readonly message: string; readonly offset: number};
  /** Complete pickles, one after the other: each ends at its STOP. */
  readonly pickles: number;
  /** Bytes after the last complete pickle. They are inspected too. */
  readonly trailing: number;
  /** Imports, calls and remarks that were found and left out of the lists, because there were too many. */
  readonly leftOut: number;
}

export interface InspectOptions extends Partial<Limits> {
  /** Imports, calls and remarks to list; more are only counted. */
  readonly events?: number;
}

/**
 * Says what would happen if Python loaded these bytes, without doing any of it. The whole machine is run on symbols:
 * what is imported and called is known even when it comes out of the memo or is put together from far apart. What
 * cannot be resolved counts as dangerous, and all that comes after a problem that only some readers stop at is read on.
 */
export function inspect(bytes: Uint8Array, options: InspectOptions = {}): PickleReport {
  const inspection = new Inspection(options.events ?? 10_000);
  const limits = {...defaultLimits, ...options};
  let [pickles, position] = [0, 0];
  let error: PickleFault | undefined;
  while (error === undefined && (position < bytes.length || pickles === 0)) {
    const machine = new Machine(inspection, limits);
    inspection.begin(pickles);
    const outcome = machine.run(bytes, position);
    // Bytes after a pickle may be anything: they are inspected, and their end is no error of the pickle's.
    if (isFault(outcome)) error = outcome;
    else {
      inspection.end(outcome.next - 1, machine.stack.length, machine.marks.length);
      position = outcome.next;
      pickles += 1;
    }
  }
  error = first(inspection.forgiven, error);
  const inside = error !== undefined && (pickles === 0 || error.offset < position);
  return report(inspection, pickles, bytes.length - position, inside ? error : undefined);
}

function first(one: PickleFault | undefined, other: PickleFault | undefined): PickleFault | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.offset <= other.offset ? one : other;
}

function report(
  inspection: Inspection,
  pickles: number,
  trailing: number,
  error: PickleFault | undefined,
): PickleReport {
  const {imports, calls, remarks, leftOut} = inspection;
  const verdict = inspection.dangerous
    ? 'runs code when loaded'
    : inspection.importing
      ? 'imports only standard constructors'
      : 'no imports found';
  const found = error === undefined ? undefined : {class: error.class, message: error.message, offset: error.offset};
  return {
    verdict,
    sentence: sentence(verdict, imports, found?.offset),
    imports,
    calls,
    remarks,
    ...(found === undefined ? {} : {error: found}),
    pickles,
    trailing,
    leftOut,
  };
}

function sentence(verdict: PickleVerdict, imports: readonly PickleImport[], errorAt: number | undefined): string {
  const before = errorAt === undefined ? '' : ` before the error at offset ${errorAt}`;
  const names = [...new Set(imports.map(({module, name}) => `${module}.${name}`))];
  const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  if (verdict === 'no imports found')
    return errorAt === undefined
      ? 'No imports found. Python would build plain values only; they can still be large.'
      : `No imports found. Python stops with an error at offset ${errorAt}.`;
  if (verdict === 'imports only standard constructors')
    return `Imports only standard constructors${before}: ${listed}. Load it only if you trust who wrote it.`;
  return `Runs code when loaded${before}${listed === '' ? '' : `: ${listed}`}. Do not load it unless you wrote it.`;
}
