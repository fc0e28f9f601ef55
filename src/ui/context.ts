import type {CopyOutcome} from './outside.ts';
import type {Store} from './store.ts';

/** What the explorer's actions work with: the model, and the few things outside it. */
export interface Context {
  readonly store: Store;
  readonly outside: Outside;
}

/** The outside as the explorer needs it; tests pass their own. */
export interface Outside {
  quit(code: number): void;
  copy(text: string): Promise<CopyOutcome>;
  saveFile(name: string, text: string): Promise<string>;
  setMouse(on: boolean): void;
  /** Gives the terminal back to the shell until `fg`. */
  suspend(): void;
}
