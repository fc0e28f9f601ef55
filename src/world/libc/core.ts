import {errnoEntry} from './errno.ts';
import type {Native} from './ffi.ts';
import type {CallRecord, Plain} from './record.ts';

/** Somebody who wants to know about calls while they happen: a blocked call has been entered and not yet left. */
export interface Watcher {
  enter(call: {name: string; text: string; arguments: Plain[]}): void;
  leave(record: CallRecord): void;
}

/** How one call is made and told. */
export interface CallSpec {
  name: string;
  arguments: Plain[];
  /** The call as C text: with its results when it has returned, with `...` in their place while it runs. */
  text(result?: number): string;
  invoke(): number;
  /** What the call told besides its result. Only asked when it did not fail. */
  tell?(result: number): Partial<CallRecord>;
  /** `close` must not be repeated after EINTR: Linux has given the number back already, maybe to somebody else. */
  once?: boolean;
  /** For a function that does not fail with -1 and errno: what its failure is called. It is never repeated. `errno` is what libc left there. */
  failure?(result: number, errno: number): Pick<CallRecord, 'errno' | 'errnoNumber' | 'message'>;
}

/** The one place where a C function is called, timed, repeated after EINTR, and its errno read. */
export interface Core {
  native: Native;
  perform(spec: CallSpec): CallRecord;
}

const EINTR = 4;

export function createCore(native: Native, watcher?: Watcher): Core {
  return {
    native,
    perform(spec) {
      watcher?.enter({name: spec.name, text: spec.text(), arguments: spec.arguments});
      const start = process.hrtime.bigint();
      const {result, errno} = invoke(native, spec);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const record: CallRecord = {
        name: spec.name,
        text: spec.text(result),
        arguments: spec.arguments,
        result,
        ...(result < 0 && (spec.failure?.(result, errno) ?? {errno: errnoEntry(errno).name, errnoNumber: errno})),
        seconds,
        ...(result >= 0 && spec.tell?.(result)),
      };
      watcher?.leave(record);
      return record;
    },
  };
}

function invoke(native: Native, spec: CallSpec): {result: number; errno: number} {
  for (;;) {
    const result = spec.invoke();
    // Next to the call on purpose: any other library call, or an await, would overwrite errno.
    const errno = result < 0 ? native.errno() : 0;
    if (errno !== EINTR || spec.once === true || spec.failure !== undefined) return {result, errno};
  }
}
