import type {Framing} from './define.ts';
import {blocks} from './kinds/blocks.ts';
import {chunked} from './kinds/chunked.ts';
import {cobs} from './kinds/cobs.ts';
import {delimiter} from './kinds/delimiter.ts';
import {fixed} from './kinds/fixed.ts';
import {http} from './kinds/http.ts';
import {jsonLines} from './kinds/json-lines.ts';
import {lengthPrefix} from './kinds/length-prefix.ts';
import {netstring} from './kinds/netstring.ts';
import {pickle} from './kinds/pickle.ts';
import {slip} from './kinds/slip.ts';
import {untilEof} from './kinds/until-eof.ts';
import {websocket} from './kinds/websocket.ts';
import {zlib} from './kinds/zlib.ts';

/** Every framing, in the order in which the book and then the world need them. */
export const framings = {
  'until-eof': untilEof,
  fixed,
  delimiter,
  'length-prefix': lengthPrefix,
  blocks,
  netstring,
  chunked,
  cobs,
  slip,
  zlib,
  pickle,
  'json-lines': jsonLines,
  websocket,
  http,
} as const satisfies Record<string, Framing>;

export type FramingName = keyof typeof framings;

export const framingNames = Object.keys(framings) as readonly FramingName[];

export function isFramingName(name: string): name is FramingName {
  return Object.hasOwn(framings, name);
}
