import {ProblemError} from '../../journal/problem.ts';
import {keptMail} from '../../lab/mail/mailbox.ts';
import {concat} from '../../wire/bytes.ts';
import {stuffDots} from '../../wire/smtp/dots.ts';
import {type Delivered, Postman} from './mail-deliver.ts';
import {type Letter, tellMessage, writeLetter} from './mail-draft.ts';
import type {Verdict} from './mail-events.ts';
import {type MailAsk, readRecipient} from './mail-fields.ts';
import {ByHand} from './mail-hand.ts';
import {type Exchanger, findExchangers, type MailKit} from './mail-walk.ts';

/** Finds who takes the mail, says what would be said, and goes as far as it was asked to. */
export async function runMail(ask: MailAsk, kit: MailKit): Promise<void> {
  const read = readRecipient(ask.to);
  if (!read.ok)
    throw new ProblemError({code: 'mail.to', says: read.says, ...(read.next !== undefined && {next: read.next})});
  const recipient = read.value;
  if (ask.send && recipient.kind === 'domain')
    throw new ProblemError({
      code: 'mail.recipient',
      says: 'A message needs an address, and this is a domain',
      next: 'Put a name and @ before it.',
    });
  const letter = await writeLetter(ask, recipient, kit);
  const walked = await findExchangers(ask, recipient, kit);
  if (kit.signal.aborted) return;
  if (!walked.ok) {
    kit.emit('verdict', {result: walked.kind, says: walked.says});
    if (kit.headless) throw problemOf(walked.kind, walked.says);
    kit.handle({});
    return kit.stopped();
  }
  const {exchangers} = walked;
  const built = letter.build({eightBit: true, utf8: letter.international});
  tellMessage(built, kit);
  const errand = new Errand(ask, kit, letter, exchangers);
  if (ask.send || ask.probe) {
    const verdict = await errand.go(ask.send ? 'send' : 'probe');
    if (kit.signal.aborted) return;
    if (kit.headless && verdict.result !== 'sent' && verdict.result !== 'probed')
      throw problemOf(verdict.result, verdict.says);
  } else {
    kit.emit('plan', {lines: planned(ask, letter, built)});
    kit.emit('verdict', {result: 'planned', says: 'Nothing was sent, and no mail server was spoken with'});
  }
  return errand.attend();
}

/** The lines of a conversation in which the server says yes to everything. */
function planned(
  ask: MailAsk,
  {sender, recipient}: Letter,
  {bytes, encoding}: ReturnType<Letter['build']>,
): readonly string[] {
  const {dots} = stuffDots(bytes);
  return [
    `EHLO ${ask.helo || '[the address of this end]'}`,
    ...(ask.starttls === 'no' ? [] : ['STARTTLS', `EHLO ${ask.helo || '[the address of this end]'}`]),
    `MAIL FROM:<${sender}> SIZE=${bytes.length}${encoding === '8bit' ? ' BODY=8BITMIME' : ''}`,
    ...(recipient === undefined ? [] : [`RCPT TO:<${recipient}>`]),
    ...(recipient === undefined
      ? ['RSET']
      : [
          'DATA',
          `(${bytes.length} bytes of message${dots === 0 ? '' : `, a dot put before ${dots}`}, and a line of a single dot)`,
        ]),
    'QUIT',
  ];
}

class Errand {
  readonly #ask: MailAsk;
  readonly #kit: MailKit;
  readonly #letter: Letter;
  readonly #exchangers: readonly Exchanger[];
  readonly #postman: Postman;
  #busy: Promise<unknown> = Promise.resolve();
  #acted = false;

  constructor(ask: MailAsk, kit: MailKit, letter: Letter, exchangers: readonly Exchanger[]) {
    this.#ask = ask;
    this.#kit = kit;
    this.#letter = letter;
    this.#exchangers = exchangers;
    this.#postman = new Postman(kit, ask, letter);
  }

