import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {QueryAsk} from './query-fields.ts';
import type {QueryKit} from './query-kit.ts';
import {type Asked, QuerySession} from './query-session.ts';

/** Asks what the form says, and then whatever the actions change of it. */
export async function runQuery(ask: QueryAsk, kit: QueryKit): Promise<void> {
  const session = new QuerySession(kit);
  try {
    await asking(ask, kit, session);
  } finally {
    session.close();
  }
}

/** One question after another: those that come while one is under way wait for it. */
async function asking(first: QueryAsk, kit: QueryKit, session: QuerySession): Promise<void> {
  let ask = first;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const next = (change: Partial<QueryAsk>): Promise<Problem | undefined> => {
    const mine = turn.then(async () => {
      ask = {...ask, ...change};
      const {name, type, server, transport, dnssec, cd} = ask;
      if (Object.keys(change).length > 0) kit.emit('asked', {name, type, server, transport, dnssec, cd});
      return failureOf(await session.ask(ask));
    });
    waiting++;
    turn = mine.catch(() => undefined).finally(() => waiting--);
    return mine;
  };
  const done = next({});
  kit.handle({
    again: () => next({}),
    name: (typed: {name: string}) => next(typed),
    type: (typed: {type: string}) => next(typed),
    server: (typed: {server: string}) => next(typed),
    transport: (typed: {transport: QueryAsk['transport']}) => next(typed),
    dnssec: () => next({dnssec: !ask.dnssec}),
    checking: () => next({cd: !ask.cd}),
  });
  const failure = await done;
  if (!kit.headless) return kit.stopped();
  // Steps that a command was given follow one after another; between two of them nothing is under way for a moment.
  for (let idle = 0; idle < 2; idle = waiting === 0 ? idle + 1 : 0) {
    await turn;
    await new Promise(resolve => setImmediate(resolve));
  }
  if (failure !== undefined) throw new ProblemError(failure);
}

/** Any response is a success, whatever it says; none at all is a failure. */
function failureOf({answered, problems}: Asked): Problem | undefined {
  const [first, ...others] = problems;
  if (answered > 0 || first === undefined) return undefined;
  if (others.length === 0) return first;
  return {
    code: 'dns.none',
    says: `No response to any of ${problems.length} questions`,
    next: 'Check the servers; what failed is said above.',
  };
}
