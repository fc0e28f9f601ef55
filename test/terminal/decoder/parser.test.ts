import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {InputEvent} from '../../../src/terminal/decoder/events.ts';
import {InputParser} from '../../../src/terminal/decoder/parser.ts';
import {table} from './table.ts';

function decode(...chunks: string[]): InputEvent[] {
  const parser = new InputParser();
  return chunks.flatMap(chunk => parser.push(Buffer.from(chunk, 'latin1')));
}

/** As the table writes it: the raw bytes of a key are checked in a test of their own. */
const withoutRaw = (events: InputEvent[]): InputEvent[] =>
  events.map(event => (event.kind === 'key' ? {...event, raw: ''} : event));

describe('InputParser', () => {
  test.each(table)('%s', (_name, bytes, events) => {
    const parser = new InputParser();
    expect(withoutRaw(parser.push(Buffer.from(bytes, 'latin1')))).toEqual(events);
    expect(parser.pending).toBeUndefined();
    expect(parser.flush()).toEqual([]);
  });

  test.each(table)('%s: cut at every byte', (_name, bytes, events) => {
    for (let cut = 1; cut < bytes.length; cut++)
      expect([cut, withoutRaw(decode(bytes.slice(0, cut), bytes.slice(cut)))]).toEqual([cut, events]);
    expect(withoutRaw(decode(...bytes))).toEqual(events);
  });

  test('the whole table in one stream, cut anywhere, means the same', () => {
    const bytes = table.map(row => row[1]).join('');
    const events = table.flatMap(row => row[2]);
    expect(withoutRaw(decode(bytes))).toEqual(events);
    const cuts = fc.uniqueArray(fc.nat(bytes.length), {maxLength: 40});
    fc.assert(
      fc.property(cuts, places => {
        const ordered = [0, ...places.toSorted((a, b) => a - b), bytes.length];
        const chunks = ordered.slice(1).map((end, index) => bytes.slice(ordered[index], end));
        expect(withoutRaw(decode(...chunks))).toEqual(events);
      }),
      {numRuns: 200},
    );
  });

  test('whatever comes in, however it is cut, means the same and ends', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\x1b',
        '[',
        'O',
        ']',
        'P',
        '\x07',
        '\x1b\\',
        ';',
        '<',
        'M',
        '~',
        'u',
        'A',
        '1',
        '200~',
        '\x1b[201~',
        '\xf0\x9f',
        '\xe2\x80\x8d',
      ),
      fc.string({unit: 'binary-ascii', maxLength: 3}),
      fc.integer({min: 0, max: 255}).map(byte => String.fromCharCode(byte)),
    );
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 30}), fc.array(fc.nat(60), {maxLength: 6}), (pieces, places) => {
        const bytes = pieces.join('');
        const whole = new InputParser();
        const expected = [...whole.push(Buffer.from(bytes, 'latin1')), ...whole.flush()];
        const parser = new InputParser();
        const ordered = [0, ...places.map(at => Math.min(at, bytes.length)).toSorted((a, b) => a - b), bytes.length];
        const events = ordered
          .slice(1)
          .flatMap((end, index) => parser.push(Buffer.from(bytes.slice(ordered[index], end), 'latin1')));
        expect([...events, ...parser.flush()]).toEqual(expected);
        expect([whole.pending, parser.pending]).toEqual([undefined, undefined]);
      }),
      {numRuns: 3000},
    );
  });

  test('no byte of a sequence ever becomes text', () => {
    for (const [name, bytes, events] of table) {
      if (!bytes.startsWith('\x1b[<') && !bytes.startsWith('\x1b]')) continue;
      expect([name, events.every(event => event.kind !== 'key' || event.text === '' || event.key === 'q')]).toEqual([
        name,
        true,
      ]);
    }
  });

  test('a key carries the bytes it came as', () => {
    const raws = decode('\x1b[1;5A', 'é'.length === 1 ? '\xc3\xa9' : '', '\x1bx', 'a', '\r', '\x1b\x1b[A').map(event =>
      event.kind === 'key' ? event.raw : event,
    );
    expect(raws).toEqual(['\x1b[1;5A', 'é', '\x1bx', 'a', '\r', '\x1b\x1b[A']);
  });

  test.each([
    ['\x1b', [['escape', false]]],
    [
      '\x1b\x1b',
      [
        ['escape', false],
        ['escape', false],
      ],
    ],
    ['\x1b[', [['[', true]]],
    ['\x1bO', [['O', true]]],
    ['\x1b]', [[']', true]]],
    ['\x1bP', [['P', true]]],
    [
      '\x1b\x1b[',
      [
        ['escape', false],
        ['[', true],
      ],
    ],
    ['\xf0\x9f\x98\x80', [['😀', false]]],
    ['\xf0\x9f\x87\xa9', [['🇩', false]]],
  ])('%j and nothing more is a key', (bytes, keys) => {
    const parser = new InputParser();
    expect(parser.push(Buffer.from(bytes, 'latin1')).length).toBeLessThan(2);
    const all = new InputParser();
    const events = [...all.push(Buffer.from(bytes, 'latin1')), ...all.flush()];
    expect(events.map(event => (event.kind === 'key' ? [event.key, event.alt] : event))).toEqual(keys);
  });

  test.each(['\x1b[<0;1', '\x1b[1;', '\x1b[M!', '\x1b]11;rgb:', '\x1bP>|x'])(
    '%j and nothing more is unknown, never text',
    bytes => {
      const parser = new InputParser();
      expect(parser.push(Buffer.from(bytes, 'latin1'))).toEqual([]);
      expect(parser.pending).toBe('sequence');
      expect(parser.flush()).toEqual([{kind: 'unknown', raw: bytes}]);
    },
  );

  test('a paste without an end is given when it is flushed', () => {
    const parser = new InputParser();
    expect(parser.push(Buffer.from('\x1b[200~abc\x1b[20'))).toEqual([]);
    expect(parser.pending).toBe('paste');
    expect(parser.flush()).toEqual([{kind: 'paste', text: 'abc\x1b[20', dropped: 0}]);
    expect(decode('x')).toHaveLength(1);
  });

  test('a paste is bounded and says what it left out', () => {
    const parser = new InputParser();
    const block = Buffer.alloc(1024 * 1024, 'x');
    parser.push(Buffer.from('\x1b[200~'));
    for (let count = 0; count < 9; count++) expect(parser.push(block)).toEqual([]);
    const [event] = parser.push(Buffer.from('\x1b[201~'));
    expect(event).toMatchObject({kind: 'paste', dropped: 1024 * 1024});
    expect(event?.kind === 'paste' && event.text.length).toBe(8 * 1024 * 1024);
  });

  test('a sequence that never ends is bounded', () => {
    const parser = new InputParser();
    const events = parser.push(Buffer.from(`\x1b[${'1;'.repeat(5000)}`));
    expect(events[0]).toMatchObject({kind: 'unknown'});
    const strings = new InputParser().push(Buffer.from(`\x1b]${'x'.repeat(70_000)}`));
    expect(strings[0]).toMatchObject({kind: 'unknown'});
  });
});
