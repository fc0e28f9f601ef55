import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import * as wirebook from '../src/index.ts';

const root = resolve(import.meta.dirname, '..');

test('struct', () => {
  const {pack, unpack, unpackFrom, iterUnpack, packInto, calcsize, layout, Struct, StructError, float} = wirebook;
  expect(pack('!IHB', 3735928559, 4253, 7)).toEqual(Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 0x10, 0x9d, 7));
  expect(unpack('<i', Uint8Array.of(0x9d, 0x10, 0, 0))).toEqual([4253]);
  expect(unpackFrom('<h', Uint8Array.of(9, 9, 1, 0), 2)).toEqual([1]);
  expect([...iterUnpack('<h', Uint8Array.of(1, 0, 2, 0))]).toEqual([[1], [2]]);
  const buffer = new Uint8Array(4);
  packInto('<h', buffer, 2, -1);
  expect(buffer).toEqual(Uint8Array.of(0, 0, 0xff, 0xff));
  expect(calcsize('qb0q')).toBe(16);
  expect(layout('bh').map(({kind}) => kind)).toEqual(['value', 'pad', 'value']);
  expect(new Struct('<q').unpack(new Struct('<q').pack(2n ** 40n))).toEqual([2n ** 40n]);
  expect(() => pack('<i', float(1))).toThrow('required argument is not an integer');
  try {
    pack('<iz', 1);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(StructError);
    expect(error).toMatchObject({pythonClass: 'struct.error', formatAt: [2, 3]});
  }
});

test('pickle and Python values', () => {
  const {pickle, python} = wirebook;
  const read = python.readLiteral("{'a': (1, 2.5)}");
  if (!read.ok) throw new Error(read.message);
  const bytes = pickle.dumps(read.value);
  const loaded = pickle.loads(bytes);
  if (loaded.kind !== 'loaded') throw new Error(loaded.message);
  expect(python.repr(loaded.value)).toBe("{'a': (1, 2.5)}");
  expect(pickle.disassemble(bytes).text).toContain('highest protocol among opcodes = 4');
  const call = new TextEncoder().encode("cos\nsystem\n(S'id'\ntR.");
  expect(pickle.inspect(call).verdict).toBe('runs code when loaded');
});

test('dns', () => {
  const {dns} = wirebook;
  const {records, faults} = dns.parseZone('www 300 IN A 127.0.0.1', {origin: 'example.test.'});
  expect(faults).toEqual([]);
  const none = {aa: true, tc: false, rd: false, ra: false, z: false, ad: false, cd: false};
  const question = {name: 'www.example.test.', type: dns.typeNumber('A')!, class: 1};
  const message = {id: 4253, response: true, opcode: 0, flags: none, rcode: 0, questions: [question]};
  const bytes = dns.encodeMessage({...message, answers: records, authorities: [], additionals: []});
  const read = dns.decodeMessage(bytes);
  expect(read.faults).toEqual([]);
  expect(read.message.answers).toEqual(records);
  const fields = dns.walkMessage(bytes);
  expect(fields.reduce((sum, {length}) => sum + length, 0)).toBe(bytes.length);
  expect(dns.digText(read.message).join('\n')).toContain('www.example.test.\t300\tIN\tA\t127.0.0.1');
  expect(dns.rfc8427(read.message)).toMatchObject({ID: 4253, QNAME: 'www.example.test.'});
  expect(dns.zoneText(records)).toContain('127.0.0.1');
});

test('framing', () => {
  const {framing} = wirebook;
  const decoder = framing.framings['length-prefix'].open({width: 'u16'});
  if (!(decoder instanceof framing.FrameDecoder)) throw new Error('no decoder');
  decoder.push(Uint8Array.of(0, 3, 97));
  expect(decoder.next()).toMatchObject({kind: 'need-more', atLeast: 2});
  decoder.push(Uint8Array.of(98, 99));
  expect(decoder.next()).toMatchObject({kind: 'frame', payload: [{start: 2, end: 5}]});
  expect(framing.presets.dns.framing).toBe('length-prefix');
});

