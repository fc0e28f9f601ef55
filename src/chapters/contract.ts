import type {EventKinds, EventOf, FieldsOf} from '../journal/event.ts';
import type {Problem} from '../journal/problem.ts';
import type {Lab} from '../lab/types.ts';
import type {World} from '../world/world.ts';
import type {AskOf, Fields} from './fields.ts';

export const chapters = {
  tcp: {number: 3, title: 'TCP'},
  names: {number: 4, title: 'Names'},
  data: {number: 5, title: 'Data'},
} as const;

export type ChapterId = keyof typeof chapters;

/**
 * One experiment, declared once. The form, the flags, `--help`, completions, the JSON schema, the keys, the palette, the
 * help overlay and the documentation are all made from this.
 */
export interface Experiment<F extends Fields, K extends EventKinds, State, A extends Actions<State>> {
  /** `chapter.name`; also the command: `wirebook tcp half-close`. */
  readonly id: `${ChapterId}.${string}`;
  /** What the menu says. */
  readonly title: string;
  /** One sentence: what there is to see. */
  readonly teaches: string;
  /** Names of the fields that may stand on the command line without a flag, in order. */
  readonly positionals?: readonly (keyof F & string)[];
  /** The field that a word without a flag is for, wherever it stands, by the character it begins with: `@` as dig has it. */
  readonly marked?: {readonly [mark: string]: keyof F & string};
  /** The field that takes all remaining words of the command line, joined by `, `. */
  readonly rest?: keyof F & string;
  /** What `rest` is when every word before it was given and none follows. Default: what the field says of itself. */
  readonly withoutRest?: string;
  readonly fields: F;
  /** The kinds of events it emits, with their fields: the published schema. */
  readonly events: K;
  readonly actions: A;
  /** `at once` when opening it costs nothing and touches nothing; otherwise the form comes first. */
  readonly opens: 'at once' | 'with its form';
  /** What a command does when nobody presses keys: steps performed in order, then the run ends. Absent: it runs until it ends itself. */
  script?(ask: AskOf<F>): readonly Step[];
  run(ask: AskOf<F>, kit: Kit<K, keyof A & string, AskOf<F>>): Promise<void>;
  /** The address on which it waits for others while it runs: the header says so whenever that is not loopback. */
  listensOn?(ask: AskOf<F>): string | undefined;
  start(ask: AskOf<F>): State;
  /** Pure: a saved journal replays to the same state. States are plain JSON data, replaced and never changed in place. */
  reduce(state: State, event: EventOf<K>): State;
  /** Fields that an action changed, such as the values after a byte was edited: the form shows them. */
  settled?(state: State): Partial<AskOf<F>>;
  /**
   * What `--text` prints for an event: a line, or bytes as they are (made visible when standard output is a terminal);
   * nothing for events a reader of text does not need. `bytes` are the event's own.
   */
  line(event: EventOf<K>, bytes: Uint8Array | undefined, ask: AskOf<F>): TextLine;
  /** Answers one request of `--batch`: one JSON value for one JSON value, never throwing. */
  batch?(request: unknown): unknown;
  equivalents(ask: AskOf<F>): readonly Equivalent[];
}

export type Actions<State> = {readonly [id: string]: Action<State>};

/**
 * `aside` goes to standard error: what a person wants to know and a program that reads the output must not get. `raw` are
 * bytes for a file or a pipe, and `shown` the line that a terminal gets in their place.
 */
export type TextLine =
  | string
  | Uint8Array
  | {readonly aside: string}
  | {readonly raw: Uint8Array; readonly shown: string}
  | undefined;

