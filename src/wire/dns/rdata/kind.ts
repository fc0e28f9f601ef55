import type {RdataReader} from './reader.ts';
import type {ByteWriter, Words} from './words.ts';

/**
 * How one kind of RDATA field is read from a message and written from a master file. What it reads goes to
 * `reader.add`, with its text as a master file has it, so both directions live beside one another.
 */
export interface FieldKind {
  /** Bytes, for a kind that always has the same number. */
  readonly size?: number;
  /** A domain name. `compressed`: a sender may use pointers in it (RFC 3597 §4). `lowered`: see RFC 4034 §6.2. */
  readonly domain?: {readonly compressed: boolean; readonly lowered: boolean};
  read(reader: RdataReader, field: Field): void;
  write(words: Words, bytes: ByteWriter, field: Field): void;
}

export interface Field {
  /** As it stands in paths: `preference`. */
  readonly name: string;
  readonly kind: FieldKind;
  /** A sentence, or what makes one of the field's text. */
  readonly meaning: Meaning;
}

export type Meaning = string | ((value: string) => string);

/** The fields of a type of record, in the order of the wire. */
export type Layout = readonly Field[];

export function field(name: string, kind: FieldKind, meaning: Meaning): Field {
  return {name, kind, meaning};
}

export function meant(meaning: Meaning, value: string): string {
  return typeof meaning === 'string' ? meaning : meaning(value);
}
