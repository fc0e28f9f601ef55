import {classes} from '../../wire/dns/numbers.ts';
import type {Question, ResourceRecord} from '../../wire/dns/types.ts';
import {type Validation, validate} from '../../world/dns/validate.ts';
import {Chain, type ChainOptions} from '../../world/dns/validate-chain.ts';
import {chase} from './chase.ts';
import type {Iterated} from './iterate.ts';
import {keyOf} from './zone.ts';

/** What was found for a question, and whether it can be trusted (RFC 4035 §4.3). */
export interface Found {
  readonly iterated: Iterated;
  readonly validation: Validation;
}

export interface Lookups {
  find(question: Question): Promise<Found>;
}

/** The work done for a question is kept this long, in seconds, and for so many questions: not the answer's age, which is none. */
const keptSeconds = 60;
const mostKept = 20_000;

/**
 * Looks names up and validates what comes. `iterateOne` goes down from the root for one question, aliases left alone; `zones`
 * is another object whenever the zones have changed, and then nothing that was worked out counts any more.
 */
export function createLookups(
  iterateOne: (question: Question) => Iterated,
  zones: () => object,
  anchors: () => readonly ResourceRecord[],
  seconds: () => number,
): Lookups {
  let worked = {zones: {} as object, at: 0, options: undefined as ChainOptions | undefined};
  let kept = new Map<string, Promise<Found>>();
  const fetch = async (name: string, type: number) => iterateOne({name, type, class: classes.IN});
  const fresh = (): ChainOptions => {
    const now = seconds();
    if (worked.options === undefined || worked.zones !== zones() || now - worked.at > keptSeconds) {
      const options = {anchors: anchors(), fetch, now};
      worked = {zones: zones(), at: now, options: {...options, chain: new Chain(options)}};
      kept = new Map();
    }
    return worked.options!;
  };
  return {
    find(question) {
      const options = fresh();
      const key = `${keyOf(question.name)} ${question.type}`;
      // The name is shown as it was asked, so another spelling is another question.
      const exact = question.name === keyOf(question.name);
      const known = exact ? kept.get(key) : undefined;
      if (known !== undefined) return known;
      const found = look(question, iterateOne, options);
      if (exact && kept.size < mostKept) kept.set(key, found);
      return found;
    },
  };
}

async function look(
  question: Question,
  iterateOne: (question: Question) => Iterated,
  options: ChainOptions,
): Promise<Found> {
  const iterated = chase(question, iterateOne);
  return {iterated, validation: await validate(question, iterated, options)};
}
