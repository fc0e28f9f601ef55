export interface Command {
  /** In capitals. */
  readonly verb: string;
  readonly argument: string;
}

/** Splits a line of a client: the verb may be in any case, and one space stands before the argument (RFC 5321 §4.1.1). */
export function readCommand(line: string): Command {
  const [, verb = '', argument = ''] = /^([^\s]*)\s*(.*?)\s*$/s.exec(line) ?? [];
  return {verb: verb.toUpperCase(), argument};
}

/** What each command asks for. */
export const commands: ReadonlyMap<string, {readonly says: string; readonly source: string}> = new Map(
  Object.entries({
    EHLO: ['The client says its name and asks what the server offers', 'RFC 5321 §4.1.1.1'],
    HELO: ['The client says its name, as before there were extensions', 'RFC 5321 §4.1.1.1'],
    STARTTLS: ['The client asks to go on with TLS; after the handshake everything begins anew', 'RFC 3207 §4'],
    MAIL: ['A transaction begins: who gets the message back if it cannot be delivered', 'RFC 5321 §4.1.1.2'],
    RCPT: ['One recipient; once for each', 'RFC 5321 §4.1.1.3'],
    DATA: ['The client wants to send the message; the server says 354 first', 'RFC 5321 §4.1.1.4'],
    BDAT: ['A piece of the message, of exactly so many bytes', 'RFC 3030 §2'],
    RSET: ['The transaction is given up; the connection stays', 'RFC 5321 §4.1.1.5'],
    NOOP: ['Nothing is asked; the server says 250', 'RFC 5321 §4.1.1.9'],
    VRFY: ['Whether this user exists', 'RFC 5321 §4.1.1.6'],
    EXPN: ['Who is on this mailing list', 'RFC 5321 §4.1.1.7'],
    HELP: ['Help', 'RFC 5321 §4.1.1.8'],
    QUIT: ['The client is done; the server answers and closes', 'RFC 5321 §4.1.1.10'],
    AUTH: ['The client proves who it is', 'RFC 4954 §4'],
  } as const).map(([verb, [says, source]]) => [verb, {says, source}]),
);

/** The path and the parameters of MAIL FROM: and RCPT TO:, or undefined when it is written in another way. */
export function readPath(
  argument: string,
  word: 'FROM' | 'TO',
): {readonly path: string; readonly parameters: Readonly<Record<string, string>>} | undefined {
  const match = new RegExp(String.raw`^${word}:\s?<((?:"(?:[^"\\]|\\.)*"|[^<>"])*)>(?:\s+(.*))?$`, 'is').exec(argument);
  if (match === null) return undefined;
  const [, path = '', rest = ''] = match;
  const words = rest.split(/\s+/).filter(word => word !== '');
  const parameters = words.map(one => {
    const [name = '', ...value] = one.split('=');
    return [name.toUpperCase(), value.join('=')];
  });
  return {path, parameters: Object.fromEntries(parameters)};
}
