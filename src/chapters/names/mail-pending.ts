import {readCommand} from '../../wire/smtp/commands.ts';

/** Which commands the server has not answered yet: several may be under way at once (RFC 2920). */
export class Pending {
  readonly #verbs: string[] = [];
  #rest = '';
  #inMessage = false;
  #last = '';

  /** The command that the next reply answers; of a reply that nobody asked for, the last that was answered. */
  get verb(): string {
    return this.#verbs[0] ?? this.#last;
  }

  /** Between 354 and the line of a single dot nothing is a command. */
  get inMessage(): boolean {
    return this.#inMessage;
  }

  /** What was typed: whole lines are commands, and half a line goes on with what comes next. */
  said(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const typed = line.replace(/\r$/, '');
      if (!this.#inMessage) this.#verbs.push(readCommand(typed).verb);
      else if (typed === '.') this.sentMessage();
    }
  }

  sentMessage(): void {
    this.#inMessage = false;
    this.#verbs.push('DATA');
  }

  /** The last line of a reply came. */
  answered(code: number): void {
    this.#last = this.#verbs.shift() ?? this.#last;
    if (code === 354) this.#inMessage = true;
  }

  /** After a handshake both begin anew (RFC 3207 §4.2). */
  forget(): void {
    this.#verbs.length = 0;
    this.#rest = '';
    this.#last = '';
    this.#inMessage = false;
  }
}
