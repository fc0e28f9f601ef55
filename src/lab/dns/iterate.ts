import {nameIn} from '../../wire/dns/answers.ts';
import {classes, codes, extendedErrors, types} from '../../wire/dns/numbers.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import {address4Text} from '../../wire/ip-address.ts';
import type {ExtendedError} from './reply.ts';
import type {Response} from './respond.ts';
import {keyOf, upTo} from './zone.ts';

/** One of the lab's own name servers asked in this process; nothing where nobody listens. */
export type AskServer = (address: string, question: Question) => Response | 'silence' | undefined;

/** What came of going down from the root for one question. */
export interface Iterated {
  readonly rcode: number;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly errors: readonly ExtendedError[];
}

/** Delegations followed for one question, and names of servers looked up on the way to it. */
const mostCuts = 16;
const mostDetours = 4;

/**
 * Follows delegations from the root down to whoever answers (RFC 1034 §5.3.3). The servers of each zone are tried in
 * order until one is of use; renamings are left to the caller.
 */
export function iterate(ask: AskServer, roots: readonly string[], question: Question, detours = 0): Iterated {
  let [zone, servers] = ['.', roots] as [string, readonly string[]];
  const errors: ExtendedError[] = [];
  for (let cuts = 0; cuts < mostCuts; cuts++) {
    const said = firstUseful(ask, zone, servers, question, errors);
    if (said === undefined) return failed([...errors, unreachable(zone)]);
    const cut = referredTo(said, zone, question);
    if (cut === undefined) {
      const {rcode, answers = [], authorities = []} = said;
      return {rcode, answers, authorities, errors: errors.slice(0, 1)};
    }
    const addresses = addressesOf(cut, said, name =>
      detours < mostDetours ? addressesIn(iterate(ask, roots, addressQuestion(name), detours + 1).answers) : [],
    );
    if (addresses.length === 0) return failed([...errors, unreachable(cut)]);
    [zone, servers] = [cut, addresses];
  }
  return failed([{code: extendedErrors.other, says: `More than ${mostCuts} delegations lead to the name`}]);
}

/** RFC 8914 §4.23: no reachable authority. */
const unreachable = (zone: string): ExtendedError => ({
  code: extendedErrors.noReachableServer,
  says: `No server of ${zone} is of use`,
});

const failed = (errors: readonly ExtendedError[]): Iterated => ({
  rcode: codes.SERVFAIL,
  answers: [],
  authorities: [],
  errors,
});

/** RFC 8914 §4.24: a network error is one that the next server makes good. */
function firstUseful(
  ask: AskServer,
  zone: string,
  servers: readonly string[],
  question: Question,
  errors: ExtendedError[],
): Response | undefined {
  for (const address of servers) {
    const said = ask(address, question);
    const why = said === undefined ? 'is gone' : said === 'silence' ? 'says nothing' : uselessness(said);
    if (why === undefined) return said as Response;
    errors.push({code: extendedErrors.networkError, says: `${address}, named as a server of ${zone}, ${why}`});
  }
  return undefined;
}

function uselessness({rcode, aa, authorities = []}: Response): string | undefined {
  if (rcode === codes.REFUSED) return 'refuses';
  if (rcode !== codes.NOERROR && rcode !== codes.NXDOMAIN && rcode !== codes.YXDOMAIN) return 'fails';
  const refers = authorities.some(record => record.type === types.NS);
  return aa === true || refers ? undefined : 'does not know the zone';
}

/** The zone that a response sends us to, which must lie further down on the way to the name. */
function referredTo(said: Response, zone: string, question: Question): string | undefined {
  if (said.aa === true) return undefined;
  const cut = said.authorities?.find(record => record.type === types.NS)?.name;
  const onTheWay = cut === undefined ? undefined : upTo(keyOf(question.name), keyOf(cut));
  return onTheWay === undefined || keyOf(cut!) === keyOf(zone) ? undefined : cut;
}

/** Glue first; the address of a server that came without is looked up. */
function addressesOf(cut: string, said: Response, look: (name: string) => readonly string[]): readonly string[] {
  const names = (said.authorities ?? [])
    .filter(record => record.type === types.NS && keyOf(record.name) === keyOf(cut))
    .map(record => keyOf(nameIn(record.data)!));
  return names.flatMap(name => {
    const glue = addressesIn((said.additionals ?? []).filter(record => keyOf(record.name) === name));
    return glue.length > 0 ? glue : look(name);
  });
}

const addressQuestion = (name: string): Question => ({name, type: types.A, class: classes.IN});

const addressesIn = (records: readonly ResourceRecord[]): readonly string[] =>
  records.filter(record => record.type === types.A).map(record => address4Text(record.data));
