import {usualResolver, usualRoot} from '../../lab/known.ts';
import {typeName} from '../../wire/dns/tables.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {traceC} from './trace-c.ts';
import type {TraceAsk} from './trace-fields.ts';
import {traceNode} from './trace-node.ts';
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
    {language: 'Node', code: traceNode(terms)},
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

function shell(ask: TraceAsk, {name, type, root, port}: Terms): string {
  const [asked, kind] = [quoteShell(name), type];
  const one = `dig @${root} -p ${port} +norecurse +dnssec ${asked} ${kind}   # one server\n`;
  if (ask.root === 'lab') return ofLab(asked, kind) + one;
  const down = `dig @${root} -p ${port} +trace +nodnssec ${asked} ${kind}   # one server of each zone\n`;
  const delv =
    ask.root === 'iana'
      ? `delv +vtrace ${asked} ${kind}\n`
      : `[ -f anchors.conf ] && delv -a anchors.conf +root=. @${root} -p ${port} ${asked} ${kind}   # trust-anchors { "." static-ds ...; };\n`;
  return down + one + delv;
}

/** dig +trace asks libc for the addresses of name servers, and libc does not know the lab: drill believes the glue. */
function ofLab(asked: string, kind: string): string {
  return `# where wirebook lab up keeps what others need to know of it
lab=\${XDG_RUNTIME_DIR:+$XDG_RUNTIME_DIR/wirebook-lab}
lab=\${lab:-\${TMPDIR:-/tmp}/wirebook-lab-$(id -u)}
drill -T -p ${usualRoot.port} -r "$lab/root.hints" ${asked} ${kind}   # one server of each zone
delv -a "$lab/anchors.conf" +root=. @${usualResolver.address} -p ${usualRoot.port} ${asked} ${kind}
`;
}
