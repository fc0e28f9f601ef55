/** What some servers want before a query to say what is meant; others are sent the query as it is. */
const words: Readonly<Record<string, (query: string) => string>> = {
  'whois.verisign-grs.com': query => (isName(query) ? `domain ${query}` : query),
  'whois.denic.de': query => (isName(query) ? `-T dn,ace ${query}` : query),
  'whois.jprs.jp': query => `${query}/e`,
  'whois.arin.net': query => (isNumber(query) ? `a + ${query}` : isAddress(query) ? `n + ${query}` : query),
};

/** The line a server is sent, without its CR LF. Who types options or several words knows better, and gets what was typed. */
export function questionFor(server: string, query: string): string {
  const host = server.toLowerCase().replace(/\.$/, '');
  return /\s/.test(query) || !Object.hasOwn(words, host) ? query : words[host]!(query);
}

const isName = (query: string) => query.includes('.') && !isAddress(query);
const isAddress = (query: string) => /^\d+(?:\.\d+){3}(?:\/\d+)?$|^[0-9a-f]*:[0-9a-f:.]*$/i.test(query);
const isNumber = (query: string) => /^as\d+$/i.test(query);
