import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {disassemble} from '../../../src/wire/pickle/disassemble.ts';
import type {Protocol} from '../../../src/wire/pickle/dump-scalar.ts';
import {dumps} from '../../../src/wire/pickle/dumps.ts';
import {inspect} from '../../../src/wire/pickle/inspect.ts';
import {loads} from '../../../src/wire/pickle/loads.ts';
import {represent} from '../../../src/wire/pickle/represent.ts';
import type {PyValue} from '../../../src/wire/python/value.ts';
import {value} from './values.ts';

const protocols: readonly Protocol[] = [0, 1, 2, 3, 4, 5];

function back(written: Uint8Array): PyValue {
  const read = loads(written);
  if (read.kind !== 'loaded') throw new Error(`${read.class}: ${read.message}`);
  expect(read.consumed).toBe(written.length);
  return read.value;
}

/** Containers in themselves, and parts that are shared. */
function knots(): PyValue[] {
  const list: {t: 'list'; v: PyValue[]} = {t: 'list', v: []};
  list.v.push(list, {t: 'tuple', v: [list]});
  const dict: {t: 'dict'; v: [PyValue, PyValue][]} = {t: 'dict', v: []};
  dict.v.push([{t: 'str', v: 'me'}, dict]);
  const tuples = [0, 1, 2, 3, 4].map(extra => {
    const inner: {t: 'list'; v: PyValue[]} = {t: 'list', v: []};
    const tuple: PyValue = {t: 'tuple', v: [inner, ...Array.from({length: extra}, () => ({t: 'none'}) as const)]};
    inner.v.push(tuple);
    return tuple;
  });
  const far: {t: 'list'; v: PyValue[]} = {t: 'list', v: []};
  const outer: PyValue = {t: 'tuple', v: [{t: 'tuple', v: [far]}]};
  far.v.push(outer);

  const array: PyValue = {t: 'bytearray', v: Uint8Array.of(1, 2)};
  const many: PyValue[] = Array.from({length: 300}, (_, v) => ({t: 'tuple', v: [{t: 'int', v: BigInt(v)}]}));
  return [
    list,
    dict,
    ...tuples,
    outer,
    {t: 'list', v: [outer, far]},
    {t: 'list', v: [array, array]},
    {t: 'list', v: [...many, ...many]},
  ];
}

describe.each(protocols)('protocol %i', protocol => {
  test('what is written reads back equal', () => {
    fc.assert(
      fc.property(value, one => {
        const written = dumps(one, {protocol});
        expect(represent(back(written))).toBe(represent(one));
        expect(back(written)).toEqual(one);
        expect(inspect(written).verdict).not.toBe('runs code when loaded');
      }),
      {numRuns: 150},
    );
  });

  test('shared and recursive values come back with the same knots', () => {
    for (const knot of knots()) {
      const written = dumps(knot, {protocol});
      expect(represent(back(written))).toBe(represent(knot));
      expect(dumps(back(written), {protocol})).toEqual(written);
      expect(disassemble(written).error).toBeUndefined();
    }
  });

  test('only opcodes of this protocol and those before are used', () => {
    for (const one of [...fc.sample(value, 60), ...knots()]) {
      const {ops} = disassemble(dumps(one, {protocol}));
      expect(Math.max(...ops.map(({opcode}) => opcode.protocol))).toBeLessThanOrEqual(protocol);
    }
  });

  test('long and deep ones', () => {
    let deep: PyValue = {t: 'tuple', v: []};
    for (let depth = 0; depth < 50_000; depth += 1) deep = depth % 2 ? {t: 'list', v: [deep]} : {t: 'tuple', v: [deep]};
    expect(represent(back(dumps(deep, {protocol})))).toBe(represent(deep));
    const long: PyValue = {t: 'list', v: Array.from({length: 2501}, (_, v) => ({t: 'int', v: BigInt(v)}))};
    expect(back(dumps(long, {protocol}))).toEqual(long);
    const huge: PyValue = {t: 'int', v: -(7n ** 6000n)};
    expect(back(dumps(huge, {protocol}))).toEqual(huge);
  });

  test('two surrogates side by side stay two characters', () => {
    const pair = {t: 'str', v: '\ud83d\ude00', points: [0xd83d, 0xde00]} as const;
    expect(back(dumps(pair, {protocol}))).toEqual(pair);
    expect(back(dumps({t: 'str', v: '\ud83d\ude00'}, {protocol}))).toEqual({t: 'str', v: '\ud83d\ude00'});
  });
});

test('bytes of a small value, as Python 3.13 writes them', () => {
  const one: PyValue = {t: 'list', v: [{t: 'int', v: 1n}, {t: 'bool', v: true}, {t: 'none'}]};
  const hex = (protocol: Protocol): string => Buffer.from(dumps(one, {protocol})).toString('latin1');
  expect(hex(0)).toBe('(lI1\naI01\naNa.');
  expect(hex(2)).toBe('\x80\x02](K\x01\x88Ne.');
  expect(hex(4)).toBe('\x80\x04\x95\x08\0\0\0\0\0\0\0](K\x01\x88Ne.');
});

