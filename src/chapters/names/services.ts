import {setImmediate as nextTurn, setTimeout as sleep} from 'node:timers/promises';
import {ProblemError} from '../../journal/problem.ts';
import {define} from '../contract.ts';
import {choiceField, textField} from '../fields.ts';
import type {ServicesBench, ServicesKit} from './services-bench.ts';
import {servicesEquivalents} from './services-equivalents.ts';
import {
  type EntryFields,
  type FoundFields,
  getentLine,
  type MissingFields,
  protocolKey,
  readKeys,
  type ServicesAsk,
  type ServicesEvent,
  servicesEvents,
  servicesFields,
  type Table,
  tables,
} from './services-shape.ts';

export type Answer = (FoundFields & {readonly found: true}) | (MissingFields & {readonly found: false});

export interface ServicesState {
  readonly services: readonly EntryFields[];
  readonly protocols: readonly EntryFields[];
  /** What was looked up, the newest last. */
  readonly answers: readonly Answer[];
  /** How many answers there have been; those before the kept ones are gone. */
  readonly asked: number;
  readonly notices: readonly string[];
}

const keptAnswers = 100;

export const servicesExperiment = define({
  id: 'names.services',
  title: 'Services',
  teaches: 'Names for ports and protocols: what libc finds in /etc/services and /etc/protocols, and what it does not.',
  opens: 'at once',
  positionals: ['service'],
  rest: 'service',
  fields: servicesFields,
  events: servicesEvents,
  actions: {
    ask: {
      key: 'a',
      title: 'Ask libc',
      hint: 9,
      fields: {
        key: textField({label: 'For', default: 'www', hint: 'www, 80, 53/udp; of protocols: UDP or 17'}),
        table: choiceField({label: 'Table', options: tables, default: 'services'}),
      },
    },
  },
  run: runServices,
  start: (): ServicesState => ({services: [], protocols: [], answers: [], asked: 0, notices: []}),
  reduce(state, event): ServicesState {
    if (event.kind === 'notice') return {...state, notices: [...state.notices, event.says].slice(-20)};
    const {seq: _seq, t: _t, run: _run, kind, bytes: _bytes, ...fields} = event;
    if (kind === 'entry') return {...state, [event.table]: [...state[event.table], fields as EntryFields]};
    const answer = {...fields, found: kind === 'found'} as Answer;
    return {...state, answers: [...state.answers, answer].slice(-keptAnswers), asked: state.asked + 1};
  },
  line: servicesLine,
  equivalents: servicesEquivalents,
});

const pauseMilliseconds = 400;

async function runServices(first: ServicesAsk, kit: ServicesKit): Promise<void> {
  const {ServicesBench} = await import('./runs.ts');
  const bench = new ServicesBench(kit);
  try {
    await bench.read();
    const lists = first.service.trim() === '' && first.proto.trim() === '';
    if (!kit.headless || lists) bench.list(kit.headless ? first.table : 'both');
    const problem = await bench.answer(first);
    if (problem !== undefined && kit.headless) throw new ProblemError(problem);
    let byHand = !kit.headless;
    kit.handle({
      ask({key, table}: {key: string; table: Table}) {
        byHand = true;
        return askByHand(bench, key, table);
      },
    });
    let latest = first;
    kit.whenAsked(ask => {
      latest = ask;
      // While somebody types, half a name is not looked up.
      sleep(pauseMilliseconds)
        .then(() => (latest === ask ? bench.answer(ask) : undefined))
        .catch(() => undefined);
    });
    // Steps of a command begin as soon as there is somebody to do them.
    await nextTurn();
    if (byHand) await kit.stopped();
  } finally {
    await bench.close();
  }
}

/** What was not found stands in the list of answers; only what is no question at all is refused. */
async function askByHand(bench: ServicesBench, typed: string, table: Table) {
  const {keys, complaint} = table === 'services' ? readKeys(typed) : {keys: [protocolKey(typed)], complaint: undefined};
  if (complaint !== undefined || typed.trim() === '')
    return {code: 'names.key', says: complaint ?? 'Nothing is asked for', next: 'Type www, 80 or 53/udp.'};
  for (const key of keys) await bench.look(table, key);
  return undefined;
}

function servicesLine(event: ServicesEvent) {
  if (event.kind === 'entry' || event.kind === 'found') return getentLine(event);
  return event.kind === 'notice' ? {aside: event.says} : undefined;
}
