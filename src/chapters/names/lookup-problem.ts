import type {Problem} from '../../journal/problem.ts';
import {isLabName} from '../../lab/known.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import {lookupError} from '../../world/libc/lookup-errors.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {LookupRequest} from './lookup-request.ts';

/** A look-up that failed, as a problem: libc's words, what they mean, and what to try. */
export function failureProblem(record: CallRecord, {node, service}: LookupRequest): Problem {
  const {errno = 'EAI_FAIL', errnoNumber, message} = record;
  const {sentence, next} = lookupError(errno) ?? errnoEntry(errno);
  const system = errnoNumber === undefined ? '' : ` (${errnoEntry(errnoNumber).name})`;
  const what = [node, service].flatMap(one => (one === null ? [] : [`“${one}”`])).join(' and ') || 'nothing';
  const words = message === undefined ? '' : `${message}. `;
  return {
    code: errno,
    says: `The look-up of ${what} failed with ${errno}${system}: ${words}${sentence.replace(/\.$/, '')}`,
    errno,
    next: hintFor(errno, node) ?? next,
  };
}

/** What people type that is no host name, and what they mean. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/^\[.*\]/, 'Leave out the brackets: they are for URLs.'],
  [/:\/\//, 'Leave out what stands before and after the host in a URL.'],
  [/^\d+(\.\d+){3,}$/, 'An IPv4 address has four numbers from 0 to 255.'],
  [/^[^:]+:\d+$/, 'Give the port as the service: names lookup HOST PORT.'],
  [/%/, 'Only a link-local address has a scope, of an interface that exists: ip link lists them.'],
  [/^\S*\s/, 'A name has no blanks.'],
];

const ofLab = 'libc does not ask the lab: names query does; Lab looks up its web server.';

/** What to do about a name that nobody knows, where its form says more than libc does. */
export function hintFor(errno: string, node: string | null): string | undefined {
  if (errno !== 'EAI_NONAME' || node === null) return undefined;
  return isLabName(node) ? ofLab : hints.find(([pattern]) => pattern.test(node))?.[1];
}

/** There is no such row. */
export function noRow(number: number, count: number): Problem {
  return {
    code: 'names.row',
    says: count === 0 ? 'There are no rows to connect to' : `There is no row ${number}`,
    next: count === 0 ? 'Look something up first.' : `Name one from 1 to ${count}.`,
  };
}

/** A row's own socket is made by libc, or not at all. */
export function noSockets(why: string): Problem {
  return {
    code: 'names.no-libc',
    says: `The socket of a row is made with libc’s own calls, which cannot be had here: ${why.replace(/\.$/, '')}`,
    next: 'Connect with wirebook tcp connect.',
  };
}
