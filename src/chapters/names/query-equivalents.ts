import type {TransportName} from '../../world/dns/types.ts';
import type {Equivalent} from '../contract.ts';
import {queryC} from './query-c.ts';
import type {QueryAsk} from './query-fields.ts';
import {queryNode} from './query-node.ts';
import {queryShell} from './query-shell.ts';
import {type Target, targetOf} from './query-target.ts';

export function queryEquivalents(ask: QueryAsk): readonly Equivalent[] {
  const target = targetOf(ask);
  return [
    {language: 'shell', code: queryShell(ask, target)},
    {language: 'Python', code: python(ask, target)},
    {language: 'Node', code: queryNode(ask, target)},
    // libc has no TLS.
    ...(target.transport === 'udp' || target.transport === 'tcp'
      ? [{language: 'C' as const, code: queryC(target)}]
      : []),
  ];
}

function python(ask: QueryAsk, target: Target): string {
  const {name, type, port, transport, host, path, trust} = target;
  const where =
    target.address === undefined ? 'dns.resolver.get_default_resolver().nameservers[0]' : `'${target.address}'`;
  const flags = [ask.rd ? 'dns.flags.RD' : '', ask.ad ? 'dns.flags.AD' : '', ask.cd ? 'dns.flags.CD' : ''].filter(
    Boolean,
  );
  const edns = ask.edns
    ? `use_edns=${ask.ednsVersion}, payload=${ask.udpSize}, want_dnssec=${ask.dnssec ? 'True' : 'False'}`
    : 'use_edns=False';
  const common = `${where}, port=${port}, timeout=${ask.wait}`;
  const uri = `https://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
  const [context, verify] =
    trust === 'usual'
      ? ['', '']
      : trust === 'any'
        ? [', ssl_context=ssl._create_unverified_context()', ', verify=False']
        : [
            `, ssl_context=ssl.create_default_context(cafile=${JSON.stringify(trust.file)})`,
            `, verify=${JSON.stringify(trust.file)}`,
          ];
  const calls: Readonly<Record<TransportName, string>> = {
    udp: `answer, was_cut = dns.query.udp_with_fallback(query, ${common})`,
    tcp: `answer = dns.query.tcp(query, ${common})`,
    tls: `answer = dns.query.tls(query, ${common},\n                       server_hostname='${host}'${context})`,
    https: `answer = dns.query.https(query, '${uri}', timeout=${ask.wait}${verify})`,
  };
  const needs = transport === 'https' ? '# needs httpx or requests\n' : '';
  return `${needs}import ssl
import dns.flags, dns.message, dns.query, dns.resolver

query = dns.message.make_query(${JSON.stringify(name)}, '${type}', ${edns},
                               flags=${flags.join(' | ') || '0'})
${calls[transport]}
print(answer)
`;
}
