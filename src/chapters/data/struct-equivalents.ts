import type {Equivalent} from '../contract.ts';
import {structC} from './struct-c.ts';
import {structNode} from './struct-node.ts';
import {structPython} from './struct-python.ts';
import type {StructAsk} from './struct-shape.ts';
import {structShell} from './struct-shell.ts';

/**
 * The same elsewhere. Python and the shell give also the error for a mistake; C and Node have none of these errors, so
 * they are there when there is an answer of at most 64 fields.
 */
export function structEquivalents(ask: StructAsk): readonly Equivalent[] {
  const written: readonly (readonly [Equivalent['language'], string | undefined])[] = [
    ['Python', structPython(ask)],
    ['C', structC(ask)],
    ['Node', structNode(ask)],
    ['shell', structShell(ask)],
  ];
  return written.flatMap(([language, code]) => (code === undefined ? [] : [{language, code}]));
}
