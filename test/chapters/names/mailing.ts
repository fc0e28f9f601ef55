import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {mailExperiment} from '../../../src/chapters/names/mail.ts';
import type {MailEvent} from '../../../src/chapters/names/mail-events.ts';
import type {MailState} from '../../../src/chapters/names/mail-state.ts';
import {whoisExperiment} from '../../../src/chapters/names/whois.ts';
import type {WhoisEvent} from '../../../src/chapters/names/whois-shape.ts';
import type {WhoisState} from '../../../src/chapters/names/whois-state.ts';
import type {Run} from '../../../src/chapters/run.ts';
import type {Running} from '../tcp/running.ts';

export interface Carried<Event, State> {
  readonly run: Run;
  readonly events: readonly Event[];
  readonly state: State;
  /** The bytes of the first event of this kind. */
  bytes(kind: string): Buffer;
  /** What `--text` prints. */
  readonly text: string;
}

/** Carries an experiment out as a command does, to its end, and checks every event against its schema on the way. */
async function carried<Event, State>(
  running: Running,
  experiment: AnyExperiment,
  ask: object,
): Promise<Carried<Event, State>> {
  const full = {...defaultsOf(experiment.fields), ...ask};
  const {run, events} = running.start(experiment, full);
  await run.ended;
  const text = events.flatMap(event => {
    const line = experiment.line(event as never, run.journal.bytesOf(event), full as never);
    if (typeof line === 'string') return [`${line}\n`];
    return line instanceof Uint8Array ? [Buffer.from(line).toString()] : [];
  });
  return {
    run,
    events: events as unknown as readonly Event[],
    state: run.state as State,
    bytes: kind => Buffer.from(run.journal.bytesOf(events.find(event => event.kind === kind)!) ?? []),
    text: text.join(''),
  };
}

export const mailed = (running: Running, ask: object) => carried<MailEvent, MailState>(running, mailExperiment, ask);
export const asked = (running: Running, ask: object) => carried<WhoisEvent, WhoisState>(running, whoisExperiment, ask);

/** The commands of a conversation, in order. */
export const verbs = (events: readonly MailEvent[]): readonly string[] =>
  events.flatMap(event => (event.kind === 'line' && event.from === 'client' ? [event.verb] : []));
