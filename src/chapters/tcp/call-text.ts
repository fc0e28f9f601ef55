import {quoteC} from '../../wire/text/quote-c.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import type {CallFields} from './calls.ts';

type Call = Pick<CallFields, 'name' | 'arguments' | 'result' | 'errno'> & Partial<CallFields>;

/**
 * A call in a few words, for a lane beside a wire: `send("hello") = 5`, `shutdown(SHUT_WR) = 0`, `accept() = 7`,
 * `recv() = -1 ECONNRESET`. The descriptor, flags and lengths are left out. Printable ASCII.
 */
export function shortCall(call: Call, bytes: Uint8Array | undefined): string {
  const {name, result, errno, direction, text} = call;
  // Node's functions are no calls of C: they have texts of their own.
  if (name.startsWith('node:') && text !== undefined) return errno === undefined ? text : `${text} ${errno}`;
  const shown = name === 'accept4' ? 'accept' : name;
  const inside = shortArguments(call, bytes).join(', ');
  const told = direction === 'received' && result > 0 && bytes !== undefined ? ` ${quoteC(bytes, 24)}` : '';
  return `${shown}(${inside}) = ${result}${errno === undefined ? '' : ` ${errno}`}${told}`;
}

/** A call as a line of `--text`: who, what, how it went. */
export function callLine(call: Call & {readonly by: string}, bytes: Uint8Array | undefined): string {
  const taken = call.seconds === undefined || call.seconds < 0.05 ? '' : `  after ${call.seconds.toFixed(3)} s`;
  const why = call.means === undefined ? '' : `  ${call.means}`;
  return `${call.by.padEnd(7)} ${shortCall(call, bytes)}${taken}${why}`;
}

/** The bytes of a send as its C text has them, in quotes: `"hello\\n"`, the first 32 of them with `...` behind. */
export function sentText({text}: {readonly text?: string | undefined}): string | undefined {
  return /"(?:[^"\\]|\\.)*"(?:\.\.\.)?/.exec(text ?? '')?.[0];
}

function shortArguments({name, arguments: list, direction, text}: Call, bytes: Uint8Array | undefined): string[] {
  const [, first, second] = list as readonly unknown[];
  if (name === 'socket') return (list as unknown[]).slice(0, 2).map(String);
  if (name === 'send' || name === 'sendto') {
    const payload = direction === 'sent' && bytes !== undefined ? quoteC(bytes, 24) : offered(text, first);
    return name === 'send' ? [payload] : [payload, shortValue(second)];
  }
  if (name === 'bind' || name === 'connect' || name === 'listen' || name === 'shutdown') return [shortValue(first)];
  if (name === 'setsockopt') return [shortValue(first), shortValue(second)];
  if (name === 'getsockopt') return [shortValue(first)];
  return [];
}

/** Bytes that the kernel did not take are no bytes of the event; the C text has the first of them. */
function offered(text: string | undefined, argument: unknown): string {
  const size = (argument as {bytes?: number} | undefined)?.bytes;
  return sentText({text}) ?? (size === undefined ? '' : `${size} B`);
}

function shortValue(argument: unknown): string {
  if (typeof argument !== 'object' || argument === null) return String(argument);
  if ('family' in argument) return addressText(argument as SocketAddress);
  return `{${Object.values(argument).map(shortValue).join(', ')}}`;
}
