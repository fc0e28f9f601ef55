import {readFileSync} from 'node:fs';
import {join} from 'node:path';

export interface StructCase {
  readonly op: string;
  readonly format: string;
  readonly values?: readonly {readonly t: string; readonly v: unknown}[];
  readonly data?: string;
  readonly buffer?: string;
  readonly offset?: string;
  readonly layout?: readonly (readonly [number | string, number | string, string])[];
  readonly expect: Record<string, unknown>;
  readonly expect_py311?: Record<string, unknown>;
}

export const vectors = join(import.meta.dirname, '../../vectors');

export function parseLines(text: string): {header: Record<string, unknown>; cases: StructCase[]} {
  const [header, ...cases] = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  return {header, cases};
}

/** The chosen cases and the random ones, both with what CPython answered. */
export const chosen: StructCase[] = JSON.parse(readFileSync(join(vectors, 'struct.json'), 'utf8')).cases;
export const random: StructCase[] = parseLines(readFileSync(join(vectors, 'struct-random.jsonl'), 'utf8')).cases;
