import {type FaultClass, isFault, type PickleFault} from './fault.ts';
import {Inspection} from './inspection.ts';
import {Machine} from './machine.ts';
import type {PickleSymbol} from './symbol.ts';

/** The unpickler's stack and memo at one place, as texts of Python cut short. Names in them are as the pickle has them. */
export interface StackView {
  /** Objects on the stack. */
  readonly height: number;
  /** The topmost of them and the marks between them, from the top down. */
  readonly top: readonly StackEntry[];
  /** Entries of the memo. */
  readonly memoSize: number;
  /** The newest of them, the newest first. */
  readonly memo: readonly (readonly [key: string, text: string])[];
  /** What CPython's unpickler has stopped at, here or before. */
  readonly error?: {readonly class: FaultClass; readonly message: string; readonly offset: number};
}

export interface StackEntry {
  readonly text: string;
  readonly mark: boolean;
}

/** Entries of the stack and of the memo that a view lists. */
const mostListed = 64;

/**
 * Runs one pickle on symbols, as far as asked, and shows the stack there. Nothing is imported or called. Going on is
 * cheap; going back starts again.
 */
export class StackReader {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  #inspection = new Inspection(0);
  #machine: Machine<PickleSymbol> = new Machine(this.#inspection);
  #position: number;
  #stopped: PickleFault | undefined;

  constructor(bytes: Uint8Array, start = 0) {
    this.#bytes = bytes;
    this.#start = start;
    this.#position = start;
  }

  /** The stack after everything before the offset `end`, which is where an opcode and its argument end. */
  after(end: number): StackView {
    this.#goTo(end);
    const {stack, memo} = this.#machine;
    const error = this.#inspection.forgiven ?? this.#stopped;
    return {
      height: stack.length,
      top: this.#top(),
      memoSize: memo.size,
      memo: [...memo]
        .slice(-mostListed)
        .reverse()
        .map(([key, symbol]) => [String(key), symbol.text] as const),
      ...(error !== undefined && {error: {class: error.class, message: error.message, offset: error.offset}}),
    };
  }

  /** How many objects are on the stack there. */
  heightAfter(end: number): number {
    this.#goTo(end);
    return this.#machine.stack.length;
  }

  #goTo(end: number): void {
    if (end < this.#position) this.#restart();
    if (end > this.#position && this.#stopped === undefined) {
      const outcome = this.#machine.run(this.#bytes, this.#position, end);
      // That it was told to stop is no mistake of the pickle's.
      if (isFault(outcome) && outcome.offset < end) this.#stopped = outcome;
    }
    this.#position = end;
  }

  #restart(): void {
    this.#inspection = new Inspection(0);
    this.#machine = new Machine(this.#inspection);
    this.#position = this.#start;
    this.#stopped = undefined;
  }

  #top(): StackEntry[] {
    const {stack, marks} = this.#machine;
    const entries: StackEntry[] = [];
    let mark = marks.length - 1;
    for (let height = stack.length; entries.length < mostListed; height -= 1) {
      // A mark lies at the height the stack had when it was set.
      for (; mark >= 0 && marks[mark] === height; mark -= 1) entries.push({text: 'MARK', mark: true});
      if (height === 0) break;
      entries.push({text: stack[height - 1]!.text, mark: false});
    }
    return entries;
  }
}
