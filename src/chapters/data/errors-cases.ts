import {addressCases} from './errors-cases-addresses.ts';
import {bytesCases} from './errors-cases-bytes.ts';
import {connectingCases} from './errors-cases-connecting.ts';
import {nameCases} from './errors-cases-names.ts';
import {ownCases} from './errors-cases-own.ts';
import {tlsCases} from './errors-cases-tls.ts';
import type {ErrorCase} from './errors-shape.ts';

/** Every error that can be made to happen, in the order the list shows them. */
export const errorCases = [
  ...nameCases,
  ...connectingCases,
  ...addressCases,
  ...bytesCases,
  ...tlsCases,
  ...ownCases,
] as const;

export type ErrorId = (typeof errorCases)[number]['id'];

export const errorIds = errorCases.map(({id}) => id) as readonly ErrorId[];

export function errorCase(id: string): ErrorCase {
  const found = errorCases.find(one => one.id === id);
  if (found === undefined) throw new RangeError(`No error here is called ${id}`);
  return found;
}

/** Errors of the same family that nothing here makes happen, and why. */
export const notProvoked: readonly {readonly name: string; readonly why: string}[] = [
  {
    name: 'EAI_FAIL',
    why: 'glibc keeps it for a resolver that failed for good, yet makes EAI_AGAIN or EAI_NONAME of each bad answer a name server can give.',
  },
  {name: 'EAI_MEMORY', why: 'The machine would have to run out of memory.'},
  {
    name: 'EAI_OVERFLOW',
    why: 'Only getnameinfo() gives it, for a buffer that is too small; Python and Node always bring a large one.',
  },
  {
    name: 'ECONNABORTED',
    why: 'Linux hands out a connection that died in the queue, and the next call says ECONNRESET. BSD and Windows say it at accept().',
  },
  {
    name: 'EHOSTDOWN',
    why: 'It comes from the driver of a real link when the neighbour does not answer; loopback has neither.',
  },
  {name: 'ENETDOWN', why: 'An interface would have to be taken down, which is more than an experiment may do.'},
];
