/** What reply codes mean (RFC 5321 §4.2.2, §4.2.3 and the documents named). */
export const replyCodes: ReadonlyMap<number, {readonly says: string; readonly source: string}> = new Map(
  Object.entries({
    211: ['The state of the server, or the answer to HELP', 'RFC 5321 §4.2.2'],
    214: ['Help for people', 'RFC 5321 §4.2.2'],
    220: ['The service is ready: the client may speak, or start TLS when it asked for it', 'RFC 5321 §4.2.2'],
    221: ['The server closes the connection now', 'RFC 5321 §4.1.1.10'],
    235: ['The client has proved who it is', 'RFC 4954 §6'],
    250: ['Done as asked', 'RFC 5321 §4.2.2'],
    251: ['The user is elsewhere, and the server passes the message on', 'RFC 5321 §3.4'],
    252: ['The server does not say whether the user exists, and will take a message', 'RFC 5321 §3.5.3'],
    334: ['The next step of AUTH is the client’s', 'RFC 4954 §4'],
    354: ['Send the message now, and end it with a line of a single dot', 'RFC 5321 §4.1.1.4'],
    421: ['The server must go, and closes the connection: try again later', 'RFC 5321 §3.8'],
    432: ['A new password is needed first', 'RFC 4954 §6'],
    450: ['Not now: the mailbox is busy, or the server wants to be asked a second time', 'RFC 5321 §4.2.3'],
    451: ['Not now: something went wrong at the server’s side; try again later', 'RFC 5321 §4.2.3'],
    452: ['Not now: there is no room left, or there are too many recipients', 'RFC 5321 §4.5.3.1.10'],
    454: ['TLS cannot be had now', 'RFC 3207 §4'],
    455: ['A parameter of the command cannot be honoured now', 'RFC 5321 §4.1.1.11'],
    500: ['The server does not understand the line: it is no command, or it is too long', 'RFC 5321 §4.2.4'],
    501: ['The command is known, and what follows it is wrong', 'RFC 5321 §4.2.2'],
    502: ['The command is known, and not offered here', 'RFC 5321 §4.2.4'],
    503: ['The command comes at the wrong moment', 'RFC 5321 §4.1.4'],
    504: ['The command is known, and not with this parameter', 'RFC 5321 §4.2.2'],
    521: ['This host takes no mail at all', 'RFC 7504 §3'],
    523: ['The message is larger than this server takes', 'RFC 5321 §4.2.2'],
    530: ['TLS, or a proof of who the client is, is needed first', 'RFC 3207 §4'],
    534: ['This way of proving who one is is too weak', 'RFC 4954 §6'],
    535: ['The name or the password is wrong', 'RFC 4954 §6'],
    538: ['This way of proving who one is needs TLS', 'RFC 4954 §6'],
    550: ['Refused: there is no such mailbox, or a rule forbids it', 'RFC 5321 §4.2.3'],
    551: ['The user is elsewhere, and the server does not pass messages on', 'RFC 5321 §3.4'],
    552: ['The message is larger than the mailbox or the server takes', 'RFC 1870 §6.2'],
    553: ['The mailbox name is not allowed', 'RFC 5321 §4.2.2'],
    554: ['Refused: the transaction failed, or there is no mail service here', 'RFC 5321 §3.1'],
    555: ['A parameter of MAIL or RCPT is not known here', 'RFC 5321 §4.1.1.11'],
    556: ['The domain takes no mail', 'RFC 7504 §4'],
  } as const).map(([code, [says, source]]) => [Number(code), {says, source}]),
);

const firstDigit: Readonly<Record<number, string>> = {
  2: 'It worked',
  3: 'Half way: the client must go on',
  4: 'Not now: the same may work later, or elsewhere',
  5: 'No: the same will not work again',
};

const secondDigit: Readonly<Record<number, string>> = {
  0: 'the syntax',
  1: 'information that was asked for',
  2: 'the connection',
  3: 'authentication',
  5: 'the mail system',
};

/** The code as a sentence: its own, or what its digits say (RFC 5321 §4.2.1). Ends without a full stop. */
export function replyMeaning(code: number): {readonly says: string; readonly source: string} {
  const known = replyCodes.get(code);
  if (known !== undefined) return known;
  const first = firstDigit[Math.floor(code / 100)];
  if (first === undefined) return {says: 'This is no reply code', source: 'RFC 5321 §4.2'};
  const second = secondDigit[Math.floor(code / 10) % 10];
  return {says: second === undefined ? first : `${first}; it is about ${second}`, source: 'RFC 5321 §4.2.1'};
}

/** The class of an enhanced code. */
const classes: Readonly<Record<string, string>> = {2: 'success', 4: 'not now', 5: 'never'};

