import {readFileSync} from 'node:fs';
import {join} from 'node:path';

interface Raised {
  readonly error?: string;
  readonly message?: string;
}

/** A case of test/vectors/pickle.json. */
export interface GivenCase {
  readonly name: string;
  readonly hex: string;
  readonly dis: Raised & {readonly text: string};
  readonly dis_annotate?: Raised & {readonly text: string};
  readonly danger: 'safe' | 'imports-benign' | 'dangerous' | 'malformed' | 'tampered';
  readonly literal_globals: readonly string[];
  readonly ops?: readonly (readonly [offset: number, name: string, argument: unknown])[];
  readonly protocol?: number;
  readonly loads_repr?: string;
  readonly c_loads?: Raised & {readonly repr?: string};
}

/** A case of test/vectors/pickle-more.json, which make-pickle.py writes. */
export interface MadeCase extends Raised {
  readonly kind: 'valid' | 'imports' | 'opcode' | 'truncated' | 'hostile' | 'mutated' | 'soup';
  readonly hex: string;
  readonly text: string;
  readonly repr?: string;
}

export const given: readonly GivenCase[] = cases('pickle.json');
export const made: readonly MadeCase[] = cases('pickle-more.json');

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** The bytes of a text, a byte for each character. */
export function raw(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part)))),
  );
}

function cases<T>(file: string): T[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../vectors', file), 'utf8')).cases;
}
