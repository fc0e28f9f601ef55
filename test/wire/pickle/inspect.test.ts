import {describe, expect, test} from 'vitest';
import {inspect} from '../../../src/wire/pickle/inspect.ts';
import {bytesOf, given, made, raw} from './cases.ts';

describe('given pickles', () => {
  test.each(given.map(one => [`${one.danger}: ${one.name}`, one] as const))('%s', (_, one) => {
    const report = inspect(bytesOf(one.hex));
    if (one.danger === 'dangerous') {
      expect(report.verdict).toBe('runs code when loaded');
      expect(report.calls.some(({standard}) => !standard)).toBe(true);
    } else expect(report.verdict).not.toBe('runs code when loaded');
    if (one.danger === 'imports-benign') expect(report.verdict).toBe('imports only standard constructors');
    if (one.danger === 'malformed') expect(report.error ?? report.remarks[0]).toBeDefined();
    if (one.danger === 'tampered') expect(report.remarks).not.toEqual([]);
    const literal = report.imports.filter(({opcode}) => opcode === 'GLOBAL' || opcode === 'INST');
    expect(literal.map(({module, name}) => `${module} ${name}`)).toEqual(one.literal_globals);
    if (one.c_loads?.error)
      expect(report.error).toMatchObject({class: one.c_loads.error, message: one.c_loads.message});
  });
});

test('no sentence and no verdict says that a pickle is safe', () => {
  for (const {hex} of made) {
    const {verdict, sentence} = inspect(bytesOf(hex));
    expect(`${verdict} ${sentence}`).not.toMatch(/\bsafe|harmless|clean/i);
  }
});

test('plain values that Python wrote import nothing but standard constructors', () => {
  for (const {hex} of made.filter(({kind}) => kind === 'valid')) {
    const report = inspect(bytesOf(hex));
    expect(report.verdict).not.toBe('runs code when loaded');
    expect(report).toMatchObject({pickles: 1, trailing: 0});
    expect(report.error).toBeUndefined();
  }
});

/** Ways round scanners that were published: each must be seen. */
describe('ways round', () => {
  const dangerous: Record<string, Uint8Array> = {
    'INST instead of GLOBAL': raw("(S'id'\nios\nsystem\n."),
    OBJ: raw("(cos\nsystem\nS'id'\no."),
    'names out of the memo': raw('\x80\x04\x8c\x02os\x94\x8c\x06system\x9400h\x00h\x01\x93\x8c\x01x\x85R.'),
    'a memo number stored twice': raw('\x80\x04\x8c\x01aq\x050\x8c\x02osq\x050h\x05\x8c\x06system\x93)R.'),
    'names far apart': raw('\x80\x04\x8c\x02os\x8c\x06systemN0(1\x93)R.'),
    import_module: raw("cimportlib\nimport_module\n(S'os'\ntR."),
    'pkgutil.resolve_name': raw("cpkgutil\nresolve_name\n(S'os:system'\ntR(S'id'\ntR."),
    attrgetter: raw("coperator\nattrgetter\n(S'system'\ntR(cos\nsystem\ntR."),
    'a dotted name': raw('\x80\x04\x8c\x08builtins\x8c\x09str.title\x93)R.'),
    'BUILD with a __setstate__': raw(
      '\x80\x02c__main__\nX\n)\x81}X\x0c\x00\x00\x00__setstate__cos\nsystem\nsbX\x02\x00\x00\x00idb.',
    ),
    'BUILD with slot state': raw("ccollections\nCounter\n(N}S'update'\ncos\nsystem\nstb."),
    'BUILD on a class': raw("ccollections\nCounter\n}S'x'\nNsb."),
    'STACK_GLOBAL of bytes': raw('\x80\x04C\x02osC\x06system\x93.'),
    'STACK_GLOBAL of integers': raw('\x80\x04K\x01K\x02\x93)R.'),
    'STACK_GLOBAL of a bytearray': raw('\x80\x05\x96\x02\0\0\0\0\0\0\0os\x8c\x06system\x93)R.'),
    'a pickle in a pickle': raw('cpickle\nloads\n(B\x02\0\0\0N.tR.'),
    'a packed pickle in a pickle': raw('czlib\ndecompress\n(B\x02\0\0\0x\x9ctR.'),
    PERSID: raw('Pos.system\n.'),
    BINPERSID: raw('X\x02\0\0\0idQ.'),
    EXT1: raw('\x80\x02\x82\x01.'),
    EXT2: raw('\x80\x02\x83\x01\x01.'),
    EXT4: raw('\x80\x02\x84\x01\0\0\0.'),
    'POP after the call': raw("cos\nsystem\n(S'id'\ntR0N."),
    'POP_MARK after the call': raw("(cos\nsystem\n(S'id'\ntR1N."),
    'garbage after the call': raw("cos\nsystem\n(S'id'\ntR\xff\xff"),
    'an unknown opcode before STOP': raw("cos\nsystem\n(S'id'\ntR\xfe."),
    'a second pickle': raw("N.cos\nsystem\n(S'id'\ntR."),
    'a name with an escape that pickletools undoes': raw('cco\\x6clections\nCounter\n)R.'),
    'a codec by name': raw("c_codecs\nencode\n(S'x'\nS'rot13'\ntR."),
    'a Python 2 name in protocol 3': raw('\x80\x03c__builtin__\nset\n)R.'),
    NEWOBJ_EX: raw('\x80\x04csubprocess\nPopen\n)}\x92.'),
    'the call of a result': raw('ccollections\nCounter\n)R)R.'),
    'items for what is imported': raw("cos\nenviron\nS'PATH'\nS'.'\ns."),
    'a protocol of the future': raw('\x80\x09cos\nsystem\n)R.'),
    'a frame longer than the bytes': raw('\x80\x04\x95\xff\0\0\0\0\0\0\0cos\nsystem\n)R.'),
    'a memo number too large for C': raw('cos\nsystem\np99999999999999999999\n)R.'),
    'a negative memo number': raw('cos\nsystem\np-1\n)R.'),
    'what was never stored': raw('\x80\x02h\x07)R.'),
    'an integer that only some readers read': raw('I1__0\n0cos\nsystem\n)R.'),
    'a module without a name': raw('cevil\n\n.'),
    'a name cut off': raw('cos\nsys'),
    'a name that is no UTF-8': raw('c\xff\nx\n)R.'),
    'a Python 2 string that is no ASCII': raw('U\x01\xff0cos\nsystem\n)R.'),
    'an unknown library': raw('ctorch._utils\n_rebuild_tensor_v2\n)R.'),
  };

  test.each(Object.entries(dangerous))('%s', (_, bytes) => {
    expect(inspect(bytes).verdict).toBe('runs code when loaded');
  });

  test('each call is reported where it stands', () => {
    expect(inspect(dangerous['a memo number stored twice']!)).toMatchObject({
      imports: [{pickle: 0, module: 'os', name: 'system', opcode: 'STACK_GLOBAL', standard: false}],
      calls: [{callee: 'os.system', parameters: '()', opcode: 'REDUCE'}],
    });
    const {calls} = inspect(dangerous['BUILD with a __setstate__']!);
    expect(calls.map(({opcode, offset}) => [opcode, offset])).toEqual([
      ['NEWOBJ', 15],
      ['BUILD', 46],
      ['BUILD', 54],
    ]);
  });

  test('what came before an error is reported with it', () => {
    const report = inspect(dangerous['garbage after the call']!);
    expect(report.error).toEqual({class: 'UnpicklingError', message: "invalid load key, '\\xff'.", offset: 20});
    expect(report.calls).toMatchObject([{callee: 'os.system', parameters: "('id',)", offset: 19}]);
  });
});

