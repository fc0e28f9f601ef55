import fc from 'fast-check';
import {HashKeys} from '../../../src/wire/pickle/hash-key.ts';
import type {PyEntry, PyValue} from '../../../src/wire/python/value.ts';

const float = fc.oneof(
  fc.double({noNaN: true}).map(v => ({t: 'float', v}) as const),
  fc.constantFrom(0, -0, 1, 1e16, 5e-324, Number.POSITIVE_INFINITY).map(v => ({t: 'float', v}) as const),
);

const int = fc
  .oneof(
    fc.bigInt({min: -(2n ** 70n), max: 2n ** 70n}),
    fc.bigInt({min: -300n, max: 70_000n}),
    fc.bigInt({min: -(2n ** 2100n), max: 2n ** 2100n}),
    fc.constantFrom(
      ...[8n, 16n, 31n, 32n, 63n, 64n, 2040n].flatMap(n => [2n ** n, 2n ** n - 1n, -(2n ** n), -(2n ** n) - 1n]),
    ),
  )
  .map(v => ({t: 'int', v}) as const);

/** Surrogates are alone: two side by side are one character in JavaScript, and have tests of their own. */
const text = fc
  .oneof(
    fc.string({unit: 'binary', maxLength: 20}),
    fc.string({
      unit: fc.constantFrom('\\', '\n', '\r', '\0', '\x1a', "'", '"', 'é', '€', '\ud800', 'u', '𝄞'),
      maxLength: 9,
    }),
    fc.constantFrom('x'.repeat(255), 'x'.repeat(256), 'é'.repeat(128)),
  )
  .map(v => ({t: 'str', v}) as const);

const bytes = fc
  .oneof(fc.uint8Array({maxLength: 12}), fc.uint8Array({minLength: 255, maxLength: 257}))
  .map(v => ({t: 'bytes', v: new Uint8Array(v)}) as const);

const atom: fc.Arbitrary<PyValue> = fc.oneof(
  fc.constant({t: 'none'} as const),
  fc.constant({t: 'ellipsis'} as const),
  fc.boolean().map(v => ({t: 'bool', v}) as const),
  int,
  float,
  text,
  bytes,
);

const key: fc.Arbitrary<PyValue> = fc.letrec<{key: PyValue}>(tie => ({
  key: fc.oneof(
    {maxDepth: 2, withCrossShrink: true},
    atom,
    fc.array(tie('key'), {maxLength: 4}).map(v => ({t: 'tuple', v}) as const),
    fc.array(tie('key'), {maxLength: 3}).map(v => ({t: 'frozenset', v: distinct(v)}) as const),
  ),
})).key;

/** Any value that Python could hold and `dumps` writes; recursive ones aside. */
export const value: fc.Arbitrary<PyValue> = fc.letrec<{value: PyValue}>(tie => ({
  value: fc.oneof(
    {maxDepth: 4, withCrossShrink: true},
    atom,
    bytes.map(({v}) => ({t: 'bytearray', v}) as const),
    fc.array(tie('value'), {maxLength: 5}).map(v => ({t: 'list', v}) as const),
    fc.array(tie('value'), {maxLength: 5}).map(v => ({t: 'tuple', v}) as const),
    fc.array(key, {maxLength: 4}).map(v => ({t: 'set', v: distinct(v)}) as const),
    key,
    fc.array(fc.tuple(key, tie('value')), {maxLength: 4}).map(entries => {
      const v = distinctBy(entries, ([first]) => first) as PyEntry[];
      return {t: 'dict', v} as const;
    }),
    // One part, twice.
    fc.array(tie('value'), {minLength: 1, maxLength: 2}).map(([part]) => ({t: 'list', v: [part!, part!]}) as const),
  ),
})).value;

function distinct(items: readonly PyValue[]): PyValue[] {
  return distinctBy(items, item => item);
}

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => PyValue): T[] {
  const keys = new HashKeys();
  const seen = new Set<unknown>();
  return items.filter(item => {
    const number = keys.of(keyOf(item) as Parameters<HashKeys['of']>[0]);
    const fresh = !seen.has(number);
    seen.add(number);
    return fresh;
  });
}
