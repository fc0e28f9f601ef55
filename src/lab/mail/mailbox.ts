import type {Endpoint} from '../types.ts';
import type {StoredMessage} from './types.ts';

const most = {messages: 50, bytes: 32 * 1024 * 1024};

/** The last messages of one server: at most fifty, and at most 32 MiB of them. */
export class Mailbox {
  #messages: StoredMessage[] = [];
  #bytes = 0;

  get messages(): readonly StoredMessage[] {
    return this.#messages;
  }

  add(message: StoredMessage): void {
    this.#messages = [...this.#messages, message];
    this.#bytes += message.content.length;
    while (this.#messages.length > most.messages || (this.#bytes > most.bytes && this.#messages.length > 1)) {
      this.#bytes -= this.#messages[0]!.content.length;
      this.#messages = this.#messages.slice(1);
    }
  }
}

const open = new Map<string, Mailbox>();
const keyOf = ({address, port}: Endpoint) => `${address} ${port}`;

/** What the lab’s mail server at this place has kept; nothing where none of ours listens. */
export function keptMail(at: Endpoint): readonly StoredMessage[] {
  return open.get(keyOf(at))?.messages ?? [];
}

export function openMailbox(at: Endpoint): {readonly mailbox: Mailbox; close(): void} {
  const mailbox = new Mailbox();
  open.set(keyOf(at), mailbox);
  return {mailbox, close: () => open.delete(keyOf(at))};
}
