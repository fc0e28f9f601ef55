import {ProblemError} from '../../journal/problem.ts';
import type {Lab} from '../../lab/types.ts';
import {algorithmName, extendedErrorName} from '../../wire/dns/tables.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import {validate} from '../../world/dns/validate.ts';
import {dateText} from '../../world/dns/validate-set.ts';
import type {Fetch, Link} from '../../world/dns/validate-types.ts';
import {understood} from './query-build.ts';
import {anchorsFrom, readAnchors} from './trace-anchors.ts';
import {type Reach, TraceAsker, type TraceKit} from './trace-ask.ts';
import {type Root, readRoot, type TraceAsk} from './trace-fields.ts';
import {type NameServer, TraceMap} from './trace-map.ts';
import {questionOf} from './trace-question.ts';
import {ianaAnchors, ianaRoots} from './trace-roots.ts';
import {TraceWalk, type Walked} from './trace-walk.ts';

/** From the root down to the name, then from the anchor down to the answer. */
export async function runTrace(ask: TraceAsk, kit: TraceKit): Promise<void> {
  const root = understood(readRoot(ask.root));
  const question = questionOf(ask);
  const lab = root === 'lab' || ask.anchor === 'lab' ? await kit.lab() : undefined;
  const anchors = ask.dnssec ? await anchorsOf(ask, root, lab) : [];
  const asker = new TraceAsker(kit, ask, reachOf(ask, root, lab));
  const map = new TraceMap(kit, ask, asker, rootsOf(root, lab));
  let says = 'It was stopped';
  let walked: Walked | undefined;
  try {
    walked = await new TraceWalk(kit, ask, asker, map).walk(question);
    says = walked.says;
    if (anchors.length > 0) await check(kit, map, question, walked, anchors);
  } catch (error) {
    if (error instanceof ProblemError) says = error.problem.says;
    if (!kit.signal.aborted) throw error;
  } finally {
    kit.emit('ended', {says, queries: asker.queries, seconds: kit.now()});
  }
  if (walked?.failed === true && !kit.signal.aborted)
    throw new ProblemError({code: 'dns.no-answer', says, next: 'The findings say what is wrong with each server.'});
}

async function check(
  kit: TraceKit,
  map: TraceMap,
  question: Question,
  {response, says}: Walked,
  anchors: readonly ResourceRecord[],
): Promise<void> {
  if (response === undefined) {
    kit.emit('verdict', {verdict: 'indeterminate', reason: `${says}, so there is nothing to check`});
    return;
  }
  const {verdict, reason, extendedError} = await validate(question, response, {
    anchors,
    fetch: remembered(async (name, type) => map.find({name, type, class: 1}, 'validation', 'to check signatures')),
    now: Math.floor(Date.now() / 1000),
    link: link => kit.emit('link', shown(link)),
  });
  kit.emit('verdict', {
    verdict,
    reason,
    ...(extendedError !== undefined && {extendedError: extendedErrorName(extendedError)}),
  });
}

function shown({zone, what, verdict, reason, keyTag, algorithm, inception, expiration}: Link) {
  return {
    zone,
    what,
    verdict,
    reason,
    ...(keyTag !== undefined && {keyTag}),
    ...(algorithm !== undefined && {algorithm: algorithmName(algorithm)}),
    ...(inception !== undefined && {inception: dateText(inception)}),
    ...(expiration !== undefined && {expiration: dateText(expiration)}),
  };
}

function remembered(fetch: Fetch): Fetch {
  const known = new Map<string, ReturnType<Fetch>>();
  return (name, type) => {
    const key = `${name.toLowerCase()} ${type}`;
    const response = known.get(key) ?? fetch(name, type);
    known.set(key, response);
    return response;
  };
}

function rootsOf(root: Root, lab: Lab | undefined): readonly NameServer[] {
  if (root === 'lab')
    return lab!.dns.roots.map(({name, address}) => ({name, addresses: [address], source: 'hint' as const}));
  if (root === 'iana') return ianaRoots.map(server => ({...server, source: 'hint' as const}));
  return root.map(address => ({name: address, addresses: [address], source: 'hint' as const}));
}

function reachOf(ask: TraceAsk, root: Root, lab: Lab | undefined): Reach {
  if (root === 'lab')
    return address => {
      const at = lab!.reach(address, ask.port);
      // A server of the lab that is not there: whoever else has port 53 of this machine is not asked in its place.
      return at.address === address && at.port === ask.port ? {address, port: lab!.dns.port} : at;
    };
  return address => ({address, port: ask.port});
}

async function anchorsOf(ask: TraceAsk, root: Root, lab: Lab | undefined): Promise<readonly ResourceRecord[]> {
  const chosen = ask.anchor.trim() === 'auto' ? (typeof root === 'string' ? root : 'none') : ask.anchor.trim();
  if (chosen === 'none') return [];
  if (chosen === 'iana') return readAnchors(ianaAnchors.join('\n'));
  if (chosen !== 'lab') return anchorsFrom(chosen);
  const anchors = readAnchors(lab!.dns.anchors.join('\n'));
  if (anchors.length > 0) return anchors;
  throw new ProblemError({code: 'dns.anchor', says: 'The lab has no trust anchor', next: 'Use --anchor none.'});
}
