import type {LabHost} from '../chapters/open-lab.ts';
import type {LabState} from './lab-state.ts';

/** The hosts as rows: name, address, service, port, and what it is for. */
export function hostLines(hosts: readonly LabHost[]): readonly string[] {
  const rows = hosts.flatMap(host =>
    host.services.map(({name, at, says}, index) => [
      index === 0 ? host.name.replace(/\.$/, '') : '',
      at.address,
      String(at.port),
      name,
      says,
    ]),
  );
  const all = [['HOST', 'ADDRESS', 'PORT', 'SERVICE', 'WHAT IT IS'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map(row => row[column]!.length)));
  return all.map(row =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** Commands of other programs that work on this lab as they stand. */
export function tryLines({hosts, authority, anchors, hints}: LabState): readonly string[] {
  const at = (name: string, service: string) =>
    hosts.find(host => host.name === name)?.services.find(one => one.name === service)?.at;
  const dns = at('resolver.nic.test.', 'dns')!;
  const root = at('a.root-servers.test.', 'dns')!;
  const tls = at('resolver.nic.test.', 'dns over TLS')!;
  const https = at('resolver.nic.test.', 'dns over HTTPS')!;
  const web = at('www.example.test.', 'http')!;
  const mail = at('mail.example.test.', 'smtp')!;
  const whois = at('whois.iana.test.', 'whois')!;
  const own = dns.port === root.port;
  return [
    `dig @${dns.address} -p ${dns.port} example.test MX`,
    // dig +trace asks the system for the addresses of name servers, and the system does not know these; drill takes the glue.
    ...(own ? [`drill -T -p ${root.port} -r ${hints} www.example.test`] : []),
    `delv -a ${anchors} +root=. @${dns.address} -p ${dns.port} example.test`,
    `kdig @${tls.address} -p ${tls.port} +tls-ca=${authority} +tls-hostname=resolver.nic.test example.test`,
    `kdig @${https.address} -p ${https.port} +https +tls-ca=${authority} +tls-hostname=resolver.nic.test example.test`,
    `curl --resolve www.example.test:${web.port}:${web.address} http://www.example.test:${web.port}/`,
    `swaks --server ${mail.address} --port ${mail.port} --to alice@example.test`,
    `whois -h ${whois.address} -p ${whois.port} example.test`,
  ];
}

/** The root's servers as resolvers read them from a file. */
export function hintsFile(roots: readonly {readonly name: string; readonly address: string}[]): string {
  return roots.map(({name, address}) => `. 86400 IN NS ${name}\n${name} 86400 IN A ${address}\n`).join('');
}

/** Everything about the lab that is up. */
export function stateText(state: LabState, first: string): string {
  const {faults, workspace} = state;
  const said = faults.map(({origin, line, says}) => `${origin}${line === 0 ? '' : ` line ${line}`}: ${says}`);
  return [
    first,
    '',
    ...hostLines(state.hosts),
    '',
    'Try:',
    ...tryLines(state).map(line => `  ${line}`),
    ...(workspace === undefined ? [] : ['', `Zones and hosts of the workspace ${workspace} are loaded.`]),
    ...(said.length === 0
      ? []
      : ['', 'What was wrong there is left as it was before:', ...said.map(line => `  ${line}`)]),
    '',
  ].join('\n');
}

/**
 * The file that delv and named read as `-a`: the root's DS as a trust anchor. `anchors`: DS records in presentation form.
 */
export function anchorFile(anchors: readonly string[]): string {
  const lines = anchors.map(anchor => {
    const [tag, algorithm, digestType, ...digest] = anchor.split(/\s+/).slice(4);
    return `\t"." static-ds ${tag} ${algorithm} ${digestType} "${digest.join('')}";`;
  });
  return `trust-anchors {\n${lines.join('\n')}\n};\n`;
}
