import {spawnSync} from 'node:child_process';
import {deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {zlibExperiment} from '../../../src/chapters/data/zlib.ts';
import {deflated, zlibSampleNames, zlibSamples} from '../../../src/chapters/data/zlib-samples.ts';
import type {ZlibAsk} from '../../../src/chapters/data/zlib-shape.ts';
import type {ZlibState} from '../../../src/chapters/data/zlib-state.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {has, running} from './running.ts';
import {events, wirebook} from './wirebook-command.ts';

const stateOf = (run: Run) => run.state as ZlibState;
const good = async (run: Run, action: string, args?: Record<string, unknown>) =>
  expect(await run.act({action, ...(args && {args})})).toBeUndefined();
const last = (run: Run) => stateOf(run).steps.at(-1)!;

describe('the book’s two streams', () => {
  test('28 bytes: eight give Pytho, eight more n, and .x is unused', () =>
    running(zlibExperiment, {}, async run => {
      expect(stateOf(run).length).toBe(28);
      await good(run, 'next');
      expect(last(run)).toMatchObject({gives: "b'Pytho'", unused: "b''", eof: false});
      await good(run, 'next');
      expect(last(run)).toMatchObject({gives: "b'n'", unused: "b'.x'", unusedSize: 2, eof: true, consumed: 14});
      expect(stateOf(run).ends).toEqual([14]);
      expect(stateOf(run).containers.map(({part, start, end}) => [part, start, end])).toEqual([
        ['header', 0, 2],
        ['trailer', 10, 14],
      ]);
      expect(await run.act({action: 'next'})).toMatchObject({says: expect.stringMatching(/ended by itself/)});
      await good(run, 'object', {offset: 15});
      await good(run, 'all');
      expect(stateOf(run).steps.map(({gives}) => gives)).toEqual(["b'zlib'", "b''"]);
      expect(stateOf(run).ends).toEqual([14, 27]);
      await good(run, 'back');
      expect(stateOf(run).steps.map(({gives}) => gives)).toEqual(["b'zlib'"]);
      expect(stateOf(run).ends).toEqual([14]);
    }));
});

describe('what a step shows', () => {
  test('max_length leaves a tail, which goes first the next time', () =>
    running(zlibExperiment, {data: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', maxLength: 8, piece: 100}, async run => {
      await good(run, 'all');
      const {steps} = stateOf(run);
      expect(steps.map(({size}) => size)).toEqual([8, 8, 8, 6]);
      expect(steps[0]!.tailSize).toBeGreaterThan(0);
      expect(steps[1]!.call).toBe('d.decompress(d.unconsumed_tail, 8)');
    }));

  test('tiny inputs grow', () =>
    running(zlibExperiment, {sample: 'tiny'}, run => {
      expect(stateOf(run)).toMatchObject({plain: 1, length: 9});
    }));

  test('a bomb is stopped by the guard with a sentence', () =>
    running(zlibExperiment, {sample: 'bomb', limit: 65_536, piece: 64}, async run => {
      await good(run, 'all');
      expect(last(run).stopped).toBe('The compressed data makes more than the limit of 65536 bytes.');
      expect(last(run).produced).toBeLessThanOrEqual(65_537);
    }));

  test.each([
    ['corrupt', 'zlib.error: Error -3 while decompressing data: incorrect data check'],
    ['text', 'zlib.error: Error -3 while decompressing data: incorrect header check'],
  ] as const)('%s bytes are refused in Python’s words', (sample, error) =>
    running(zlibExperiment, {sample}, async run => {
      await good(run, 'all');
      expect(last(run).error).toBe(error);
    }),
  );

  test('compressing is stepped through too', () =>
    running(zlibExperiment, {op: 'deflate', sample: 'lines', piece: 50}, async run => {
      await good(run, 'all');
      expect(stateOf(run).steps.map(({call}) => call.replace(/\(.*/, ''))).toEqual([
        'c.compress',
        'c.compress',
        'c.compress',
        'c.flush',
      ]);
      expect(last(run)).toMatchObject({consumed: 132, produced: 80, eof: true});
    }));
});

const python = has('python3');

describe.skipIf(!python)('python3 is the judge', () => {
  const asks = (['zlib', 'gzip', 'raw', 'auto'] as const).flatMap(format =>
    [1, 8, 1000].flatMap(piece => [0, 5].map(maxLength => ({format, piece, maxLength}))),
  );
  const cases = zlibSampleNames
    .flatMap(sample => asks.map(ask => ({sample, ...ask})))
    .filter(
      ({sample, piece, maxLength}) =>
        // A hundred thousand zeros one byte at a time prove nothing more.
        !['zeros', 'bomb'].includes(sample) || (maxLength === 0 && piece > 1),
    );

  test(`${cases.length} runs give what its decompressobj gives, call by call`, async () => {
    const ours: unknown[] = [];
    const inputs: unknown[] = [];
    for (const one of cases)
      await running(zlibExperiment, one, async run => {
        await run.act({action: 'all'});
        const {steps, bytes} = stateOf(run);
        inputs.push({...one, hex: Buffer.from(run.journal.bytesOf({bytes: bytes!})!).toString('hex')});
        ours.push(
          steps
            .slice(0, 60)
            .map(({size, unusedSize, tailSize, eof, error}) => error ?? [size, unusedSize, tailSize, eof]),
        );
      });
    const {stdout, stderr} = spawnSync('python3', ['-c', judge], {
      input: JSON.stringify(inputs),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    expect(stderr).toBe('');
    const theirs = JSON.parse(stdout) as unknown[];
    for (const [at, one] of cases.entries()) expect([one, ours[at]]).toEqual([one, theirs[at]]);
  });

  test('the commands read what python wrote, and python what they wrote', () => {
    const plain = Buffer.from('Namárië! '.repeat(5000));
    for (const [format, wbits] of [
      ['zlib', 15],
      ['gzip', 31],
      ['raw', -15],
    ] as const) {
      const packed = wirebook(['data', 'zlib', 'deflate', '--format', format, '--level', '9'], plain).out;
      const {stdout} = spawnSync(
        'python3',
        ['-c', `import sys,zlib;sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read(),${wbits}))`],
        {input: packed},
      );
      expect(stdout.equals(plain), format).toBe(true);
      const made = spawnSync(
        'python3',
        [
          '-c',
          `import sys,zlib;c=zlib.compressobj(9,8,${wbits});sys.stdout.buffer.write(c.compress(sys.stdin.buffer.read())+c.flush())`,
        ],
        {input: plain},
      ).stdout;
      expect(wirebook(['data', 'zlib', 'inflate', '--format', format], made).out.equals(plain), format).toBe(true);
    }
  });

  test('the program that the pane shows prints what the pane shows', () => {
    const ask: ZlibAsk = {...defaultsOf(zlibExperiment.fields), sample: 'book'};
    const code = zlibExperiment.equivalents(ask).find(({language}) => language === 'Python')!.code;
    expect(spawnSync('python3', ['-c', code], {encoding: 'utf8'}).stdout).toBe(
      "b'Pytho'\nb'n'\nTrue b'.xx\\x9c\\xab\\xca\\xc9L\\x02\\x00\\x04d\\x01\\xb2.'\n".replace('.xx', '.x'),
    );
  });
});

const judge = `
import json, sys, zlib
answers = []
for one in json.load(sys.stdin):
    data = bytes.fromhex(one['hex'])
    d = zlib.decompressobj({'zlib': 15, 'gzip': 31, 'raw': -15, 'auto': 47}[one['format']])
    steps, at = [], 0
    try:
        while not d.eof and len(steps) < 60:
            piece = d.unconsumed_tail
            if not piece:
                piece = data[at:at + one['piece']]
                at += len(piece)
            flushing = not piece
            out = d.flush() if flushing else d.decompress(piece, one['maxLength'])
            steps.append([len(out), len(d.unused_data), len(d.unconsumed_tail), d.eof])
            if flushing:
                break
    except zlib.error as error:
        steps.append(f'zlib.error: {error}')
    answers.append(steps)
print(json.dumps(answers))
`;

describe('the filters', () => {
  const inflate = (input: Uint8Array, ...words: string[]) => wirebook(['data', 'zlib', 'inflate', ...words], input);

  test('Node’s programs that the pane shows run', () => {
    const ask: ZlibAsk = {...defaultsOf(zlibExperiment.fields), sample: 'book'};
    const code = zlibExperiment.equivalents(ask).find(({language}) => language === 'Node')!.code;
    const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', code], {encoding: 'utf8'});
    expect(stderr).toBe('');
    expect(stdout).toBe(`${Buffer.from('Python').toString('hex')}\n2e789cabcac94c0200046401b22e\n`);
  });

  test('what follows the stream is told on standard error and in JSON, and left alone', () => {
    const book = zlibSamples.book.compressed();
    const {code, text, err} = inflate(book);
    expect([code, text]).toEqual([0, 'Python']);
    expect(err).toBe('wirebook: 14 bytes behind the end of the compressed stream, at 14, were left alone.\n');
    expect(events(inflate(book, '--json').text)).toMatchObject([
      {kind: 'output', bytes: Buffer.from('Python').toString('hex')},
      {kind: 'total', consumed: 14, produced: 6, left: 14, members: 1},
      {kind: 'end', code: 0},
    ]);
  });

  test('corrupt and cut streams fail in Python’s words, after all that could be read', () => {
    const zen = zlibSamples.lines.plain;
    expect(inflate(zlibSamples.corrupt.compressed())).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^wirebook: zlib\.error: Error -3 while decompressing data: incorrect data check\n/),
    });
    const cut = inflate(deflated(zen).subarray(0, 60));
    expect(cut.code).toBe(1);
    expect(cut.err).toMatch(
      /^wirebook: zlib\.error: Error -5 while decompressing data: incomplete or truncated stream\n/,
    );
    expect(Buffer.from(zen).toString().startsWith(cut.text)).toBe(true);
    expect(cut.text.length).toBeGreaterThan(20);
  });

  test('several gzip members are one output', () => {
    const member = (text: string) => deflated(new TextEncoder().encode(text), 'gzip');
    const {code, text} = inflate(Buffer.concat([member('one '), member('two'), Buffer.alloc(0)]), '--format', 'gzip');
    expect([code, text]).toEqual([0, 'one two']);
  });

  test('eight MiB go through whole; the guard stops them where it is set', () => {
    const plain = Buffer.alloc(8 * 1024 * 1024, 'Beautiful is better than ugly. ');
    const packed = wirebook(['data', 'zlib', 'deflate'], plain).out;
    expect(packed.length).toBeLessThan(plain.length / 50);
    expect(inflate(packed).out.equals(plain)).toBe(true);
    const guarded = inflate(packed, '--limit', '100000');
    expect(guarded).toMatchObject({code: 1, err: expect.stringMatching(/more than the limit of 100000 bytes/)});
    expect(guarded.out.length).toBeLessThanOrEqual(100_001);
  });

  test('steps prints a session', () => {
    const {code, text} = wirebook(['data', 'zlib', 'steps', '--sample', 'book']);
    expect(code).toBe(0);
    expect(text.split('\n').slice(0, 5)).toEqual([
      'd = zlib.decompressobj()',
      String.raw`d.decompress(b'x\x9c\x0b\xa8,\xc9\xc8\xcf')  →  b'Pytho'`,
      String.raw`d.decompress(b'\x03\x00\x08\x97\x02\x83.x')  →  b'n'`,
      "    d.unused_data == b'.x'",
      '    d.eof == True',
    ]);
  });

  const stepsOf = (input: Uint8Array, ...words: string[]) =>
    wirebook(['data', 'zlib', 'steps', '--data', Buffer.from(input).toString('hex'), '--data-as', 'hex', ...words]);

  test('steps goes on at the next of several gzip members, and not one byte behind its start', () => {
    const {code, text} = stepsOf(
      Buffer.concat([gzipSync('hello '.repeat(50)), gzipSync('world')]),
      '--format',
      'gzip',
      '--piece',
      '1000',
    );
    expect(code).toBe(0);
    expect(text.match(/→ {2}b'(hello|world)/g)).toEqual(["→  b'hello", "→  b'world"]);
  });

  test.each([
    ['zlib', 'tail'],
    ['zlib', '.'],
    ['gzip', '..x'],
    ['raw', 'tail'],
  ])('steps leaves alone what is no stream behind one: %s and %j', (format, rest) => {
    const packed = {zlib: deflateSync, gzip: gzipSync, raw: deflateRawSync}[format]!('data data data');
    const {code, text, err} = stepsOf(
      Buffer.concat([packed, Buffer.from(rest)]),
      '--format',
      format,
      '--piece',
      '1000',
    );
    expect({code, err}).toEqual({code: 0, err: ''});
    expect(text).toContain(`d.unused_data == b'${rest}'`);
    expect(text.trimEnd()).toMatch(/the stream ended by itself at \d+$/);
  });
});
