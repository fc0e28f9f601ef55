/** One line of a registry: its mnemonic, and what it is for, with the RFC that says so. */
export interface Entry {
  readonly name: string;
  /** One sentence. */
  readonly meaning: string;
  /** `RFC 1035 §3.4.1`; a vendor's name for what no RFC describes. */
  readonly source: string;
}

export type Table = Readonly<Record<number, Entry>>;

/** `rows` as a table by number: `[1, 'A', 'RFC 1035 §3.4.1', 'An IPv4 address.']`. */
export function table(rows: readonly (readonly [number, string, string, string])[]): Table {
  return Object.fromEntries(rows.map(([number, name, source, meaning]) => [number, {name, source, meaning}]));
}

/** Numbers by name, in upper case. */
export function numbersOf(entries: Table): ReadonlyMap<string, number> {
  return new Map(Object.entries(entries).map(([number, {name}]) => [name.toUpperCase(), Number(number)]));
}
