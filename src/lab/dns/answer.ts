import {nameIn} from '../../wire/dns/answers.ts';
import {nameBytes, parseName} from '../../wire/dns/name.ts';
import {classes, codes, types} from '../../wire/dns/numbers.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import {find} from './find.ts';
import {type Answer, Reply} from './reply.ts';
import {keyOf, upTo, type Zone, type ZoneNode} from './zone.ts';

/** Renamings followed within one answer: enough for people, and an end for everything else. */
const mostSteps = 16;

/** What a zone says to a question about a name in it (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 5155 §7.2). Pure. */
export function answerFrom(zone: Zone, question: Question, dnssecOk: boolean): Answer {
  const reply = new Reply(zone, dnssecOk);
  const seen = new Set<string>();
  let name = question.name;
  for (let steps = 0; steps < mostSteps; steps++) {
    if (seen.has(keyOf(name)) || !isIn(zone, name)) return reply.finish(true);
    seen.add(keyOf(name));
    const next = step(reply, {...question, name});
    if (next === 'referral') return reply.finish(reply.answers.length > 0);
    if (next === undefined) return reply.finish(true);
    name = next;
  }
  return reply.finish(true);
}

const isIn = ({origin}: Zone, name: string): boolean => upTo(keyOf(name), keyOf(origin)) !== undefined;

/** Takes the name as far as it goes: gives the name that it leads to, or nothing at the end. */
function step(reply: Reply, question: Question): string | 'referral' | undefined {
  const {zone} = reply;
  const {name, type} = question;
  const found = find(zone, name, type);
  switch (found.kind) {
    case 'cut':
      refer(reply, found.node);
      return 'referral';
    case 'renamed':
      return rename(reply, found.node, name);
    case 'node':
      return atNode(reply, found.node, question);
    case 'wildcard': {
      const before = reply.answers.length;
      const next = atNode(reply, found.node, question, found.encloser);
      if (reply.answers.length > before) reply.proof(zone.denial?.wildcard(name, found.encloser));
      return next;
    }
    case 'none':
      reply.rcode = codes.NXDOMAIN;
      reply.soa();
      reply.proof(zone.denial?.noName(name, found.encloser));
      return undefined;
  }
}

/** RFC 4035 §3.1.4: the servers of the zone below, and its DS or the proof that it has none. */
function refer(reply: Reply, node: ZoneNode): void {
  reply.referral(node.sets.get(types.NS)!);
  const signer = node.sets.get(types.DS);
  if (signer === undefined) reply.proof(reply.zone.denial?.noDs(node.name));
  else if (reply.dnssecOk) reply.authority(signer);
}

/** RFC 6672 §3.2: the DNAME, and the CNAME that old readers need, made from it. */
function rename(reply: Reply, node: ZoneNode, name: string): string | undefined {
  const set = node.sets.get(types.DNAME)!;
  reply.answer(set);
  const target = nameIn(set[0]!.data)!;
  const front = name.slice(0, name.length - node.name.length);
  const renamed = target === '.' ? front : front + target;
  if (!parseName(renamed).ok) {
    // Longer than a name may be (RFC 6672 §2.2).
    reply.rcode = codes.YXDOMAIN;
    return undefined;
  }
  const data = nameBytes(renamed);
  reply.synthesized({name, type: types.CNAME, class: classes.IN, ttl: set[0]!.ttl, data});
  return renamed;
}

/** At the node itself, or (`encloser` given) at the wildcard that stands for the name. */
function atNode(reply: Reply, node: ZoneNode, question: Question, encloser?: string): string | undefined {
  const {name, type} = question;
  const as = encloser === undefined ? undefined : name;
  const alias = node.sets.get(types.CNAME);
  if (alias !== undefined && !staysAtAlias(type)) {
    reply.answer(alias, as);
    return nameIn(alias[0]!.data);
  }
  if (type === types.ANY) for (const set of node.sets.values()) reply.answer(set, as);
  else if (type === types.RRSIG) for (const record of everySignature(reply, node, as)) reply.synthesized(record);
  else {
    const set = node.sets.get(type);
    if (set !== undefined) reply.answer(set, as);
  }
  if (reply.answers.some(record => keyOf(record.name) === keyOf(name))) return undefined;
  nothingOfThatType(reply, question, encloser);
  return undefined;
}

/** Types that an alias has itself (RFC 4034 §3, §4: a CNAME has its own RRSIG and NSEC). */
const staysAtAlias = (type: number): boolean =>
  type === types.CNAME || type === types.ANY || type === types.NSEC || type === types.RRSIG;

function everySignature({zone}: Reply, node: ZoneNode, as: string | undefined): readonly ResourceRecord[] {
  const records = [...node.sets.values()].flatMap(set => zone.signatures(set) ?? []);
  return as === undefined ? records : records.map(record => ({...record, name: as}));
}

function nothingOfThatType(reply: Reply, {name, type}: Question, encloser: string | undefined): void {
  const {denial} = reply.zone;
  reply.soa();
  if (encloser !== undefined) reply.proof(denial?.wildcardNoData(name, encloser));
  else if (type === types.DS) reply.proof(denial?.noDs(name));
  else reply.proof(denial?.noData(name));
}