/** The subjects of RFC 3463 §3. */
const subjects: Readonly<Record<string, string>> = {
  0: 'nothing in particular',
  1: 'an address',
  2: 'a mailbox',
  3: 'the mail system',
  4: 'the network and the way there',
  5: 'the protocol',
  6: 'what is in the message',
  7: 'security or policy',
};

/** Subject and detail, as registered (RFC 3463 §3, RFC 5248, RFC 4954, RFC 7372, RFC 7505, RFC 6531). */
const details: Readonly<Record<string, string>> = {
  '0.0': 'nothing more is said',
  '1.0': 'something about an address',
  '1.1': 'there is no such mailbox',
  '1.2': 'there is no such host',
  '1.3': 'the address is not written as addresses are',
  '1.4': 'the address may mean several mailboxes',
  '1.5': 'the recipient’s address is good',
  '1.6': 'the mailbox has moved, and nobody knows where to',
  '1.7': 'the sender’s address is not written as addresses are',
  '1.8': 'the sender’s host does not exist',
  '1.9': 'passed on to a server that sends no reports',
  '1.10': 'the recipient’s domain has a null MX: it takes no mail',
  '2.0': 'something about the mailbox',
  '2.1': 'the mailbox is switched off',
  '2.2': 'the mailbox is full',
  '2.3': 'the message is longer than this mailbox takes',
  '2.4': 'a mailing list could not be expanded',
  '3.0': 'something about the mail system',
  '3.1': 'the mail system is full',
  '3.2': 'the system takes no messages now',
  '3.3': 'the system cannot do what was asked',
  '3.4': 'the message is larger than the system takes',
  '3.5': 'the system is set up wrongly',
  '3.6': 'the priority was changed',
  '4.0': 'something about the network',
  '4.1': 'the host does not answer',
  '4.2': 'the connection is bad',
  '4.3': 'the directory, such as DNS, could not be asked',
  '4.4': 'there is no way to route it',
  '4.5': 'the system has too much mail to handle',
  '4.6': 'the message goes round in a loop',
  '4.7': 'it took too long',
  '5.0': 'something about the protocol',
  '5.1': 'the command is not known, or comes at the wrong moment',
  '5.2': 'the line cannot be understood',
  '5.3': 'there are too many recipients',
  '5.4': 'an argument of the command is wrong',
  '5.5': 'the versions of the protocol differ',
  '5.6': 'the line of an authentication is too long',
  '6.0': 'something about the message',
  '6.1': 'this kind of content is not supported',
  '6.2': 'a conversion is needed and forbidden',
  '6.3': 'a conversion is needed and not supported',
  '6.4': 'it was converted, and something was lost',
  '6.5': 'the conversion failed',
  '6.6': 'the content cannot be had',
  '6.7': 'addresses that are not ASCII are not taken here',
  '6.8': 'the reply would need UTF-8, which the client has not allowed',
  '6.9': 'a header in UTF-8 cannot be passed on',
  '7.0': 'something about security or policy',
  '7.1': 'a rule does not let it through',
  '7.2': 'the mailing list is closed to the sender',
  '7.3': 'a conversion for security is not possible',
  '7.4': 'a security feature is not supported',
  '7.5': 'the cryptography failed',
  '7.6': 'the encryption algorithm is not supported',
  '7.7': 'the message was changed on the way',
  '7.8': 'the name or the password is wrong',
  '7.9': 'the way of authentication is too weak',
  '7.10': 'encryption is needed',
  '7.11': 'this way of authentication needs encryption',
  '7.12': 'a new password is needed',
  '7.13': 'the account is disabled',
  '7.15': 'the sender’s message priority is too low',
  '7.16': 'the message is too large for its priority',
  '7.20': 'no DKIM signature passed',
  '7.21': 'no DKIM signature that counts passed',
  '7.22': 'the DKIM signature is not the author’s',
  '7.23': 'SPF failed: this host may not send for the domain',
  '7.24': 'SPF could not be checked',
  '7.25': 'the name of the client’s address could not be confirmed',
  '7.26': 'several checks of who the sender is failed',
  '7.27': 'the sender’s domain has a null MX: nobody could answer it',
  '7.28': 'too many messages of this kind arrive',
};

/** `5.1.1` in words: class, subject, detail; for what is not registered, as much as its digits say. */
export function enhancedMeaning(enhanced: string): string {
  const [first = '', subject = '', detail = ''] = enhanced.split('.');
  const group = classes[first] ?? 'an unknown class';
  const known = details[`${subject}.${detail}`];
  if (known !== undefined) return `${group}: ${known}`;
  return `${group}: about ${subjects[subject] ?? 'a subject that is not registered'}, detail ${detail}`;
}
