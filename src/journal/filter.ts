import type {WireEvent} from './event.ts';
import {type FilterFault, type FilterNode, type FilterOp, parseFilter} from './filter-syntax.ts';

/** Whether a row is shown: its event, and the text it is shown with. */
export type FilterTest = (event: WireEvent, text: string) => boolean;

export type Filter = {readonly ok: true; readonly test: FilterTest; readonly reading: string} | FilterFault;

/**
 * The language of `/`. All terms must hold:
 *
 * - `word`, `"a phrase"`: the row's text has it, in capitals or not
 * - `field:value`: text that contains it, a number or flag that equals it; `field=value` and `field!=value` compare all of it
 * - `field>n`, `<`, `>=`, `<=`: numbers, with `0x`, `_`, `k` `M` `KiB` `MiB`, `s` `ms` `us` understood. Bytes count by their length
 * - `!term` or `not term`, `a or b`, parentheses
 *
 * A field inside another is `call.name`; of a list, any element will do. Where an event has no such field, `a:b` is looked
 * for in the text, so that `127.0.0.1:80` and `localhost:80` find what they say.
 */
export function compile(text: string): Filter {
  const tree = parseFilter(text);
  if (!tree.ok) return tree;
  if (tree.node === undefined) return {ok: true, test: () => true, reading: 'All rows.'};
  const test = build(tree.node);
  if ('ok' in test) return test;
  return {
    ok: true,
    test: (event, shown) => test(event, shown.toLowerCase()),
    reading: `Rows where ${read(tree.node, false)}.`,
  };
}

/** The term that keeps what has this text in this field, quoted where it must be. */
export function filterTerm(field: string, text: string): string {
  return `${field}=${/^[^\s()"]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`}`;
}

/** The test of a node; the text it gets is in lower case. */
function build(node: FilterNode): FilterTest | FilterFault {
  if (node.is === 'word') {
    const needle = node.text.toLowerCase();
    return (_event, text) => text.includes(needle);
  }
  if (node.is === 'field') return buildField(node);
  if (node.is === 'not') {
    const inner = build(node.of);
    return 'ok' in inner ? inner : (event, text) => !inner(event, text);
  }
  const parts: FilterTest[] = [];
  for (const part of node.of) {
    const test = build(part);
    if ('ok' in test) return test;
    parts.push(test);
  }
  return node.is === 'and'
    ? (event, text) => parts.every(part => part(event, text))
    : (event, text) => parts.some(part => part(event, text));
}

function buildField({path, op, value, at}: FilterNode & {is: 'field'}): FilterTest | FilterFault {
  const steps = path.split('.');
  const wanted = value.toLowerCase();
  const number = readNumber(value);
  if (number === undefined && compares(op))
    return {
      ok: false,
      at,
      says: `“${op}” compares numbers, and “${value}” is none. Type one such as 1500, 0x5dc, 2KiB or 20ms.`,
    };
  const holds = leafTest(op, wanted, number);
  const whole = `${path}${op}${value}`.toLowerCase();
  return (event, text) => {
    const found = valueAt(event, steps);
    if (found === undefined) return op === '!=' || ((op === ':' || op === '=') && text.includes(whole));
    return op === '!=' ? !anyLeaf(found, leafTest('=', wanted, number)) : anyLeaf(found, holds);
  };
}

type LeafTest = (leaf: unknown) => boolean;

function leafTest(op: FilterOp, wanted: string, number: number | undefined): LeafTest {
  if (compares(op)) return leaf => isNumber(leaf) && comparisons[op](Number(leaf), number!);
  return leaf => {
    if (isNumber(leaf)) return number !== undefined && Number(leaf) === number;
    if (typeof leaf === 'boolean') return leaf === truths[wanted];
    const text = String(leaf).toLowerCase();
    return op === ':' ? text.includes(wanted) : text === wanted;
  };
}

const comparisons = {
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
};

const truths: Readonly<Record<string, boolean>> = {true: true, yes: true, false: false, no: false};

function compares(op: FilterOp): op is keyof typeof comparisons {
  return op in comparisons;
}

function isNumber(leaf: unknown): leaf is number | bigint {
  return typeof leaf === 'number' || typeof leaf === 'bigint';
}

/** The value at `call.name`; a range of bytes counts by its length. */
function valueAt(event: WireEvent, steps: readonly string[]): unknown {
  if (steps.length === 1 && steps[0] === 'bytes') return event.bytes?.length;
  let value: unknown = event;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

/** Fields are JSON-like and shallow; what lies deeper than this is not looked at. */
const deepest = 6;

function anyLeaf(value: unknown, test: LeafTest, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return test(value);
  if (depth >= deepest || value instanceof Uint8Array) return false;
  return Object.values(value).some(inner => anyLeaf(inner, test, depth + 1));
}

const factors: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
]);

function readNumber(typed: string): number | undefined {
  const hex = /^-?0x[0-9a-f]+$/i.test(typed) ? typed.replace('-', '') : undefined;
  if (hex !== undefined) return typed.startsWith('-') ? -Number(hex) : Number(hex);
  const match = /^([+-]?(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(\D*)$/i.exec(typed);
  const factor = factors.get(match?.[2]?.toLowerCase() ?? 'none');
  return match === null || factor === undefined ? undefined : Number(match[1]!.replaceAll('_', '')) * factor;
}

const verbs: Readonly<Record<FilterOp, readonly [holds: string, fails: string]>> = {
  ':': ['has', 'does not have'],
  '=': ['is', 'is not'],
  '!=': ['is not', 'is'],
  '>': ['is over', 'is not over'],
  '<': ['is under', 'is not under'],
  '>=': ['is at least', 'is under'],
  '<=': ['is at most', 'is over'],
};

/** The node as a clause; `inner` when it stands within another that it could be mistaken for part of. */
function read(node: FilterNode, inner: boolean, negated = false): string {
  if (node.is === 'word') return negated ? `“${node.text}” does not occur` : `“${node.text}” occurs`;
  if (node.is === 'field') {
    const number = readNumber(node.value);
    const exact = node.op === ':' && number !== undefined ? '=' : node.op;
    const value = number === undefined ? `“${node.value}”` : node.value;
    return `${node.path} ${verbs[exact][negated ? 1 : 0]} ${value}`;
  }
  if (node.is === 'not') {
    if (node.of.is === 'and' || node.of.is === 'or') return `${negated ? '' : 'not '}(${read(node.of, false)})`;
    return read(node.of, inner, !negated);
  }
  const clause = node.of.map(part => read(part, true)).join(` ${node.is} `);
  return inner ? `(${clause})` : clause;
}
