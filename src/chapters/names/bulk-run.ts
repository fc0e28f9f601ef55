import {ProblemError} from '../../journal/problem.ts';
import {startBulk} from '../../world/dns/bulk.ts';
import type {Bulk} from '../../world/dns/bulk-types.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import {feed} from './bulk-feed.ts';
import type {BulkAsk} from './bulk-fields.ts';
import {bulkServer} from './bulk-server.ts';
import {type BulkKit, BulkSession} from './bulk-session.ts';
import {type NameSource, openNames} from './bulk-source.ts';

/** Payload that is offered over UDP: what fits through without fragments (the DNS flag day of 2020). */
const udpSize = 1232;

/** Seconds between two progress events: a picture wants more of them than a file. */
const [watched, unwatched] = [0.1, 1];

/** Reads names, asks for them, tells what came. Ends by itself. */
export async function runBulk(ask: BulkAsk, kit: BulkKit): Promise<void> {
  const server = await bulkServer(ask, kit);
  const source = await openNames(ask, kit);
  const session = new BulkSession(ask, kit);
  let bulk: Bulk | undefined;
  try {
    const {concurrency, rate, wait, retries, recursion, dnssec, records} = ask;
    const options = {
      server,
      concurrency,
      rate,
      timeout: wait,
      retries,
      recursion,
      dnssec,
      records,
      udpSize,
      paused: false,
    };
    bulk = await startBulk(options, report => session.take(report));
    begin(ask, kit, session, bulk, source, endpointText(server.address, server.port), server.transport);
    await Promise.race([all(session, bulk, source, ask), kit.stopped(), session.over]);
    if (kit.signal.aborted) return;
    session.summarise();
  } finally {
    session.close();
    await source.close();
    await bulk?.close();
  }
  const problem = session.problem(server, source.says);
  if (problem !== undefined) throw new ProblemError(problem);
}

async function all(session: BulkSession, bulk: Bulk, source: NameSource, ask: BulkAsk): Promise<void> {
  await feed(session, bulk, source, ask);
  await session.settled();
}

function begin(
  ask: BulkAsk,
  kit: BulkKit,
  session: BulkSession,
  bulk: Bulk,
  source: NameSource,
  server: string,
  transport: string,
): void {
  const every = kit.headless ? unwatched : watched;
  kit.emit('started', {
    server,
    transport: transport as 'udp' | 'tcp' | 'tls',
    source: source.says,
    ...(source.total !== undefined && {total: source.total}),
    concurrency: ask.concurrency,
    rate: ask.rate,
    every,
  });
  session.begin(bulk, every);
}
