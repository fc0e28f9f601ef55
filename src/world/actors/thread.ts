import {type MessagePort, parentPort, workerData} from 'node:worker_threads';
import {createClock} from '../clock.ts';
import {type Berkeley, createBerkeley} from '../libc/berkeley.ts';
import type {Watcher} from '../libc/core.ts';
import {openNative} from '../libc/ffi.ts';
import type {CallRecord} from '../libc/record.ts';
import type {ThreadEvent} from './events.ts';
import {createFlow} from './flow.ts';
import type {FromThread, ThreadStart, ToThread} from './messages.ts';
import {createKit} from './programs/kit.ts';
import {programs} from './programs/registry.ts';

/** A program thread: makes calls in the order they are asked for, each of which may block it as long as it likes. */
export function runThread(): void {
  const start = workerData as ThreadStart & {commands: MessagePort};
  const opened = openNative();
  if (!opened.available) throw new Error(opened.why);
  const teller = createTeller(start);
  const libc = createBerkeley(opened.native, teller.watcher);
  parentPort!.on('message', (message: ToThread) => {
    try {
      if (message.type === 'call') teller.post({type: 'answer', request: message.request, value: call(libc, message)});
      else {
        const program = programs[message.program as keyof typeof programs];
        if (program === undefined) throw new Error(`No program is called ${message.program}.`);
        const kit = createKit({
          ...start,
          ...teller,
          libc,
          native: opened.native,
          program: message.program,
          request: message.request,
        });
        const value = (program as (options: unknown, kit: unknown) => unknown)(message.options, kit);
        teller.post({type: 'answer', request: message.request, value});
      }
    } catch (cause) {
      teller.post({
        type: 'refusal',
        request: message.request,
        why: cause instanceof Error ? cause.message : String(cause),
      });
    }
  });
}

function call(libc: Berkeley, {name, arguments: list}: Extract<ToThread, {type: 'call'}>): CallRecord {
  if (!Object.hasOwn(libc, name)) throw new Error(`No call is named ${name}.`);
  return (libc[name as keyof Berkeley] as (...list: unknown[]) => CallRecord)(...list);
}

/** Tells the process what happens in this thread, at the pace at which somebody listens. */
function createTeller({thread, epoch, flow: memory}: ThreadStart) {
  const flow = createFlow(memory);
  const clock = createClock(epoch);
  const post = (message: FromThread): void => parentPort!.postMessage(message);
  const tell = (event: ThreadEvent, weight = 1): void => {
    flow.wait();
    flow.told(weight);
    post({type: 'events', events: [event], weight});
  };
  let calls = 0;
  const watcher: Watcher = {
    enter: call => tell({kind: 'enter', thread, call: ++calls, at: clock.now(), ...call}),
    leave: record => tell({kind: 'leave', thread, call: calls, at: clock.now(), record}),
  };
  return {flow, clock, post, tell, watcher};
}
