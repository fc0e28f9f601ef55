import type {Endpoint} from '../types.ts';

/** An answer: its text, and the encoding it leaves in. `stall`: it is never finished. */
export interface WhoisAnswer {
  readonly text: string;
  readonly encoding?: 'latin1';
  readonly stall?: boolean;
}

export interface Peers {
  readonly root: Endpoint;
  readonly registry: Endpoint;
}

const url = (scheme: string, {address, port}: Endpoint) => `${scheme}://${address}:${port}`;
const fields = (...lines: readonly (readonly [string, string])[]) =>
  lines.map(([name, value]) => `${`${name}:`.padEnd(24)}${value}\n`).join('');

/** The root knows nothing itself: it names who does. */
export function rootAnswer(query: string, {registry}: Peers): WhoisAnswer {
  const head = '% The root of the lab: who keeps what.\n\n';
  const name = plainName(query);
  if (/^(?:127\.4\.\d+\.\d+|as6449[6-9]|as6450\d|as6451[01])$/.test(name)) {
    const what = name.startsWith('as') ? 'AS64496 - AS64511' : '127.4.0.0 - 127.4.255.255';
    const range = fields(['range', what], ['organisation', 'The lab'], ['ReferralServer', url('whois', registry)]);
    return {text: `${head}${range}`};
  }
  const top = name.split('.').at(-1);
  if (top !== 'test' && top !== 'example')
    return {
      text: `${head}% Nobody keeps “${query}” here: the lab has test., example. and its own addresses.\n% Who keeps the names of the world is known at whois.iana.org.\n`,
    };
  const rest = fields(
    ['domain', top.toUpperCase()],
    ['organisation', 'The lab’s registry'],
    ['whois', 'whois.nic.test'],
  );
  const refer = fields(['refer', 'whois.nic.test']);
  return {text: `${head}${refer}\n${rest}\n${fields(['ReferralServer', url('whois', registry)])}`};
}

const head = '% The registry of the lab. Nobody here is real.\n\n';

/** Names that show something, and what the registry says of them. */
const special: Readonly<Record<string, (peers: Peers) => WhoisAnswer>> = {
  'latin.test': () => ({text: record('latin.test', 'Zoë Größe', 'Åkerström & Søn, Malmö'), encoding: 'latin1'}),
  'loop.test': ({root}) => ({
    text: `${head}${fields(['domain', 'loop.test'], ['ReferralServer', url('whois', root)])}`,
  }),
  'rwhois.test': ({registry}) => ({
    text: `${head}${fields(['domain', 'rwhois.test'], ['ReferralServer', `rwhois://${registry.address}:4321`])}`,
  }),
  'web.test': () => ({
    text: `${head}${fields(['Domain Name', 'WEB.TEST'], ['Registrar WHOIS Server', 'https://www.example.test/whois'])}`,
  }),
  'dead.test': () => ({
    text: `${head}${fields(['Domain Name', 'DEAD.TEST'], ['Registrar WHOIS Server', 'whois.nothing.example.test'])}`,
  }),
  'slow.test': () => ({text: `${head}domain: slow.test\nThis answer never ends`, stall: true}),
  'huge.test': () => ({
    text: head + '% one line of very many, each of eighty bytes with the line end behind it......\n'.repeat(40_000),
  }),
  'escape.test': () => ({text: `${head}domain: escape.test\nremark: \u001b[31mred\u001b[0m and \u202ebackwards\n`}),
};

/** What the registry has on a name, an address or an autonomous system. */
export function registryAnswer(query: string, peers: Peers): WhoisAnswer {
  const name = plainName(query);
  const own = Object.hasOwn(special, name) ? special[name] : undefined;
  if (own !== undefined) return own(peers);
  if (/^127\.4\.\d+\.\d+$/.test(name))
    return {
      text: head + fields(['inetnum', '127.4.0.0 - 127.4.255.255'], ['netname', 'LAB'], ['descr', `where ${name} is`]),
    };
  if (/^as6(449[6-9]|450\d|451[01])$/.test(name))
    return {
      text:
        head +
        fields(['aut-num', name.toUpperCase()], ['as-name', 'LAB'], ['descr', 'RFC 5398 keeps it for documents']),
    };
  const domain = names.find(one => name === one || name.endsWith(`.${one}`));
  if (domain === undefined) return {text: `${head}No match for “${query}”.\n`};
  return {text: record(domain, 'Zoë Müller', 'Example Ltd., 東京')};
}

/** Domains of the lab that somebody has registered. */
const names = [
  'example.test',
  'unsigned.test',
  'bogus.test',
  'expired.test',
  'lame.test',
  'hoster.test',
  'nsec3.example',
];

function record(domain: string, registrant: string, organisation: string): string {
  return (
    head +
    fields(
      ['domain', domain],
      ['registrant', registrant],
      ['organisation', organisation],
      ['created', '2010-08-20'],
      ['status', 'ok'],
      ['nserver', domain === 'example.test' ? 'ns1.example.test' : 'ns1.hoster.test'],
    )
  );
}

/** `-T dn,ace Example.TEST.` is about example.test: options of other servers and the last dot are left out. */
function plainName(query: string): string {
  return (query.trim().split(/\s+/).at(-1) ?? '').replace(/\.$/, '').toLowerCase();
}
