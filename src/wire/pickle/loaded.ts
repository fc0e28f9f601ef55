import type {Constant} from './argument.ts';

/** A value while it is being built: containers can still grow, and a class may be on its way to being called. */
export type Loaded =
  | Constant
  | {readonly t: 'list'; readonly v: Loaded[]}
  | {readonly t: 'tuple'; readonly v: readonly Loaded[]}
  | {readonly t: 'set'; readonly v: Loaded[]}
  | {readonly t: 'frozenset'; readonly v: Loaded[]}
  | {readonly t: 'dict'; readonly v: [Loaded, Loaded][]}
  | GlobalReference;

/** One of the few constructors that `loads` knows the meaning of. It is never imported. */
export interface GlobalReference {
  readonly t: 'global';
  readonly module: string;
  readonly name: string;
  readonly offset: number;
}

/** `type(value).__name__` in Python. */
export function typeNameOf(value: Loaded): string {
  if (value.t === 'none') return 'NoneType';
  return value.t === 'global' ? 'type' : value.t;
}
