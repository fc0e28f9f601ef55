import type {Problem} from '../../journal/problem.ts';
import {errnoEntry} from '../libc/errno.ts';

/** An error of a connection as a problem; `where` is the address and the port. */
export function networkProblem(where: string, error: unknown): Problem {
  const {code = '', message = ''} = error as {readonly code?: string; readonly message?: string};
  if (code === 'ECONNREFUSED')
    return {code: 'stream.refused', says: `Nobody listens at ${where}`, next: 'Check the port.', errno: code};
  if (code === 'ECONNRESET')
    return {code: 'stream.reset', says: `${where} has closed the connection in the middle`, errno: code};
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return {code: 'stream.tls', says: `TLS with ${where} failed: ${reasonOf(message)}`, next: 'Go on without TLS.'};
  const entry = errnoEntry(code);
  if (entry !== undefined)
    return {
      code: 'stream.network',
      says: `${where}: ${entry.sentence.replace(/\.$/, '')}`,
      next: entry.next,
      errno: code,
    };
  return {code: 'stream.network', says: `The connection to ${where} failed: ${reasonOf(message) || code || 'closed'}`};
}

/** The words for people in OpenSSL’s `40E7…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/…`. */
function reasonOf(message: string): string {
  const parts = message.trim().split(':');
  const routines = parts.indexOf('SSL routines');
  return (routines === -1 ? message.trim() : (parts[routines + 2] ?? message)).replace(/\.$/, '');
}
