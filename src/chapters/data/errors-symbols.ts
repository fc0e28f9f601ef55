import {errnoEntry} from '../../world/libc/errno.ts';
import {lookupErrors} from '../../world/libc/lookup-errors.ts';

/** The number of an EAI_ name. Throws for a name that is none. */
export function lookupErrorOf(symbol: string): number {
  const found = lookupErrors.find(({name}) => name === symbol);
  if (found === undefined) throw new RangeError(`getaddrinfo() has no error ${symbol}`);
  return found.number;
}

/** The number that Linux gives an errno. */
export function errnoOf(symbol: string): number {
  return errnoEntry(symbol).number;
}