test('what Python could not hold is not written', () => {
  const list: PyValue = {t: 'list', v: []};
  expect(() => dumps({t: 'set', v: [list]})).toThrow("unhashable type: 'list'");
  expect(() => dumps({t: 'dict', v: [[{t: 'tuple', v: [list]}, list]]})).toThrow("unhashable type: 'list'");
  const tuple: {t: 'tuple'; v: PyValue[]} = {t: 'tuple', v: []};
  tuple.v.push(tuple);
  expect(() => dumps(tuple)).toThrow(/A tuple cannot hold itself/);
});

const python = spawnSync('python3', ['-c', 'import sys; print(sys.version_info >= (3, 8))'], {encoding: 'utf8'});
const missing = python.status !== 0 || python.stdout.trim() !== 'True';
if (missing)
  console.warn('SKIPPED: Python loading what dumps writes needs a python3 of 3.8 or later, and there is none.');

/** Loads each line of hex and writes its value as a text in which sets and dicts have an order of ours. */
const judge = `
import pickle, sys, json
try: sys.set_int_max_str_digits(0)
except AttributeError: pass
sys.setrecursionlimit(10000)
def show(value, inside=()):
    kind = type(value)
    if id(value) in inside: return "knot%d" % (len(inside) - inside.index(id(value)))
    deeper = inside + (id(value),)
    if kind is int: return "int %x" % value
    if kind is float: return "float " + value.hex()
    if kind is str: return "str " + ",".join("%x" % ord(c) for c in value)
    if kind in (bytes, bytearray): return kind.__name__ + " " + value.hex()
    if kind in (list, tuple): return kind.__name__ + "(" + ";".join(show(item, deeper) for item in value) + ")"
    if kind in (set, frozenset): return kind.__name__ + "(" + ";".join(sorted(show(item, deeper) for item in value)) + ")"
    if kind is dict: return "dict(" + ";".join(show(key, deeper) + "=" + show(item, deeper) for key, item in value.items()) + ")"
    return repr(value)
for line in sys.stdin:
    data = bytes.fromhex(line.strip())
    print(show(pickle.loads(data)))
    print(show(pickle._loads(data)))
`;

function show(one: PyValue, inside: readonly PyValue[] = []): string {
  if (inside.includes(one)) return `knot${inside.length - inside.indexOf(one)}`;
  const deeper = [...inside, one];
  const all = (items: readonly PyValue[]): string[] => items.map(item => show(item, deeper));
  switch (one.t) {
    case 'int':
      return `int ${one.v.toString(16)}`;
    case 'float':
      return `float ${floatHex(one.v)}`;
    case 'str':
      return `str ${Array.from(one.v, c => c.codePointAt(0)!.toString(16)).join()}`;
    case 'bytes':
    case 'bytearray':
      return `${one.t} ${Buffer.from(one.v).toString('hex')}`;
    case 'list':
    case 'tuple':
      return `${one.t}(${all(one.v).join(';')})`;
    case 'set':
    case 'frozenset':
      // Python sorts by code points; the texts are ASCII.
      return `${one.t}(${all(one.v)
        .sort((a, b) => (a < b ? -1 : 1))
        .join(';')})`;
    case 'dict':
      return `dict(${one.v.map(([key, item]) => `${show(key, deeper)}=${show(item, deeper)}`).join(';')})`;
    default:
      return represent(one);
  }
}

/** Python's `float.hex`. */
function floatHex(number: number): string {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf';
  const sign = number < 0 || Object.is(number, -0) ? '-' : '';
  if (number === 0) return `${sign}0x0.0p+0`;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & (2n ** 52n - 1n)).toString(16).padStart(13, '0');
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

test.skipIf(missing)('Python loads what is written, with both of its unpicklers', () => {
  const samples = [...fc.sample(value, 1200), ...knots()];
  const written = samples.map((one, at) => ({one, data: dumps(one, {protocol: protocols[at % 6]!})}));
  for (const knot of knots())
    for (const protocol of protocols) written.push({one: knot, data: dumps(knot, {protocol})});
  const input = written.map(({data}) => Buffer.from(data).toString('hex')).join('\n');
  const run = spawnSync('python3', ['-c', judge], {input, encoding: 'utf8', maxBuffer: 2 ** 28});
  expect(run.stderr).toBe('');
  const lines = run.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(written.length * 2);
  const wrong = written.filter(({one}, at) => lines[at * 2] !== show(one) || lines[at * 2 + 1] !== show(one));
  expect(wrong.map(({one}) => represent(one))).toEqual([]);
});
