import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Leaf} from './tshark.ts';

export interface MessageVector {
  /** Who sent it, and in answer to what. */
  readonly made: string;
  readonly bytes: Uint8Array;
  readonly leaves: readonly Leaf[];
}

interface Stored {
  readonly madeWith: string;
  readonly names: readonly string[];
  readonly messages: readonly {readonly made: string; readonly hex: string; readonly leaves: string}[];
}

const stored = JSON.parse(readFileSync(resolve('test/vectors/dns-messages.json'), 'utf8')) as Stored;

/** The version of TShark that said where the fields are. */
export const {madeWith} = stored;

/** Messages that name servers and dnspython have sent: see `make-dns-messages.ts`. */
export const vectors: readonly MessageVector[] = stored.messages.map(({made, hex, leaves}) => ({
  made,
  bytes: Uint8Array.from(Buffer.from(hex, 'hex')),
  leaves: leaves
    .split(' ')
    .filter(leaf => leaf !== '')
    .map(leaf => {
      const [name, offset, length] = leaf.split(/[:+]/).map(Number) as [number, number, number];
      return [stored.names[name]!, offset, length];
    }),
}));
