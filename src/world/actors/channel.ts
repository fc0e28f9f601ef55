import type {Ask, FromActor, ToActor} from './messages.ts';

/** How a parent speaks with one actor: directly, or, for an actor's own child, through that actor. */
export interface Channel {
  send(message: ToActor): void;
  /** Set once, by whoever asks over this channel. */
  receive: (message: FromActor) => void;
}

/** Questions over a channel, each with its one answer. */
export interface Asker {
  /** `begun` is called when a program says that it is ready. Rejects when the actor refuses or ends. */
  ask(what: Ask, begun?: (value: unknown) => void): Promise<unknown>;
  /** Takes the messages that are answers; says whether it was one. */
  answered(message: FromActor): boolean;
  /** The actor is gone: nothing will be answered any more. */
  close(why: string): void;
}

interface Question {
  resolve(value: unknown): void;
  reject(cause: Error): void;
  begun: ((value: unknown) => void) | undefined;
}

export function createAsker(channel: Channel): Asker {
  const questions = new Map<number, Question>();
  let last = 0;
  let closed: string | undefined;
  return {
    ask(what, begun) {
      if (closed !== undefined) return Promise.reject(new Error(closed));
      const request = ++last;
      return new Promise((resolve, reject) => {
        questions.set(request, {resolve, reject, begun});
        channel.send({type: 'ask', request, what});
      });
    },
    answered(message) {
      if (message.type === 'begun') questions.get(message.request)?.begun?.(message.value);
      else if (message.type === 'answer') questions.get(message.request)?.resolve(message.value);
      else if (message.type === 'refusal') questions.get(message.request)?.reject(new Error(message.why));
      else return false;
      if (message.type !== 'begun') questions.delete(message.request);
      return true;
    },
    close(why) {
      closed = why;
      for (const question of questions.values()) question.reject(new Error(why));
      questions.clear();
    },
  };
}
