import type {Message, Question} from './types.ts';

/** What a plain query says besides its question; what is left out is 0. */
export interface QueryWishes {
  readonly id?: number;
  readonly rd?: boolean;
  readonly ad?: boolean;
  readonly cd?: boolean;
  /** DO (RFC 3225): the signatures are wanted too. */
  readonly dnssecOk?: boolean;
  /** The largest datagram the asker takes, bytes. Default: 1232, which no path cuts into pieces. */
  readonly udpSize?: number;
}

/** A query with one question, and EDNS without options. */
export function queryFor(question: Question, wishes: QueryWishes = {}): Message {
  const {id = 0, rd = false, ad = false, cd = false, dnssecOk = false, udpSize = 1232} = wishes;
  return {
    id,
    response: false,
    opcode: 0,
    flags: {aa: false, tc: false, rd, ra: false, z: false, ad, cd},
    rcode: 0,
    questions: [question],
    answers: [],
    authorities: [],
    additionals: [],
    edns: {udpSize, version: 0, dnssecOk, z: 0, options: []},
  };
}
