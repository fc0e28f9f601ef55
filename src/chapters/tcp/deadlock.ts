import {ProblemError} from '../../journal/problem.ts';
import {define, type Step} from '../contract.ts';
import {needLibc} from './call-problems.ts';
import {callLine} from './call-text.ts';
import {deadlockEquivalents} from './deadlock-equivalents.ts';
import {type DeadlockEvent, deadlockEvents} from './deadlock-events.ts';
import {DeadlockSession} from './deadlock-session.ts';
import {type DeadlockState, reduceDeadlock, startDeadlock} from './deadlock-state.ts';
import {deadlockFields} from './deadlock-terms.ts';

export const deadlockExperiment = define({
  id: 'tcp.deadlock',
  title: 'Deadlock',
  teaches:
    'A client that writes everything before it reads, and a server that answers as it reads: both wait in send() for ever.',
  opens: 'with its form',
  positionals: ['bytes'],
  fields: deadlockFields,
  events: deadlockEvents,
  actions: {
    melt: {
      key: 'm',
      title: 'Melt: let a second thread of the client read',
      hint: 9,
      possible: meltable,
    },
  },
  listensOn: ({role, host}) => (role === 'client' ? undefined : host),
  script: ({role, reading}): readonly Step[] => (role === 'server' || reading ? [] : [{action: 'melt'}]),
  async run(ask, kit) {
    const session = new DeadlockSession(kit, ask);
    kit.handle({
      async melt() {
        if (ask.role === 'server')
          return {code: 'tcp.deadlock.role', says: 'The client is not ours, so nobody here can let it read'};
        // A command lets it freeze first, so that there is something to melt, and then waits for the end.
        if (!kit.headless) session.melt();
        else if ((await session.settled) === 'frozen') {
          session.melt();
          await conversation;
        }
        return undefined;
      },
    });
    await needLibc(kit.world);
    if (ask.role === 'client' && ask.port === 0)
      throw new ProblemError({
        code: 'tcp.deadlock.port',
        says: 'Nobody can listen on port 0',
        next: 'Give the port that the server printed.',
      });
    const conversation = session.converse();
    try {
      await Promise.race([conversation, kit.stopped()]);
    } finally {
      conversation.catch(() => undefined);
      await session.close();
    }
  },
  start: ({reading}): DeadlockState => startDeadlock(reading),
  reduce: reduceDeadlock,
  line: deadlockLine,
  equivalents: deadlockEquivalents,
});

function meltable({phase, reading, server, client}: DeadlockState): true | string {
  if (reading) return 'The client reads while it writes already';
  if (phase === 'finished') return 'It is over: everything was read';
  return phase === 'starting' || client.pid !== 0 || server.pid === 0 || 'The client is not ours: let it read there';
}

function deadlockLine(event: DeadlockEvent, bytes: Uint8Array | undefined): string | undefined {
  switch (event.kind) {
    case 'call':
      return callLine(event, bytes);
    case 'notice':
    case 'melting':
      return event.says;
    case 'listening':
      return `server listens on ${event.address}`;
    case 'connected':
      return `${event.client} to ${event.server}`;
    case 'progress': {
      const {by, thread, sent, received, waiting} = event;
      if (waiting === undefined) return undefined;
      const who = thread === 'main' ? by : `${by} ${thread}`;
      return `${who.padEnd(7)} waits in ${waiting}(): ${sent} bytes sent, ${received} received`;
    }
    case 'frozen':
      return `FROZEN  no byte has moved for ${event.seconds.toFixed(1)} s, ${event.stuck} bytes are stuck. ${event.says}`;
    case 'finished':
      return `${event.says} It took ${event.seconds.toFixed(1)} s.`;
    default:
      return undefined;
  }
}
