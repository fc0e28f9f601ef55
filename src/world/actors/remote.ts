import type {CallRecord} from '../libc/record.ts';
import type {Actor, Answer, Running, Thread} from './actor.ts';
import type {Asker} from './channel.ts';
import type {Sample, Usage} from './messages.ts';
import type {ProgramName} from './programs/registry.ts';

/** The part of an actor that only asks and is answered. */
export function createRemote(
  asker: Asker,
  name: string,
): Omit<Actor, 'pid' | 'inherited' | 'exited' | 'spawnChild' | 'stop'> {
  return {
    ...remoteThread(asker, 'main'),
    name,
    thread: thread => remoteThread(asker, thread),
    interrupt: fd => asker.ask({ask: 'interrupt', fd}) as Promise<CallRecord>,
    sample: fd => asker.ask({ask: 'sample', fd}) as Promise<Sample>,
    usage: () => asker.ask({ask: 'usage'}) as Promise<Usage>,
  };
}

function remoteThread(asker: Asker, thread: string): Thread {
  return {
    name: thread,
    call: (name, list) => asker.ask({ask: 'call', thread, name, arguments: list}) as Promise<CallRecord>,
    run: (program, options) => runProgram(asker, thread, program, options),
  };
}

function runProgram<Name extends ProgramName>(
  asker: Asker,
  thread: string,
  program: Name,
  options: unknown,
): Running<Name> {
  type Result = Awaited<Running<Name>['finished']>;
  const {promise: ready, resolve, reject} = Promise.withResolvers<Result>();
  const finished = asker.ask({ask: 'run', thread, program, options}, value =>
    resolve(value as Result),
  ) as Promise<Result>;
  finished.then(resolve, reject);
  // Whoever waits for one of the two need not wait for the other.
  ready.catch(() => undefined);
  finished.catch(() => undefined);
  const command = (what: unknown): Promise<unknown> => asker.ask({ask: 'command', thread, command: what});
  return {
    ready,
    finished,
    command: what => command(what) as Promise<Answer>,
    stop() {
      // It answers by ending; when it has ended already there is nobody to take the command, which is as good.
      command({do: 'stop'}).catch(() => undefined);
      return finished;
    },
  };
}
