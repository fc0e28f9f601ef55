/** Those who want to hear of something. A listener added or removed while one is told counts from the next time on. */
export class Listeners<Value> {
  #all: readonly ((value: Value) => void)[] = [];

  /** Adds a listener; gives what removes it. */
  add(listener: (value: Value) => void): () => void {
    this.#all = [...this.#all, listener];
    return () => {
      this.#all = this.#all.filter(other => other !== listener);
    };
  }

  tell(value: Value): void {
    for (const listener of this.#all) listener(value);
  }

  clear(): void {
    this.#all = [];
  }
}
