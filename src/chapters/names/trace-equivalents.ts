import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import type {TraceAsk} from './trace-fields.ts';
import {ianaRoots} from './trace-roots.ts';

/** The lab's roots are at these addresses, on the one port that all of its servers have. */
const lab = {address: '127.4.0.1', resolver: '127.4.0.53', port: 5300};

export function traceEquivalents(ask: TraceAsk): readonly Equivalent[] {
  const first = ask.root === 'iana' ? ianaRoots[0]!.addresses[0]! : ask.root.split(/[,\s]+/)[0]!;
  const [root, port] = ask.root === 'lab' ? [lab.address, lab.port] : [first, ask.port];
  const terms = {name: ask.name, type: ask.type.toUpperCase(), root, port};
  return [
    {language: 'Python', code: python(terms)},
    {language: 'Node', code: node(terms)},
    {language: 'shell', code: shell(ask, terms)},
  ];
}

interface Terms {
  readonly name: string;
  readonly type: string;
  readonly root: string;
  readonly port: number;
}

const python = ({
  name,
  type,
  root,
  port,
}: Terms) => `import dns.flags, dns.message, dns.query, dns.rdatatype  # dnspython

server = '${root}'  # a root server
while True:
    query = dns.message.make_query(${JSON.stringify(name)}, '${type}', want_dnssec=True)
    query.flags &= ~dns.flags.RD  # what it knows itself, please
    reply = dns.query.udp_with_fallback(query, server, timeout=2, port=${port})[0]
    print(server, reply.rcode().name, [str(rrset.name) for rrset in reply.authority])
    glue = [rrset for rrset in reply.additional if rrset.rdtype == dns.rdatatype.A]
    if reply.answer or not glue:
        break
    server = glue[0][0].address  # one server of the zone below; the trace asks all of them
print(reply)
`;

const node = ({name, type, root, port}: Terms) => `import {Resolver} from 'node:dns/promises';

// Node asks with RD and does not show referrals: of a root it can only ask who serves a zone.
const resolver = new Resolver();
resolver.setServers(['${root.includes(':') ? `[${root}]` : root}:${port}']);
for (const zone of ${JSON.stringify(zonesAbove(name))})
  console.log(zone, await resolver.resolveNs(zone).catch(error => error.code));
console.log(await resolver.resolve(${JSON.stringify(name)}, '${type}').catch(error => error.code));
`;

function zonesAbove(name: string): readonly string[] {
  const labels = name.split('.').filter(Boolean);
  return labels.map((_, index) => labels.slice(labels.length - index).join('.') || '.');
}

function shell(ask: TraceAsk, {name, type, root, port}: Terms): string {
  const at = `@${root} -p ${port}`;
  const [asked, kind] = [quoteShell(name), type];
  const delv =
    ask.root === 'lab'
      ? `delv -a anchors +root=. @${lab.resolver} -p ${lab.port} ${asked} ${kind}   # wirebook lab up writes the anchors`
      : `delv +vtrace ${asked} ${kind}`;
  return `dig ${at} +trace +nodnssec ${asked} ${kind}   # one server of each zone\ndig ${at} +norecurse +dnssec ${asked} ${kind}\n${delv}\n`;
}
