import {type Problem, ProblemError} from '../../journal/problem.ts';
import {define} from '../contract.ts';
import {queryEquivalents} from './query-equivalents.ts';
import {queryEvents} from './query-events.ts';
import {type QueryAsk, queryFields} from './query-fields.ts';
import type {QueryKit} from './query-kit.ts';
import {type Asked, QuerySession} from './query-session.ts';
import {type QueryState, reduceQuery, startQuery} from './query-state.ts';
import {queryLine} from './query-text.ts';

const {name, type, server, transport} = queryFields;

const actions = {
  again: {key: 'r', title: 'Ask again', hint: 9},
  name: {key: 'n', title: 'Ask for another name', hint: 8, fields: {name}},
  type: {key: 't', title: 'Ask for another type', hint: 8, fields: {type}},
  server: {key: 's', title: 'Ask another server', hint: 7, fields: {server}},
  transport: {key: 'v', title: 'Ask over another transport', brief: 'another transport', hint: 7, fields: {transport}},
  dnssec: {key: 'd', title: 'DNSSEC: ask with DO, or without', hint: 6},
  checking: {key: 'c', title: 'CD: ask with checking disabled, or not', hint: 3},
};

export const queryExperiment = define({
  id: 'names.query',
  title: 'Query',
  teaches:
    'One DNS question and its answer, over UDP, TCP, TLS or HTTPS: as text, and as bytes of which each has a meaning.',
  opens: 'with its form',
  positionals: ['name', 'type'],
  marked: {'@': 'server'},
  fields: queryFields,
  events: queryEvents,
  actions,
  async run(ask, kit) {
    const session = new QuerySession(kit);
    try {
      await asking(ask, kit, session);
    } finally {
      session.close();
    }
  },
  start: startQuery,
  reduce: reduceQuery,
  settled: (state: QueryState) => state.asked,
  line: queryLine,
  equivalents: queryEquivalents,
});

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
