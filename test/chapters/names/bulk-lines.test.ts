import {describe, expect, test} from 'vitest';
import {countLines, linesOf, longestLine, questionBytes, readLine} from '../../../src/chapters/names/bulk-lines.ts';

const label64 = 'x'.repeat(64);
const name256 = Array.from({length: 64}, () => 'abc').join('.');

describe('a line', () => {
  test.each([
    ['www.example.test', 'www.example.test.', 1],
    ['www.example.test.', 'www.example.test.', 1],
    ['  www.example.test \t MX \r', 'www.example.test.', 15],
    ['www.example.test aaaa', 'www.example.test.', 28],
    ['www.example.test TYPE65280', 'www.example.test.', 65_280],
    ['.', '.', 1],
    ['a\\.b.test', 'a\\.b.test.', 1],
    ['127.4.3.80 PTR', '80.3.4.127.in-addr.arpa.', 12],
    ['2001:db8::1 PTR', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.', 12],
    ['127.4.3.80', '127.4.3.80.', 1],
    ['fa\u00df.example.test', 'xn--fa-hia.example.test.', 1],
  ])('%j asks for %s %d', (line, name, type) => {
    expect(readLine(line, 1)).toEqual({kind: 'question', asked: {name, type}});
  });

  test.each(['', '   ', '# a comment', '; another', '\r'])('%j says nothing', line => {
    expect(readLine(line, 1)).toEqual({kind: 'nothing'});
  });

  test.each([
    ['a..b', /dots/],
    [`${label64}.test`, /63/],
    [name256, /255/],
    ['www.example.test NONSENSE', /no record type “NONSENSE”/],
    ['www.example.test A IN', /“IN” has no place/],
    ['www.example.test AXFR', /not asked for in bulk/],
    ['x'.repeat(longestLine + 1), /more than 1200 characters/],
  ])('%j is refused before anything is sent', (line, says) => {
    const read = readLine(line, 1);
    expect(read.kind === 'bad' ? read.says : read.kind).toMatch(says);
  });

  test('becomes the question of a message', () => {
    const bytes = questionBytes({name: 'a.test.', type: 65_280});
    expect(Buffer.from(bytes).toString('hex')).toBe('0161047465737400ff000001');
  });
});

describe('a stream', () => {
  async function all(chunks: readonly Uint8Array[]): Promise<string[]> {
    const lines: string[] = [];
    for await (const group of linesOf(chunks)) lines.push(...group);
    return lines;
  }

  test('is cut into lines wherever its pieces end, also within a letter', async () => {
    const bytes = Buffer.from('one.test\ntw\u00f6.test\r\n\nlast.test');
    for (let at = 0; at <= bytes.length; at++)
      expect(await all([bytes.subarray(0, at), bytes.subarray(at)])).toEqual([
        'one.test',
        'tw\u00f6.test\r',
        '',
        'last.test',
      ]);
  });

  test('is counted as it is read: what says nothing is not', async () => {
    const bytes = Buffer.from('one\n# no\n\n \t\r\n; no\n two A\na..b\nlast');
    for (let at = 0; at <= bytes.length; at++)
      expect(await countLines([bytes.subarray(0, at), bytes.subarray(at)])).toBe(4);
    expect(await countLines([])).toBe(0);
  });

  test('without line ends takes no memory, and is one line that is refused', async () => {
    const lines = await all(Array.from({length: 200}, () => Buffer.alloc(64 * 1024, 'x')));
    expect(lines.map(line => line.length)).toEqual([longestLine + 1]);
    expect(readLine(lines[0]!, 1).kind).toBe('bad');
  });
});
