import {domainToASCII} from 'node:url';
import type {LookupHints} from '../../world/libc/calls-lookup.ts';
import {families, type LookupAsk, readFlags, readProtocol, socketTypes, textOrNull} from './lookup-fields.ts';

/** The arguments of one getaddrinfo(), and what was done to the name before. */
export interface LookupRequest {
  readonly node: string | null;
  readonly service: string | null;
  readonly hints: LookupHints;
  readonly idn?: {readonly typed: string; readonly ascii: string; readonly asked: string; readonly says: string};
  /** Whether libc has to be told first that names are UTF-8. */
  readonly needsLocale: boolean;
}

export function requestOf(ask: LookupAsk): LookupRequest {
  const typed = textOrNull(ask.host);
  const flags = readFlags(ask.flags);
  const hints: LookupHints = {
    family: families[ask.family],
    type: socketTypes[ask.type],
    protocol: readProtocol(ask.protocol) ?? 0,
    flags,
  };
  const byLibc = flags.includes('AI_IDN');
  const needsLocale = byLibc || flags.includes('AI_CANONIDN');
  const service = textOrNull(ask.service);
  if (typed === null || isAscii(typed)) return {node: typed, service, hints, needsLocale};
  const idn = idnOf(typed, byLibc);
  return {node: idn.asked, service, hints, needsLocale, idn};
}

/**
 * A name with other letters: libc takes bytes, and turns them into `xn--` only when AI_IDN says so. Otherwise it is done here,
 * by UTS 46 as browsers do. Python does it too before it calls, by the older IDNA 2003 (RFC 3490), where ß is ss.
 */
function idnOf(typed: string, byLibc: boolean) {
  const ascii = domainToASCII(typed);
  if (byLibc)
    return {
      typed,
      ascii,
      asked: typed,
      says: 'AI_IDN: libc gets the letters as UTF-8 and encodes them itself, by IDNA 2008 (libidn2)',
    };
  if (ascii === '')
    return {
      typed,
      ascii,
      asked: typed,
      says: 'There is no ASCII form of this name (UTS 46), so libc gets its bytes as they are',
    };
  const older = /[ßςÞ\u200c\u200d]/i.test(typed)
    ? '; Python’s idna codec follows IDNA 2003, which writes ß as ss and ς as σ: another name'
    : '';
  return {typed, ascii, asked: ascii, says: `libc gets the ASCII form${older}`};
}

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;