describe('streams', () => {
  test('pickles are counted, and the bytes after them', () => {
    expect(inspect(raw('N.]..\xff\xff'))).toMatchObject({pickles: 2, trailing: 3, verdict: 'no imports found'});
    expect(inspect(raw('N.N.N.'))).toMatchObject({pickles: 3, trailing: 0});
    expect(inspect(raw(''))).toMatchObject({pickles: 0, error: {class: 'EOFError', message: 'Ran out of input'}});
    expect(inspect(raw('N.ccollections\nOrderedDict\n)R.')).imports).toMatchObject([{pickle: 1, offset: 2}]);
  });

  test('every prefix of a call that has been made is still reported', () => {
    const bytes = raw("cos\nsystem\n(S'id'\ntR0(NNNt0N.");
    for (let length = 20; length <= bytes.length; length += 1)
      expect(inspect(bytes.subarray(0, length)).verdict).toBe('runs code when loaded');
  });
});

describe('limits', () => {
  test('marks, memo and size stop with a Limit, and what was found stays', () => {
    const start = 'cos\nsystem\n)R';
    expect(inspect(raw(start, '('.repeat(500)), {marks: 100})).toMatchObject({
      error: {class: 'Limit'},
      verdict: 'runs code when loaded',
    });
    expect(inspect(raw(start, '\x94'.repeat(50)), {memo: 10}).error?.class).toBe('Limit');
    expect(inspect(raw('N.'), {bytes: 1}).error?.class).toBe('Limit');
  });

  test('more events than are listed are counted', () => {
    const report = inspect(raw('cos\nsystem\n0'.repeat(30), 'N.'), {events: 10});
    expect(report.imports).toHaveLength(10);
    expect(report.leftOut).toBe(20);
  });

  test('deep nesting, long integers and shared parts take no time', () => {
    expect(inspect(raw(']', '\x85'.repeat(300_000), '.')).pickles).toBe(1);
    expect(inspect(raw(0x8b, 0, 0, 16, 0, '\x7f'.repeat(2 ** 20), '.')).pickles).toBe(1);
    expect(inspect(raw(')', '2\x86'.repeat(5000), '.')).pickles).toBe(1);
  });
});

test.each([
  ['NN.', '1 object is left on the stack: it was made and is not used.'],
  ['NNN.', '2 objects are left on the stack: they were made and are not used.'],
  ['(N.', '1 mark is left open.'],
  ['((N.', '2 marks are left open.'],
])('%s leaves something behind: %s', (pickle, sentence) => {
  expect(inspect(raw(pickle)).remarks).toMatchObject([{sentence}]);
});