test('hex', () => {
  const {hex} = wirebook;
  const text = hex.dump(Uint8Array.of(0x9d, 0x10), {style: 'xxd', columns: 8});
  expect(text).toMatch(/^00000000: 9d10 /);
  expect(hex.undump(text)).toEqual({kind: 'bytes', bytes: Uint8Array.of(0x9d, 0x10), offset: 0});
  const dumper = new hex.HexDumper({style: 'plain'});
  expect(new TextDecoder().decode(dumper.push(Uint8Array.of(1, 2))) + new TextDecoder().decode(dumper.end())).toBe(
    '0102\n',
  );
});

test('journal', () => {
  const {journal} = wirebook;
  expect(journal.compileFilter('kind:frame')).toMatchObject({ok: true});
  expect(journal.load('nonsense')).toHaveProperty('says');
});

test('the built library asks for nothing that only Node has', () => {
  const built = readFileSync(join(root, 'dist/index.js'), 'utf8');
  const code = built.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  expect(
    code.match(/^import\b.*|\bfrom ["'].*["'];$|\b(?:import|require)\(["'].*|\bprocess\.\w+|\bBuffer\./gm),
  ).toBeNull();
  const run = "import {pack} from './dist/index.js'; console.log(pack('<i', 4253).join(' '))";
  const {stdout} = spawnSync(process.execPath, ['--input-type=module', '-e', run], {encoding: 'utf8', cwd: root});
  expect(stdout).toBe('157 16 0 0\n');
});

describe('for whoever installs it', () => {
  let home = '';
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'wirebook-consumer-'));
    const made = tsc('-p', join(root, 'tsconfig.build.json'), '--outDir', join(home, 'node_modules/wirebook/types'));
    expect(made).toBe('');
    writeFileSync(
      join(home, 'node_modules/wirebook/package.json'),
      JSON.stringify({name: 'wirebook', type: 'module', exports: {'.': {types: './types/index.d.ts'}}}),
    );
    mkdirSync(join(home, 'src'));
  });
  afterAll(() => rmSync(home, {recursive: true, force: true}));

  /** Compiles a program with no types but its own and those it imports. */
  function compiled(source: string): string {
    writeFileSync(join(home, 'src/index.ts'), source);
    const options = {
      module: 'NodeNext',
      target: 'ES2024',
      lib: ['ES2024'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({compilerOptions: options, include: ['src']}));
    writeFileSync(join(home, 'package.json'), '{"type": "module"}');
    return tsc('-p', home);
  }

  test('the declarations compile without the types of Node or of a browser', {timeout: 60_000}, () => {
    const source = `import {calcsize, framing, hex, iterUnpack, journal, pack, pickle, python, Struct, StructError, unpack} from 'wirebook';
import type {Frame, Packable, PickleReport, PyValue, Saved, Size, Value, WireEvent} from 'wirebook';

const bytes: Uint8Array = pack('<iH3s', 4253, 80n, new Uint8Array(3));
const values: Value[] = unpack('<iH3s', bytes);
const size: Size = calcsize('q');
const struct = new Struct('<q', {python: '3.11'});
const given: Packable = true;
struct.pack(given);
for (const record of iterUnpack('<h', bytes)) record satisfies Value[];
const report: PickleReport = pickle.inspect(bytes);
const read = python.readLiteral('1');
const value: PyValue | undefined = read.ok ? read.value : undefined;
const text: string = hex.dump(bytes) + python.repr(value ?? {t: 'none'});
const decoder = framing.framings.netstring.open();
const frames: Frame[] = [];
if (decoder instanceof framing.FrameDecoder) {
  decoder.push(bytes);
  const event = decoder.next();
  if (event.kind === 'frame') frames.push(event);
}
const saved: Saved | {says: string} = journal.load('');
const events: readonly WireEvent[] = [];
export {bytes, events, frames, report, saved, size, text, values};
export const refused = (error: unknown): string | undefined => (error instanceof StructError ? error.pythonClass : undefined);
`;
    expect(compiled(source)).toBe('');
  });

  test('and they refuse what is wrong', {timeout: 60_000}, () => {
    expect(compiled(`import {pack} from 'wirebook';\nexport const bytes: string = pack('<i', 1);\n`)).toContain(
      'TS2322',
    );
  });
});

/** What the compiler complains of; nothing when it does not. */
function tsc(...args: readonly string[]): string {
  const program = join(root, 'node_modules/typescript/bin/tsc');
  const {stdout, stderr, status} = spawnSync(process.execPath, [program, ...args], {encoding: 'utf8', cwd: root});
  return status === 0 ? '' : stdout + stderr;
}
