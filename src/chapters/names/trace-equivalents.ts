import {usualResolver, usualRoot} from '../../lab/known.ts';
import {typeName} from '../../wire/dns/tables.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {traceC} from './trace-c.ts';
import type {TraceAsk} from './trace-fields.ts';
import {questionOf} from './trace-question.ts';
import {ianaRoots} from './trace-roots.ts';

export function traceEquivalents(ask: TraceAsk): readonly Equivalent[] {
  const first = ask.root === 'iana' ? ianaRoots[0]!.addresses[0]! : ask.root.trim().split(/[,\s]+/)[0]!;
  const [root, port] = ask.root === 'lab' ? [usualRoot.address, usualRoot.port] : [first, ask.port];
  const {name, type} = questionOf(ask);
  const terms = {name, type: typeName(type), number: type, root, port};
  return [
    {language: 'Python', code: python(terms)},
    // res_send(3) of libc takes IPv6 servers only by a back door.
    ...(root.includes(':') ? [] : [{language: 'C' as const, code: traceC(terms)}]),
    {language: 'Node', code: node(terms)},
    {language: 'shell', code: shell(ask, terms)},
  ];
}

interface Terms {
  readonly name: string;
  readonly type: string;
  readonly number: number;
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
  const anchors = '-a anchors.conf +root=.';
  const delv =
    ask.root === 'lab'
      ? `delv ${anchors} @${usualResolver.address} -p ${usualRoot.port} ${asked} ${kind}   # wirebook lab says where its anchors.conf is`
      : ask.root === 'iana'
        ? `delv +vtrace ${asked} ${kind}`
        : `[ -f anchors.conf ] && delv ${anchors} ${at} ${asked} ${kind}   # trust-anchors { "." static-ds ...; };`;
  return `dig ${at} +trace +nodnssec ${asked} ${kind}   # one server of each zone\ndig ${at} +norecurse +dnssec ${asked} ${kind}\n${delv}\n`;
}
