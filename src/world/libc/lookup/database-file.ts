import type {DatabaseEntry} from '../record.ts';

/** An entry of /etc/services or /etc/protocols with the place where it stands. */
export interface FileEntry extends DatabaseEntry {
  /** From 1. */
  readonly line: number;
  /** What stands behind `#`. */
  readonly comment: string;
}

/** The entries of services(5): `http 80/tcp www # WorldWideWeb HTTP`. What cannot be read is left out, as libc does. */
export function parseServices(text: string): readonly FileEntry[] {
  return entries(text).flatMap(({name, second, aliases, ...rest}) => {
    const [, port, protocol] = /^(\d+)[/,](\S+)$/.exec(second) ?? [];
    const number = Number(port);
    return protocol === undefined || number > 65_535 ? [] : [{name, aliases, number, protocol, ...rest}];
  });
}

/** The entries of protocols(5): `udp 17 UDP # user datagram protocol`. */
export function parseProtocols(text: string): readonly FileEntry[] {
  return entries(text).flatMap(({name, second, aliases, ...rest}) =>
    /^\d+$/.test(second) ? [{name, aliases, number: Number(second), ...rest}] : [],
  );
}

function entries(text: string) {
  return text.split('\n').flatMap((raw, index) => {
    const [before = '', ...after] = raw.split('#');
    const [name, second, ...aliases] = before.trim().split(/\s+/);
    if (name === undefined || name === '' || second === undefined) return [];
    return [{name, second, aliases, line: index + 1, comment: after.join('#').trim()}];
  });
}

/** The first entry with this name or alias. Names are compared to the letter, as libc does. */
export function findByName<Entry extends DatabaseEntry>(
  entries: readonly Entry[],
  name: string,
  protocol?: string,
): Entry | undefined {
  return entries.find(
    entry => (entry.name === name || entry.aliases.includes(name)) && (protocol ?? entry.protocol) === entry.protocol,
  );
}

export function findByNumber<Entry extends DatabaseEntry>(
  entries: readonly Entry[],
  number: number,
  protocol?: string,
): Entry | undefined {
  return entries.find(entry => entry.number === number && (protocol ?? entry.protocol) === entry.protocol);
}
