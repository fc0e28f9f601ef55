import type {Problem} from '../../journal/problem.ts';
import {formatProblem, ProblemError} from '../../journal/problem.ts';
import type {Endpoint} from '../../lab/types.ts';
import {concat} from '../../wire/bytes.ts';
import {decodeAnswer} from '../../wire/whois/decode.ts';
import {questionFor} from '../../wire/whois/question.ts';
import {findReferrals, type Referral, readPlace} from '../../wire/whois/referral.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import {openStream, type Stream} from '../../world/stream/stream.ts';
import type {Kit} from '../contract.ts';
import {findHost} from './host-look-up.ts';
import {mostHops, plainQuery, type WhoisAsk, type whoisEvents} from './whois-shape.ts';

export type WhoisKit = Kit<typeof whoisEvents, string, WhoisAsk>;

interface Place {
  readonly host: string;
  readonly port: number;
  /** Why it is asked. */
  readonly by: string;
  readonly located: Located;
}

type Located =
  | {readonly ok: true; readonly places: readonly Endpoint[]}
  | {readonly ok: false; readonly problem: Problem};

type Way = {readonly why: 'answered' | 'loop' | 'unusable' | 'told' | 'long' | 'failed'; readonly says: string};

/** Asks one server after the other, as far as their answers refer to each other. */
export async function runWhois(ask: WhoisAsk, kit: WhoisKit): Promise<void> {
  const seen = new Map<string, number>();
  const servers: string[] = [];
  const named = readPlace(ask.server.trim())!;
  let place: Place | undefined = {...named, by: 'it was asked for', located: await locate(kit, named)};
  let way: Way = {why: 'answered', says: ''};
  let failure: ProblemError | undefined;
  let last: Uint8Array | undefined;
  for (let index = 0; place !== undefined && !kit.signal.aborted; index++) {
    if (index >= mostHops) {
      way = {why: 'long', says: `The chain was left after ${mostHops} servers`};
      break;
    }
    const {host}: Place = place;
    try {
      last = await askOne(kit, ask, place, index, seen);
      const {text} = decodeAnswer(last, ask.encoding);
      servers.push(host);
      ({place, way} = await nextPlace(kit, ask, text, index, seen));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      failure = error;
      const {says, next} = error.problem;
      kit.emit('failed', {
        index,
        server: host,
        says: formatProblem({code: '', says}),
        ...(next !== undefined && {next}),
      });
      way = {why: 'failed', says: servers.length === 0 ? says : `${says}; what came before stands`};
      break;
    }
  }
  if (kit.signal.aborted) return;
  kit.emit('ended', {...way, servers}, ask.print === 'last' ? last : undefined);
  if (failure !== undefined) throw failure;
}

async function askOne(
  kit: WhoisKit,
  ask: WhoisAsk,
  {host, port, by, located}: Place,
  index: number,
  seen: Map<string, number>,
): Promise<Uint8Array> {
  if (!located.ok) throw new ProblemError(located.problem);
  const question = questionFor(host, plainQuery(ask.query));
  const sent = new TextEncoder().encode(`${question}\r\n`);
  let last: ProblemError | undefined;
  for (const at of located.places) {
    seen.set(keyOf(at), index);
    kit.emit('hop', {index, server: host, port, address: endpointText(at.address, at.port), by, question}, sent);
    const began = kit.now();
    const opened = await openStream({...at, timeout: ask.wait, signal: kit.signal});
    if (!opened.ok) {
      last = new ProblemError(opened.problem);
      continue;
    }
    kit.emit('connected', {index, local: opened.stream.local, seconds: kit.now() - began});
    return converse(kit, ask, opened.stream, {index, sent});
  }
  throw last ?? new ProblemError({code: 'whois.address', says: `${host} has no address`});
}

/** Where a server listens. Only the lab’s own hosts are elsewhere than they seem. */
async function locate(kit: WhoisKit, {host, port}: {host: string; port: number}): Promise<Located> {
  const found = await findHost(host, kit);
  if (!found.ok) return found;
  const places = found.addresses.map(async address =>
    address.startsWith('127.4.') ? (await kit.lab()).reach(address, port) : {address, port},
  );
  return {ok: true, places: await Promise.all(places)};
}

