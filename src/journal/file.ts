import {fromHex} from '../wire/text/hex.ts';
import type {WireEvent} from './event.ts';
import {Journal, type JournalLimits, type JournalStart} from './journal.ts';
import {stringify, toJson} from './json.ts';
import type {Problem} from './problem.ts';

/** What a run hands over to be saved. `base` is the state that the dropped events left behind. */
export interface SavedRun {
  readonly experiment: string;
  readonly ask: unknown;
  readonly base: unknown;
}

/** The first line of a `.wirebook` file. A state may point at bytes, so their offsets are kept as well as the numbers. */
export interface SavedHead extends SavedRun, JournalStart {
  readonly wirebook: 1;
}

export interface Saved extends SavedHead {
  readonly events: readonly SavedEvent[];
}

export interface SavedEvent {
  readonly kind: string;
  readonly t: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The bytes, or how many there were when they had made room for newer ones. */
  readonly bytes?: Uint8Array | number;
}

/** One JSON object a line: the head, then each event in the form `--json` prints it. */
export function save({experiment, ask, base}: SavedRun, journal: Journal): string {
  const {first, offset} = journal;
  const head: SavedHead = {wirebook: 1, experiment, ask, first, offset, base};
  const lines = [stringify(head)];
  for (const event of journal) lines.push(stringify(toJson(event, journal.bytesOf(event))));
  return lines.join('\n') + '\n';
}

/** Reads what `save` wrote. A line that cannot be read is named by its number; nothing is guessed. */
export function load(text: string): Saved | Problem {
  const lines = text.split('\n').filter(line => line !== '');
  const head = parseLine(lines[0] ?? '');
  if (!isHead(head))
    return {
      code: 'file.head',
      says: 'This is not a .wirebook file: its first line is not a head',
      next: 'Save one with S in the explorer.',
    };
  const events: SavedEvent[] = [];
  for (const [index, line] of lines.slice(1).entries()) {
    const event = readEvent(parseLine(line));
    if (event === undefined)
      return {
        code: 'file.event',
        says: `Line ${index + 2} of this file is not an event`,
        next: 'Cut the file there to keep what is before it.',
      };
    events.push(event);
  }
  return {...head, offset: head.offset ?? 0, events};
}

/** Puts loaded events into a journal again, under the sequence numbers and at the offsets they had. */
export function rebuild(saved: Saved, run: number, limits: JournalLimits, seen: (event: WireEvent) => void): Journal {
  const journal = new Journal(run, limits, undefined, saved);
  for (const {kind, t, fields, bytes} of saved.events) seen(journal.append(kind, t, fields, bytes));
  return journal;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A head without an offset is one whose bytes begin at 0. */
function isHead(value: unknown): value is Omit<SavedHead, 'offset'> & Partial<Pick<SavedHead, 'offset'>> {
  return (
    isRecord(value) &&
    value.wirebook === 1 &&
    typeof value.experiment === 'string' &&
    isPlace(value.first) &&
    (value.offset === undefined || isPlace(value.offset))
  );
}

const isPlace = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function readEvent(value: unknown): SavedEvent | undefined {
  if (!isRecord(value)) return undefined;
  const {kind, t, run: _run, seq: _seq, ...fields} = value;
  if (typeof kind !== 'string' || typeof t !== 'number' || !Number.isFinite(t)) return undefined;
  if (!('bytes' in fields)) return {kind, t, fields};
  const {bytes, length, ...rest} = fields;
  if (bytes === null) return isCount(length) ? {kind, t, fields: rest, bytes: length} : undefined;
  const read = typeof bytes === 'string' ? fromHex(bytes) : undefined;
  return read === undefined ? undefined : {kind, t, fields: rest, bytes: read};
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32 - 1;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
