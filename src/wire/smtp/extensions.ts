/** What a server offers in its answer to EHLO (RFC 5321 §4.1.1.1), by keyword. */
export const extensions: ReadonlyMap<string, {readonly says: string; readonly source: string}> = new Map(
  Object.entries({
    PIPELINING: ['several commands may be sent without waiting for each reply', 'RFC 2920'],
    SIZE: ['MAIL may say how large the message is; the number is the largest that is taken', 'RFC 1870'],
    '8BITMIME': ['the body may have bytes above 127', 'RFC 6152'],
    SMTPUTF8: ['addresses and headers may be UTF-8', 'RFC 6531'],
    STARTTLS: ['the connection can be changed to TLS', 'RFC 3207'],
    AUTH: ['the client may prove who it is, in the ways that are listed', 'RFC 4954'],
    ENHANCEDSTATUSCODES: ['replies have a second code, such as 2.1.5', 'RFC 2034'],
    CHUNKING: ['the message may be sent with BDAT, in pieces of a known length', 'RFC 3030'],
    BINARYMIME: ['the body may be any bytes at all, with BDAT', 'RFC 3030'],
    DSN: ['the client may say which delivery reports it wants', 'RFC 3461'],
    DELIVERBY: ['the client may say by when the message must be there', 'RFC 2852'],
    ETRN: ['the client may ask for the mail that waits for it', 'RFC 1985'],
    EXPN: ['mailing lists can be expanded', 'RFC 5321 §3.5'],
    VRFY: ['the server may be asked about a user', 'RFC 5321 §3.5'],
    HELP: ['HELP gives help', 'RFC 5321 §4.1.1.8'],
    REQUIRETLS: ['the message may be sent on with TLS only', 'RFC 8689'],
    LIMITS: ['how many recipients and messages a connection may have', 'RFC 9422'],
    FUTURERELEASE: ['the message may be held until a moment', 'RFC 4865'],
    'NO-SOLICITING': ['what kind of solicitation is not wanted', 'RFC 3865'],
    MTRK: ['the message can be tracked', 'RFC 3885'],
    XCLIENT: ['a proxy may say who its client is; not a standard', 'the server’s own'],
  } as const).map(([keyword, [says, source]]) => [keyword, {says, source}]),
);

/** What the server of a conversation offers: keywords in capitals, with what follows each. */
export type Offers = Readonly<Record<string, string>>;

/** Reads the lines of a reply to EHLO but the first, such as `SIZE 10485760`, into what is offered. */
export function readOffers(lines: readonly string[]): Offers {
  return Object.fromEntries(
    lines.slice(1).map(line => {
      // `AUTH=LOGIN` is how old servers wrote it.
      const [, keyword = '', rest = ''] = /^([^\s=]+)[\s=]*(.*)$/s.exec(line.trim()) ?? [];
      return [keyword.toUpperCase(), rest];
    }),
  );
}
