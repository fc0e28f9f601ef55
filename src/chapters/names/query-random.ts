import {randomBytes, randomInt} from 'node:crypto';
import type {Random} from './query-build.ts';

/** Unpredictable, so that nobody who does not see the query can forge an answer to it (RFC 5452 §9.2). */
export const random: Random = {
  integer: randomInt,
  bytes: count => new Uint8Array(randomBytes(count)),
};
