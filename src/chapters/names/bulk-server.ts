import {ProblemError} from '../../journal/problem.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import type {Kit} from '../contract.ts';
import type {BulkAsk} from './bulk-fields.ts';
import {findServer} from './server-find.ts';
import {parseServer} from './server-text.ts';

/** The one server that is asked. What cannot be had is thrown as a problem. */
export async function bulkServer({server, transport}: BulkAsk, kit: Pick<Kit, 'lab' | 'signal'>): Promise<DnsServer> {
  const read = parseServer(server);
  if (!read.ok) throw new ProblemError({code: 'bulk.server', says: read.says, ...(read.next && {next: read.next})});
  if (read.value.kind === 'named' && read.value.transport === 'https')
    throw new ProblemError({
      code: 'bulk.https',
      says: 'Many names are asked for over UDP, TCP or TLS, not over HTTPS',
      next: 'Use tls:// with this server, or wirebook names query for one name.',
    });
  const {servers} = await findServer(read.value, {transport}, kit);
  return servers[0]!;
}
