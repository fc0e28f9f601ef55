import type {ChildProcess} from 'node:child_process';
import {firstInherited, launch} from './launch.ts';
import type {FromActor, Spawned, ToActor} from './messages.ts';

interface Parts {
  epoch: bigint;
  send(message: FromActor): void;
}

/**
 * Actors started by this one, so that they can inherit its sockets: spawn is fork and exec in one, which is as near to
 * fork() as a process with threads can come. What they say is passed on, unread.
 */
export function createChildren({epoch, send}: Parts) {
  const children = new Map<number, ChildProcess>();
  return {
    spawn(child: number, name: string, inherit: readonly number[]): Spawned {
      const started = launch({
        name,
        epoch,
        inherit,
        onMessage: message => send({type: 'relay', child, message}),
        onComplaint: text => process.stderr.write(text),
        onExit: (code, signal) => {
          children.delete(child);
          send({type: 'child-exit', child, code, signal});
        },
      });
      if (started.pid === undefined) throw new Error(`The process for ${name} could not be started.`);
      children.set(child, started);
      return {pid: started.pid, inherited: inherit.map((_, index) => firstInherited + index)};
    },
    relay(child: number, message: ToActor): void {
      // It may have ended a moment ago; then its exit is on the way to whoever sent this.
      children.get(child)?.send(message, () => undefined);
    },
  };
}
