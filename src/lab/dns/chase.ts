import {nameIn} from '../../wire/dns/answers.ts';
import {codes, extendedErrors, types} from '../../wire/dns/numbers.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Iterated} from './iterate.ts';
import {keyOf} from './zone.ts';

/** Zones that aliases may lead through for one question. */
const mostZones = 10;

/** Follows aliases from zone to zone until there is an answer, or none (RFC 1034 §3.6.2). A loop ends, and is an error. */
export function chase(question: Question, ask: (question: Question) => Iterated): Iterated {
  const answers: ResourceRecord[] = [];
  const errors: Iterated['errors'][number][] = [];
  const proofs: ResourceRecord[] = [];
  let {name} = question;
  for (let zones = 0; zones < mostZones; zones++) {
    const said = ask({...question, name});
    for (const record of said.answers) if (!answers.includes(record)) answers.push(record);
    errors.push(...said.errors);
    const end = endOf(answers, question.name, question.type);
    if (end === undefined) return loop(`The aliases of ${question.name} lead round in a circle`);
    proofs.push(...said.authorities.filter(record => !isSoa(record)));
    const open = said.rcode === codes.NOERROR && keyOf(end) !== keyOf(name) && !said.authorities.some(isSoa);
    if (!open || hasType(answers, end, question.type))
      return {...said, answers, errors, authorities: [...new Set([...said.authorities, ...proofs])]};
    name = end;
  }
  return loop(`More than ${mostZones} zones lie on the way from ${question.name}`);
}

const loop = (says: string): Iterated => ({
  rcode: codes.SERVFAIL,
  answers: [],
  authorities: [],
  errors: [{code: extendedErrors.other, says}],
});

const isSoa = (record: ResourceRecord): boolean => record.type === types.SOA;

const hasType = (records: readonly ResourceRecord[], name: string, type: number): boolean =>
  records.some(record => record.type === type && keyOf(record.name) === keyOf(name));

/** The name at which a chain of CNAME records ends; nothing when it does not end. */
export function endOf(records: readonly ResourceRecord[], from: string, type: number): string | undefined {
  if (type === types.CNAME || type === types.ANY) return from;
  const seen = new Set<string>();
  for (let name = from; ; ) {
    if (seen.has(keyOf(name))) return undefined;
    seen.add(keyOf(name));
    const alias = records.find(record => record.type === types.CNAME && keyOf(record.name) === keyOf(name));
    const target = alias === undefined ? undefined : nameIn(alias.data);
    if (target === undefined) return name;
    name = target;
  }
}