/** Something that can be done while the experiment runs: a key, a palette entry, a verb of a script. */
export interface Action<State> {
  /** A single key as the help writes it: `s`, `w`, `F5`. No Ctrl or Alt. */
  readonly key: string;
  readonly title: string;
  /** The title in 20 cells, where its first words do not say it: for the hints. */
  readonly brief?: string;
  /** What it asks for, if anything. */
  readonly fields?: Fields;
  /** `true`, or the sentence that says why it is not possible now. */
  possible?(state: State): true | string;
  /** Set when it cannot be undone: the question to ask first. */
  readonly danger?: string;
  /** Rank among the hints: the seven highest are shown. 0 keeps it out of the hints. */
  readonly hint?: number;
}

/** One action to perform, with its arguments as values. */
export interface Step {
  readonly action: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

export type ActionReply = Problem | undefined;

/** What a running experiment is handed. */
export interface Kit<K extends EventKinds = EventKinds, ActionId extends string = string, Ask = unknown> {
  readonly world: World;
  /** The embedded internet, started when it is first asked for. Rejects with a ProblemError where it cannot be. */
  lab(): Promise<Lab>;
  /** Aborted when the run is to end: by the user, by a time limit, or because the program leaves. */
  readonly signal: AbortSignal;
  /** Standard input, when it is not a terminal; a command such as `tcp connect` reads it. */
  readonly input: AsyncIterable<Uint8Array> | undefined;
  /** True when no one watches and no key will come: a command. */
  readonly headless: boolean;
  /** True when one round is enough (`--once`): one connection served, one datagram answered, one reading printed. */
  readonly once: boolean;
  /** Seconds since the run started, monotonic. */
  now(): number;
  emit<Kind extends keyof K & string>(kind: Kind, fields: FieldsOf<K, Kind>, bytes?: Uint8Array): void;
  /**
   * Resolves at once while the readers keep up, otherwise when a command's output has been taken. An experiment that reads
   * as fast as it can awaits it before it reads on, so that a slow reader slows it down and loses nothing.
   */
  caughtUp(): Promise<void>;
  /** Says what each action does. A returned problem is shown to whoever asked for the action. */
  handle(handlers: {readonly [Id in ActionId]?: Handler}): void;
  /** Called with new values while the form is edited. An experiment without it is started again instead. */
  whenAsked(answer: (ask: Ask) => void): void;
  /** Resolves when the run is to end. */
  stopped(): Promise<void>;
}

/** Declared as a method so that a handler may name the arguments that the action's own fields have read. */
export type Handler = {
  handler(args: Readonly<Record<string, unknown>>): ActionReply | Promise<ActionReply> | void | Promise<void>;
}['handler'];

export interface Equivalent {
  readonly language: 'Python' | 'C' | 'Node' | 'shell';
  readonly code: string;
}

/**
 * An experiment whose types are not known here, as registries hold it. Its functions ask for `never`: whoever calls one
 * says with `as never` that the values were read with the experiment's own fields, or come from its own run.
 */
export type AnyExperiment = Pick<Described, 'id' | 'title' | 'teaches' | 'fields' | 'events' | 'opens'> & {
  readonly positionals?: readonly string[];
  readonly marked?: {readonly [mark: string]: string};
  readonly rest?: string;
  readonly withoutRest?: string;
  readonly actions: {readonly [id: string]: Action<never>};
  script?(ask: never): readonly Step[];
  run(ask: never, kit: never): Promise<void>;
  listensOn?(ask: never): string | undefined;
  start(ask: never): unknown;
  reduce(state: never, event: never): unknown;
  settled?(state: never): Readonly<Record<string, unknown>>;
  line(event: never, bytes: Uint8Array | undefined, ask: never): TextLine;
  batch?(request: unknown): unknown;
  equivalents(ask: never): readonly Equivalent[];
};

type Described = Experiment<Fields, EventKinds, unknown, Actions<unknown>>;

/** Checks an experiment against its own fields, events, actions and state, and keeps their exact types. */
export function define<F extends Fields, K extends EventKinds, State, A extends Actions<State>>(
  experiment: Experiment<F, K, State, A>,
): Experiment<F, K, State, A> {
  return experiment;
}

export type StateOf<E> = E extends {reduce(state: infer State, event: never): unknown} ? State : never;
