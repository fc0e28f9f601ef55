/** A line of /etc/hosts that says something. */
export interface HostsLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly address: string;
  /** The first is the canonical one. */
  readonly names: readonly string[];
}

/** The lines of a file in the format of hosts(5): an address, then names; `#` begins a comment. */
export function parseHosts(text: string): readonly HostsLine[] {
  return text.split('\n').flatMap((raw, index) => {
    const [address, ...names] = raw.replace(/#.*/, '').trim().split(/\s+/);
    if (address === undefined || address === '' || names.length === 0) return [];
    return [{line: index + 1, text: raw.trim(), address, names}];
  });
}

/** The lines that have this name; upper and lower case are the same (RFC 952), and so is a dot at the end. */
export function hostsLinesFor(lines: readonly HostsLine[], name: string): readonly HostsLine[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return lines.filter(({names}) => names.some(one => one.toLowerCase() === wanted));
}
