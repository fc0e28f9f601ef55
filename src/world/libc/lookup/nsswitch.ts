/** One source of a database, in the order in which they are asked. */
export interface NameSource {
  /** `files`, `dns`, `mdns4_minimal`, … */
  readonly name: string;
  /** What is said about going on after it: `NOTFOUND=return`. */
  readonly actions: readonly string[];
}

export interface SwitchLine {
  /** From 1; 0 when the file has no such line. */
  readonly line: number;
  readonly text: string;
  readonly sources: readonly NameSource[];
}

/** What glibc asks for host names when nsswitch.conf does not say (nss/nss_database.c since 2.33). */
const hostsByDefault: SwitchLine = {
  line: 0,
  text: '',
  sources: ['files', 'dns'].map(name => ({name, actions: []})),
};

/** The line of a database in the text of /etc/nsswitch.conf, nsswitch.conf(5): `hosts: files mdns4 [NOTFOUND=return] dns`. */
export function parseSwitch(text: string, database = 'hosts'): SwitchLine {
  const lines = text.split('\n');
  // The last one counts: each overwrites what stood before.
  const index = lines.findLastIndex(line => withoutComment(line).split(':')[0]?.trim() === database);
  const raw = lines[index];
  if (raw === undefined) return hostsByDefault;
  const words =
    withoutComment(raw)
      .split(':')
      .slice(1)
      .join(':')
      .match(/\[[^\]]*\]|[^\s[\]]+/g) ?? [];
  const sources: {name: string; actions: string[]}[] = [];
  for (const word of words) {
    if (!word.startsWith('[')) sources.push({name: word, actions: []});
    else sources.at(-1)?.actions.push(...word.slice(1, -1).trim().split(/\s+/).filter(Boolean));
  }
  return {line: index + 1, text: raw.trim(), sources};
}

/** What a source is, in a few words; `undefined` for one that is not known here. */
export function describeSource(name: string): string | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

const known: Readonly<Record<string, string>> = {
  files: 'the file /etc/hosts',
  dns: 'the name servers of /etc/resolv.conf',
  resolve: 'systemd-resolved',
  myhostname: 'systemd: the name of this machine, localhost and _gateway',
  mymachines: 'systemd: the names of containers here',
  mdns: 'multicast DNS: names under .local',
  mdns4: 'multicast DNS over IPv4',
  mdns6: 'multicast DNS over IPv6',
  mdns_minimal: 'multicast DNS: names under .local only',
  mdns4_minimal: 'multicast DNS over IPv4: names under .local only',
  mdns6_minimal: 'multicast DNS over IPv6: names under .local only',
  nis: 'NIS',
  nisplus: 'NIS+',
  ldap: 'an LDAP directory',
  db: 'the compiled files of /var/db',
  wins: 'the NetBIOS names of Samba',
  sss: 'the System Security Services daemon',
  libvirt: 'the names of virtual machines',
};

const withoutComment = (line: string): string => line.replace(/#.*/, '');
