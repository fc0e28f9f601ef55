import {classes, codes, extendedErrors, types} from '../../wire/dns/numbers.ts';
import type {Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Validation} from '../../world/dns/validate.ts';
import type {HostEntry} from '../hosts-file.ts';
import {chaos} from './authoritative.ts';
import {designated, ofItself} from './designated.ts';
import {fromHosts} from './from-hosts.ts';
import {type AskServer, type Iterated, iterate} from './iterate.ts';
import type {LoadedZone} from './load.ts';
import type {ExtendedError} from './reply.ts';
import {type Answerer, isTransfer, type Response} from './respond.ts';
import {createLookups} from './validated.ts';
import {keyOf, upTo} from './zone.ts';

export interface Recursion {
  readonly name: string;
  readonly ask: AskServer;
  readonly roots: readonly string[];
  readonly zones: () => readonly LoadedZone[];
  /** DS records of the root's key. */
  readonly anchors: () => readonly ResourceRecord[];
  /** What the hosts file of a workspace says: it goes before every zone. */
  readonly hosts: () => readonly HostEntry[];
  /** The time of day, Unix seconds. */
  readonly seconds: () => number;
}

/**
 * A recursive, validating server for the names of the lab (RFC 1034 §4.3.1, RFC 4035 §3.2). It keeps no cache that anybody
 * could see: every answer is what the zones say now, with the TTL they say.
 */
export function recursive({name, ask, roots, zones, anchors, hosts, seconds}: Recursion): Answerer {
  const lookups = createLookups(one => iterate(ask, roots, one), zones, anchors, seconds);
  return async (question, request) => {
    if (question.class === classes.CH) return {...chaos(question, name), ra: true};
    if (question.class !== classes.IN || isTransfer(question)) return refused;
    if (keyOf(question.name) === designated) return {...ofItself(question), ra: true};
    const written = fromHosts(question, hosts());
    if (written !== undefined) return {rcode: codes.NOERROR, ra: true, answers: written};
    const {iterated, validation} = await lookups.find(question);
    const elsewhere = isElsewhere(question.name, zones());
    return distrusted(iterated, validation, request) ?? shown(iterated, validation, question, request, elsewhere);
  };
}

/** RFC 4035 §5.5: what is bogus is not given out, unless the asker wants to check it alone (CD); RFC 8914 says why. */
function distrusted(
  found: Iterated,
  {verdict, reason, extendedError}: Validation,
  request: Message,
): Response | undefined {
  const failed = found.rcode !== codes.NOERROR && found.rcode !== codes.NXDOMAIN;
  if (request.flags.cd || failed || verdict === 'secure' || verdict === 'insecure') return undefined;
  const why = {code: extendedError ?? extendedErrors.bogus, says: reason};
  return {rcode: codes.SERVFAIL, ra: true, errors: [why, ...found.errors]};
}

const refused: Response = {
  rcode: codes.REFUSED,
  ra: true,
  errors: [
    {code: extendedErrors.notSupported, says: 'Transfers and other classes than IN are not for a recursive server'},
  ],
};

function shown(
  found: Iterated,
  {verdict}: Validation,
  question: Question,
  request: Message,
  elsewhere: boolean,
): Response {
  const wanted = request.edns?.dnssecOk === true;
  const keep = (records: readonly ResourceRecord[]) => (wanted ? records : withoutProofs(records, question.type));
  const errors = elsewhere && found.rcode === codes.NXDOMAIN ? [...found.errors, noInternet] : found.errors;
  return {
    rcode: found.rcode,
    ra: true,
    // RFC 6840 §5.8: only for who has said that it knows what AD is.
    ad: verdict === 'secure' && !request.flags.cd && (wanted || request.flags.ad),
    answers: keep(found.answers),
    authorities: keep(found.authorities),
    errors,
  };
}

const noInternet: ExtendedError = {
  code: 0,
  says: 'The lab is no Internet: its names end in .test and .example. Name a server to ask others',
};

/** What is in no zone but the root is not of this world. */
function isElsewhere(name: string, zones: readonly LoadedZone[]): boolean {
  const key = keyOf(name);
  return key !== '.' && !zones.some(({source: {origin}}) => origin !== '.' && upTo(key, keyOf(origin)) !== undefined);
}

/** Without DO an answer has only what was asked for (RFC 4035 §3.2.1). */
function withoutProofs(records: readonly ResourceRecord[], asked: number): readonly ResourceRecord[] {
  const proofs: readonly number[] = [types.RRSIG, types.NSEC, types.NSEC3];
  return records.filter(record => record.type === asked || !proofs.includes(record.type));
}
