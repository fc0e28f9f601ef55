import {type ControlCalls, controlCalls} from './calls-control.ts';
import {type DatabaseCalls, databaseCalls} from './calls-database.ts';
import {type LifecycleCalls, lifecycleCalls} from './calls-lifecycle.ts';
import {type LookupCalls, lookupCalls} from './calls-lookup.ts';
import {type OptionCalls, optionCalls} from './calls-options.ts';
import {type TransferCalls, transferCalls} from './calls-transfer.ts';
import {type WaitCalls, waitCalls} from './calls-wait.ts';
import {createCore, type Watcher} from './core.ts';
import type {Native} from './ffi.ts';

/**
 * The Berkeley socket calls, each giving a `CallRecord`. They are synchronous and may block: never in the screen's
 * process. A failed call is a record with `errno`; only an argument that has no C value at all throws RangeError.
 */
export interface Berkeley
  extends LifecycleCalls,
    TransferCalls,
    OptionCalls,
    WaitCalls,
    ControlCalls,
    LookupCalls,
    DatabaseCalls {}

export type CallName = keyof Berkeley;

export function createBerkeley(native: Native, watcher?: Watcher): Berkeley {
  const core = createCore(native, watcher);
  return {
    ...lifecycleCalls(core),
    ...transferCalls(core),
    ...optionCalls(core),
    ...waitCalls(core),
    ...controlCalls(core),
    ...lookupCalls(core),
    ...databaseCalls(core),
  };
}
