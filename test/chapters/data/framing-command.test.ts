import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {samples} from '../../../src/chapters/data/framing-samples.ts';
import {concat} from '../../../src/wire/bytes.ts';
import {nodeProgram, wirebookScript} from '../../support/wirebook.ts';
import {events, wirebook} from './wirebook-command.ts';

const decode = (words: string, input: Uint8Array | string) =>
  wirebook(['data', 'framing', 'decode', ...words.split(' ')], input);
const blocks = concat(samples.blocks.pieces());

describe('decode', () => {
  test('prints what each frame carries', () => {
    const {code, text, err} = decode('blocks', blocks);
    expect([code, err]).toEqual([0, '']);
    expect(text).toBe(
      'Beautiful is better than ugly.\nExplicit is better than implicit.\nSimple is better than complex.\n\n',
    );
  });

  test('as JSON: a line for each frame, the verdict, the end', () => {
    const lines = events(decode('blocks --json', blocks).text);
    expect(lines.map(({kind}) => kind)).toEqual(['frame', 'frame', 'frame', 'frame', 'verdict', 'end']);
    expect(lines[0]).toMatchObject({
      start: 0,
      end: 34,
      bytes: Buffer.from('Beautiful is better than ugly.').toString('hex'),
      fields: [{name: 'length', start: 0, end: 4, value: 30}],
      safe: false,
    });
    expect(lines[4]).toMatchObject({decoder: 'blocks', state: 'complete', frames: 4, at: 109});
  });

  test.each([
    ['blocks', 'Beautiful', /^wirebook: blocks, malformed at offset 0: .*1 113 940 341 bytes/],
    ['blocks', blocks.subarray(0, 50), /blocks, incomplete at offset 50: .*12 of 33 bytes came, 21 are missing/],
    ['netstring', '5:hello;', /netstring, malformed at offset 7/],
  ] as const)('%s: what cannot be read fails, and says where', (kind, input, says) => {
    const {code, err} = decode(kind, input);
    expect([code, err]).toEqual([1, expect.stringMatching(says)]);
  });

  test('an option that there is not, or a framing, fails and names the nearest', () => {
    expect(decode('length-prefix --option wdith=u8', '').err).toBe(
      'wirebook: length-prefix has no option “wdith”. Did you mean width?\n',
    );
    expect(decode('lenght-prefix', '')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Did you mean length-prefix\?$/m),
    });
  });

  test('options may be repeated', () => {
    expect(decode('length-prefix --option width=u16 --option order=little', '\x02\0hi').text).toBe('hi\n');
  });

  test('several decoders succeed when one of them does', () => {
    const {code, text} = decode('blocks,delimiter,until-eof', 'a\nb\n');
    expect(code).toBe(0);
    expect(text).toMatch(/^delimiter: a$/m);
    expect(text).toMatch(/^blocks: The length 61 0a 62 0a asks for/m);
  });

  test('every chunk is told when that is asked for', () => {
    const lines = events(decode('netstring --chunks 2 --every --json', '3:abc,').text);
    expect(lines.filter(({kind}) => kind === 'received').map(({start, end}) => [start, end])).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
    ]);
    expect(lines.filter(({kind}) => kind === 'verdict').map(({state}) => state)).toEqual([
      'recv',
      'recv',
      'safe',
      'complete',
    ]);
  });

  test.each([
    ['chunked --payload raw', '5\r\nhello\r\n0\r\n\r\n', 'hello'],
    [
      'dns --payload dns',
      concat(samples.dns.pieces()),
      'id 6699 query QUERY flags rd\nquestion www.example.com. IN A\nid 6700 query QUERY flags rd\nquestion example.com. IN MX\n',
    ],
    ['length-prefix --option width=u8 --payload msgpack', Uint8Array.of(3, 0x92, 1, 0xc0), '[1,null]\n'],
    ['pickle --payload pickle', '(lp0\nI1\naI2\na.', '[1, 2]\n'],
    ['delimiter --payload hex', 'az\n', '61 7a\n'],
    ['delimiter --payload json', '{"a": 1}\nno\n', expect.stringMatching(/^\{"a":1\}\nno JSON: /)],
    ['delimiter', '\x1b[31m\n', '\\x1b[31m\n'],
  ])('%s', (words, input, printed) => {
    expect(decode(words, input).text).toEqual(printed);
  });
});

describe('long streams', () => {
  const payloads = Array.from({length: 3000}, (_, at) => Buffer.alloc(at % 2500, at & 0xff));
  const stream = Buffer.concat(
    payloads.flatMap(payload => [Buffer.from([0, 0, payload.length >> 8, payload.length & 0xff]), payload]),
  );

  test.each(['', ' --brief'])('come out whole%s, and without their lengths', brief => {
    const {code, out} = decode(`length-prefix --payload raw${brief}`, stream);
    expect(code).toBe(0);
    expect(out.equals(Buffer.concat(payloads))).toBe(true);
  });

  test.each(['length-prefix', 'delimiter'])(
    '%s: the fast way gives the same offsets and verdicts as the slow one',
    kind => {
      const input = kind === 'delimiter' ? Buffer.from('a\n\nbcd\n'.repeat(200) + 'rest') : stream.subarray(0, 100_003);
      const told = (flag: string) =>
        events(decode(`${kind} --json${flag}`, input).text).map(
          ({kind: of, start, end, size, bytes, state, because, offset, number}) =>
            of === 'frame'
              ? {number, start, end, size, bytes}
              : {of, state, because: of === 'verdict' && because, offset},
        );
      expect(told(' --brief')).toEqual(told(''));
    },
  );

  test('a reader that leaves early ends it quietly, while the sender goes on', async () => {
    const child = spawn(nodeProgram, [wirebookScript, 'data', 'framing', 'decode', 'delimiter'], {stdio: 'pipe'});
    child.stdin.on('error', () => undefined);
    const lines = Buffer.from('hello\n'.repeat(50_000));
    const feeding = setInterval(() => child.stdin.writable && child.stdin.write(lines), 5);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    clearInterval(feeding);
    expect(code).toBe(0);
  });
});

describe('encode', () => {
  const encode = (words: string, input: string) => wirebook(['data', 'framing', 'encode', ...words.split(' ')], input);

  test.each([
    ['netstring', 'hi\nyou\n', '2:hi,3:you,'],
    ['blocks', 'hi\n', '\0\0\0\x02hi\0\0\0\0'],
    ['length-prefix --option width=u8', 'a\\n\\x00\n', '\x03a\n\0'],
    ['netstring --payload hex', '00 ff\n', '2:\0\xff,'],
    ['netstring --payload json', '"text"\n{"a": 1}\n', '4:text,7:{"a":1},'],
    ['netstring --payload msgpack', '[1]\n', '2:\x91\x01,'],
  ])('%s', (words, input, stream) => {
    const {code, out} = encode(words, input);
    expect([code, out.toString('latin1')]).toEqual([0, stream]);
  });

  test('what was encoded is decoded to the same', () => {
    for (const kind of ['delimiter', 'blocks', 'netstring', 'chunked', 'cobs', 'slip', 'websocket'])
      expect([kind, decode(kind, encode(kind, 'one\ntwo\n').out).text.trimEnd()]).toEqual([kind, 'one\ntwo']);
  });

  test('what the framing cannot carry, and what cannot be read, is refused with its number', () => {
    expect(encode('delimiter', 'ok\na\\nb\n')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^wirebook: Payload 2: /),
    });
    expect(encode('netstring --payload hex', 'f\n')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Payload 1: Half a byte/),
    });
  });
});
