/** What libc's resolver reads before it asks a name server: resolv.conf(5), LOCALDOMAIN and RES_OPTIONS. */
export interface ResolverSettings {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  /** So many dots in a name, and it is tried as it is first. */
  readonly ndots: number;
  readonly options: readonly string[];
}

/** What the text of a resolv.conf means. `hostname` gives the search list where the file has none; the environment has the last word. */
export function parseResolver(
  text: string,
  hostname = '',
  environment: Readonly<Record<string, string | undefined>> = {},
): ResolverSettings {
  const servers: string[] = [];
  const options: string[] = [];
  // Everything behind the first dot of the machine's own name.
  let search = /\./.test(hostname) ? [hostname.slice(hostname.indexOf('.') + 1)] : [];
  for (const raw of text.split('\n')) {
    const [keyword, ...words] = raw
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && words[0] !== undefined && servers.length < mostServers) servers.push(words[0]);
    else if (keyword === 'search') search = words;
    else if (keyword === 'domain') search = words.slice(0, 1);
    else if (keyword === 'options') options.push(...words);
  }
  options.push(...wordsOf(environment['RES_OPTIONS']));
  const local = wordsOf(environment['LOCALDOMAIN']);
  return {
    servers: servers.length > 0 ? servers : ['127.0.0.1'],
    search: local.length > 0 ? local : search,
    ndots: ndotsOf(options),
    options,
  };
}

/** MAXNS of <resolv.h>: more name servers than that are not asked. */
const mostServers = 3;

/** RES_MAXNDOTS: what is above counts as this. */
const mostDots = 15;

function ndotsOf(options: readonly string[]): number {
  const given = options.findLast(option => /^ndots:\d+$/.test(option));
  return given === undefined ? 1 : Math.min(mostDots, Number(given.slice('ndots:'.length)));
}

const wordsOf = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter(Boolean);

/** The names that libc asks for, in order, until one has an answer (res_search(3)): what the search list makes of a name. */
export function namesTried(
  name: string,
  {search, ndots}: Pick<ResolverSettings, 'search' | 'ndots'>,
): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const whole = `${name}.`;
  const longer = search.map(domain => (domain === '.' ? whole : `${name}.${domain.replace(/\.$/, '')}.`));
  return [...new Set(dots >= ndots ? [whole, ...longer] : [...longer, whole])];
}