  /** Tries the exchangers in their order, until one gives a final answer. */
  async go(goal: 'probe' | 'send'): Promise<{result: Verdict; says: string}> {
    const results: Delivered[] = [];
    for (const exchanger of this.#exchangers) {
      if (this.#kit.signal.aborted) break;
      const delivered = await this.#postman.deliver(exchanger, goal);
      results.push(delivered);
      if (delivered.kind === 'sent') this.#show(delivered);
      if (!delivered.next && !(goal === 'probe' && this.#ask.tryAll)) break;
    }
    const verdict = verdictOf(results);
    // What was broken off says nothing about the server.
    if (!this.#kit.signal.aborted) this.#kit.emit('verdict', verdict);
    return verdict;
  }

  /** Waits for what is to be done by hand. A command that nobody gives steps to has nothing to wait for. */
  async attend(): Promise<void> {
    const hand = new ByHand(this.#kit, this.#postman, this.#letter, this.#exchangers);
    const inTurn =
      <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        this.#acted = true;
        const mine = this.#busy.then(() => work(...args));
        this.#busy = mine.catch(() => undefined);
        return mine;
      };
    this.#kit.handle({
      probe: inTurn(async () => void (await this.go('probe'))),
      send: inTurn(async () => void (await this.go('send'))),
      open: inTurn((args: {number: number}) => hand.open(args)),
      line: inTurn((args: {line: string}) => hand.line(args)),
      raw: inTurn((args: {text: string}) => hand.raw(args)),
      hex: inTurn((args: {hex: string}) => hand.hex(args)),
      tls: inTurn(() => hand.tls()),
      content: inTurn(() => hand.content()),
      close: inTurn(async () => hand.close()),
    });
    // A command's first step is taken within this turn, if there is one.
    await new Promise(done => setTimeout(done, 0));
    if (!this.#kit.headless || this.#acted) await this.#kit.stopped();
    hand.close();
  }

  /** What the lab’s server has kept: the one mailbox that can be looked into. */
  #show({at, sent}: Delivered): void {
    const kept = at && keptMail(at).at(-1);
    if (kept === undefined) return;
    const {id, from, recipients, trace, content} = kept;
    const head = new TextEncoder().encode(trace);
    const identical =
      sent !== undefined && content.length === sent.length && content.every((byte, index) => byte === sent[index]);
    this.#kit.emit('kept', {id, from, recipients, trace: head.length, identical}, concat([head, content]));
  }
}

const good: Readonly<Partial<Record<Delivered['kind'], Verdict>>> = {
  sent: 'sent',
  accepted: 'probed',
  refused: 'refused',
};

/** The first final answer counts; without one, the best reason to try again later. */
function verdictOf(results: readonly Delivered[]): {result: Verdict; says: string} {
  const final = results.find(({next}) => !next);
  if (final !== undefined) return {result: good[final.kind] ?? 'refused', says: final.says};
  const deferred = results.find(({kind}) => kind === 'deferred');
  if (deferred !== undefined)
    return {
      result: 'deferred',
      says: `Nobody takes it now; a mail server would keep it and try again. ${deferred.says}`,
    };
  const insecure = results.find(({kind}) => kind === 'insecure');
  if (insecure !== undefined) return {result: 'insecure', says: insecure.says};
  const refused = results.find(({kind}) => kind === 'refused');
  if (refused !== undefined) return {result: 'refused', says: refused.says};
  const broken = results.find(({kind}) => kind === 'broken');
  const says = broken === undefined ? 'No exchanger can be reached' : 'The conversation broke off';
  return {result: 'unreachable', says: `${says}. ${(broken ?? results.at(-1))?.says ?? ''}`.trim()};
}

const nextSteps: Readonly<Partial<Record<Verdict, string>>> = {
  deferred: 'Try again later.',
  refused: 'Change what it complains about: the same will not work again.',
  unreachable: 'Check the port, and that a way leads there from here; --exchanger names another server.',
  insecure: 'Choose --starttls auto to send in clear or with any certificate.',
  nowhere: 'Check the domain.',
};

function problemOf(result: Verdict, says: string): ProblemError {
  const next = nextSteps[result];
  return new ProblemError({code: `mail.${result}`, says, ...(next !== undefined && {next})});
}