const keyOf = ({address, port}: Endpoint) => `${address} ${port}`;

async function converse(
  kit: WhoisKit,
  ask: WhoisAsk,
  stream: Stream,
  {index, sent}: {index: number; sent: Uint8Array},
): Promise<Uint8Array> {
  const began = kit.now();
  const stop = () => stream.close();
  kit.signal.addEventListener('abort', stop, {once: true});
  try {
    const problem = await stream.write(sent);
    if (problem !== undefined) throw new ProblemError(problem);
    const {pieces, size, end, first} = await readAll(stream, ask, () => kit.now() - began);
    const bytes = concat(pieces);
    const {text, encoding} = decodeAnswer(bytes, ask.encoding);
    const lines = text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
    const seconds = kit.now() - began;
    kit.emit('answered', {index, size, lines, encoding, end, seconds, ...(first !== undefined && {first})}, bytes);
    return bytes;
  } finally {
    kit.signal.removeEventListener('abort', stop);
    stream.close();
  }
}

async function readAll(stream: Stream, {limit, wait}: WhoisAsk, since: () => number) {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let first: number | undefined;
  for (;;) {
    const read = await stream.read(wait);
    if (read.kind === 'bytes') {
      first ??= since();
      pieces.push(read.bytes.subarray(0, limit - size));
      size = Math.min(limit, size + read.bytes.length);
      if (size >= limit) return {pieces, size, first, end: 'limit' as const};
      continue;
    }
    if (read.kind === 'end') return {pieces, size, first, end: 'end of file' as const};
    if (size === 0 && read.kind === 'failed') throw new ProblemError(read.problem);
    return {pieces, size, first, end: read.kind === 'timeout' ? ('time-out' as const) : ('error' as const)};
  }
}

/** The best referral that can be followed, and what becomes of each. */
async function nextPlace(
  kit: WhoisKit,
  ask: WhoisAsk,
  text: string,
  index: number,
  seen: ReadonlyMap<string, number>,
): Promise<{place: Place | undefined; way: Way}> {
  const referrals = findReferrals(text).slice(0, 20);
  const best = referrals.find(({host}) => host !== undefined);
  const located = best && ask.follow === 'yes' ? await locate(kit, {host: best.host!, port: best.port!}) : undefined;
  const isLoop = located?.ok === true && located.places.some(at => seen.has(keyOf(at)));
  for (const referral of referrals) {
    const {by, target, line} = referral;
    const [fate, says] = fateOf(referral, best, {follow: ask.follow === 'yes', isLoop});
    kit.emit('referral', {index, by, target, line, fate, says});
  }
  if (best === undefined) return {place: undefined, way: withoutPlace(referrals)};
  const {by, target, host, port} = best;
  if (located === undefined)
    return {place: undefined, way: {why: 'told', says: `${target} was not asked: referrals are not followed`}};
  if (isLoop)
    return {place: undefined, way: {why: 'loop', says: `${by} leads back to ${target}, which was asked already`}};
  return {place: {host: host!, port: port!, by: `${by}: ${target}`, located}, way: withoutPlace([])};
}

function fateOf(
  referral: Referral,
  best: Referral | undefined,
  {follow, isLoop}: {follow: boolean; isLoop: boolean},
): readonly ['followed' | 'asked' | 'unusable' | 'left', string] {
  if (referral.fault !== undefined) return ['unusable', referral.fault];
  if (referral !== best) return ['left', `${best!.by} comes first`];
  if (!follow) return ['left', 'Referrals are not followed: that was asked for'];
  return isLoop ? ['asked', 'This server was asked already: that would never end'] : ['followed', 'It is asked next'];
}

function withoutPlace([first]: readonly Referral[]): Way {
  if (first === undefined) return {why: 'answered', says: 'The last answer refers to nobody else'};
  return {why: 'unusable', says: `${first.by} names ${first.target}. ${first.fault}`};
}
