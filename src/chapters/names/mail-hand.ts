import type {Problem} from '../../journal/problem.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import type {Typed} from '../../wire/text/parsed.ts';
import {integerField, textField} from '../fields.ts';
import type {Conversation} from './mail-conversation.ts';
import type {Postman} from './mail-deliver.ts';
import type {Letter} from './mail-draft.ts';
import type {MailState} from './mail-state.ts';
import type {Exchanger, MailKit} from './mail-walk.ts';

const opened = ({open}: MailState) => (open === undefined ? 'No connection is open: o opens one' : true);

/** What can be done by hand: one connection, and whatever is typed goes over it as it is. */
export const handActions = {
  open: {
    key: 'o',
    title: 'Open a connection and type yourself',
    hint: 7,
    fields: {number: integerField({label: 'Exchanger', default: 1, from: 1, to: 100, hint: 'its place in the list'})},
    possible: ({exchangers, open}: MailState) =>
      exchangers.length === 0
        ? 'There is no exchanger'
        : open !== undefined
          ? 'A connection is open: c closes it'
          : true,
  },
  line: {
    key: 'l',
    title: 'Send a line, with CR LF',
    hint: 8,
    possible: opened,
    fields: {
      line: textField({
        label: 'Line',
        default: 'EHLO client.example.test',
        hint: String.raw`any command, or none; several with \r\n between them are sent at once`,
      }),
    },
  },
  raw: {
    key: 'w',
    brief: 'send text as it is',
    title: 'Send text as it is, without a line end: break the rules',
    hint: 5,
    possible: opened,
    fields: {
      text: textField({
        label: 'Text',
        default: String.raw`NOOP\n`,
        hint: String.raw`\r, \n, \x00 and \\ are understood`,
      }),
    },
  },
  hex: {
    key: 'X',
    title: 'Send bytes as hex',
    hint: 1,
    possible: opened,
    fields: {hex: textField({label: 'Hex', default: '4e 4f 4f 50 0d 0a', hint: 'two digits for each byte'})},
  },
  tls: {
    key: 't',
    title: 'Begin the TLS handshake',
    brief: 'begin TLS',
    hint: 4,
    possible: (state: MailState) =>
      opened(state) !== true || state.open?.secure !== true ? opened(state) : 'TLS is on already',
  },
  content: {key: 'm', title: 'Send the message, dots doubled, and the dot that ends it', hint: 3, possible: opened},
  close: {key: 'c', title: 'Close the connection', hint: 2, possible: opened},
};

interface Hand {
  readonly talk: Conversation;
  readonly exchanger: Exchanger;
  readonly address: string;
  readonly listening: Promise<void>;
}

/** One conversation typed by hand. */
export class ByHand {
  readonly #kit: MailKit;
  readonly #postman: Postman;
  readonly #letter: Letter;
  readonly #exchangers: readonly Exchanger[];
  #hand: Hand | undefined;

  constructor(kit: MailKit, postman: Postman, letter: Letter, exchangers: readonly Exchanger[]) {
    this.#kit = kit;
    this.#postman = postman;
    this.#letter = letter;
    this.#exchangers = exchangers;
  }

  async open({number}: {number: number}): Promise<Problem | undefined> {
    const exchanger = this.#exchangers[number - 1];
    if (exchanger === undefined)
      return {
        code: 'mail.number',
        says: `There is no exchanger ${number}`,
        next: `There are ${this.#exchangers.length}.`,
      };
    let problem: Problem = {code: 'mail.address', says: `${exchanger.name} has no address`};
    for (const address of exchanger.addresses) {
      const opened = await this.#postman.open(exchanger, address);
      if (!('talk' in opened)) {
        problem = opened;
        continue;
      }
      const {talk} = opened;
      this.#hand = {talk, exchanger, address, listening: talk.listen()};
      await this.#settled();
      return undefined;
    }
    return problem;
  }

  async line({line}: {line: string}): Promise<Problem | undefined> {
    return this.#send(bytesOf(parseEscapes(String.raw`${line}\r\n`)), talk => talk.say.bind(talk));
  }

  async raw({text}: {text: string}): Promise<Problem | undefined> {
    return this.#send(bytesOf(parseEscapes(text)), talk => talk.say.bind(talk));
  }

  async hex({hex}: {hex: string}): Promise<Problem | undefined> {
    return this.#send(bytesOf(parseHex(hex)), talk => talk.sayRaw.bind(talk));
  }

  async content(): Promise<Problem | undefined> {
    const {bytes} = this.#letter.build({eightBit: true, utf8: this.#letter.international});
    return this.#send({bytes}, talk => talk.content.bind(talk));
  }

  async tls(): Promise<Problem | undefined> {
    if (this.#hand === undefined) return nothingOpen;
    const {talk, exchanger, address} = this.#hand;
    const secured = await talk.startTls(await this.#postman.tlsOptions(exchanger, address));
    return secured.ok ? undefined : secured.problem;
  }

  close(): void {
    this.#hand?.talk.close();
    this.#hand = undefined;
  }

  async #send(
    typed: {readonly bytes: Uint8Array} | {readonly problem: Problem},
    how: (talk: Conversation) => (bytes: Uint8Array) => Promise<Problem | undefined>,
  ): Promise<Problem | undefined> {
    if ('problem' in typed) return typed.problem;
    if (this.#hand === undefined) return nothingOpen;
    const problem = await how(this.#hand.talk)(typed.bytes);
    await this.#settled();
    return problem;
  }

  /** A script’s next step comes when the server has had time to answer: a reply, or a tenth of a second without one. */
  async #settled(): Promise<void> {
    if (this.#kit.headless) await this.#hand?.talk.quiet(0.1, 2);
  }
}

const nothingOpen: Problem = {code: 'mail.closed', says: 'No connection is open', next: 'Open one first.'};

function bytesOf(typed: Typed): {readonly bytes: Uint8Array} | {readonly problem: Problem} {
  return typed.kind === 'bytes' ? typed : {problem: {code: 'mail.typed', says: typed.sentence.replace(/\.$/, '')}};
}
