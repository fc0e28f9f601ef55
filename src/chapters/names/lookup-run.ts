import {setImmediate as nextTurn} from 'node:timers/promises';
import {formatProblem, type Problem, ProblemError, problemOf} from '../../journal/problem.ts';
import type {ActionReply, Handler} from '../contract.ts';
import type {LookupAsk} from './lookup-fields.ts';
import type {LookupKit} from './lookup-kit.ts';
import {LookupSession} from './lookup-session.ts';

/** Looks up, connects when that was asked for, and then stays for what is done by hand. A command ends by itself. */
export async function runLookup(ask: LookupAsk, kit: LookupKit): Promise<void> {
  const session = new LookupSession(kit, ask);
  try {
    await Promise.race([kit.stopped(), conduct(ask, kit, session)]);
  } finally {
    await session.close();
  }
}

async function conduct(ask: LookupAsk, kit: LookupKit, session: LookupSession): Promise<void> {
  const first = async (): Promise<Problem | undefined> => {
    if (ask.lab) await session.toLab();
    return (await session.lookUp()) ?? (await session.connectAsAsked());
  };
  if (!kit.headless) {
    // It can be given up while it hangs; what came of it is on the screen.
    handle(kit, session, () => undefined);
    first().catch(error => kit.signal.aborted || kit.emit('notice', {says: formatProblem(problemOf(error))}));
    return kit.stopped();
  }
  const problem = await first();
  if (problem !== undefined) throw new ProblemError(problem);
  let byHand = false;
  handle(kit, session, () => {
    byHand = true;
  });
  // Steps of a command begin as soon as there is somebody to do them.
  await nextTurn();
  if (byHand) await kit.stopped();
}

function handle(kit: LookupKit, session: LookupSession, noticed: () => void): void {
  const mark = <Args>(work: (args: Args) => Promise<ActionReply>) =>
    ((args: Args) => {
      noticed();
      return work(args);
    }) as Handler;
  kit.handle({
    connect: mark(({row = 1}: {row?: number}) => session.connect(row, false)),
    rest: mark(({row = 1}: {row?: number}) => session.connect(row, true)),
    close: mark(async () => ((await session.disconnect()) ? undefined : closedAlready)),
    sources: mark(() => session.lookUp(true)),
    again: mark(() => session.lookUp()),
    cancel: mark(async () => {
      await session.cancel();
      return undefined;
    }),
    lab: mark(async () => {
      await session.toLab();
      return (await session.lookUp()) ?? session.connect(1, true);
    }),
  });
}

const closedAlready: Problem = {code: 'names.closed', says: 'No socket is open', next: 'Connect to a row first.'};
