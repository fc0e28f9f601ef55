import {expect, test} from 'vitest';
import {structExperiment} from '../../../src/chapters/data/struct.ts';
import {linesOf, wirebook} from '../../support/fake-io.ts';
import {chosen, random} from '../../wire/struct/cases.ts';

const struct = (words: readonly string[], input?: string) =>
  wirebook(['data', 'struct', ...words], {
    ...(input !== undefined && {input}),
    parts: {experiments: async () => [structExperiment]},
  });

test.each([
  [['pack', '<iH3s', '4253', '80', "b'abc'"], '9d1000005000616263\n'],
  [['pack', '<b', '-1'], 'ff\n'],
  [['pack', '>2d', '-1.5', '-inf'], 'bff8000000000000fff0000000000000\n'],
  [['pack', '<q', '-0x10'], 'f0ffffffffffffff\n'],
  [['pack', '0i'], '\n'],
  [['pack', '<?', 'True'], '01\n'],
  [['unpack', '<i', '9d100000'], '(4253,)\n'],
  [['unpack', '<iH3s', '9d 10 00 00 50 00 61 62 63'], "(4253, 80, b'abc')\n"],
  [['unpack', '<2H', '9d10', '5000'], '(4253, 80)\n'],
  [['unpack_from', '<h', '0100ff7f', '--offset', '-2'], '(32767,)\n'],
  [['iter_unpack', '<h', '01000200'], '(1,)\n(2,)\n'],
  [['calcsize', 'qb0q'], '16\n'],
  [['calcsize', '9223372036854775807s'], '9223372036854775807\n'],
])('%j prints %j', async (words, out) => {
  expect(await struct(words)).toEqual({code: 0, out, err: ''});
});

test('- is the bytes of standard input', async () => {
  expect(await struct(['unpack', '<4sH', '-'], 'abcdAB')).toEqual({code: 0, out: "(b'abcd', 16961)\n", err: ''});
  const {out} = await struct(['iter_unpack', 'b', '-'], '\x01'.repeat(5000));
  expect(out).toBe('(1,)\n'.repeat(5000));
});

test.each([
  [['pack', '<iz', '1'], 'struct.error: bad char in struct format\n  <iz\n    ^\n'],
  [
    ['pack', '<H', '70000'],
    "struct.error: 'H' format requires 0 <= number <= 65535\n  <H\n   ^\n  Value 1 is 70000. I holds it.\n",
  ],
  [['pack', '--python', '3.11', '<H', '70000'], 'struct.error: ushort format requires 0 <= number <= 65535\n'],
  [['pack', '<i'], 'struct.error: pack expected 1 items for packing (got 0)\n  It takes i; 0 values given.\n'],
  [['pack', '<f', '1e39'], 'OverflowError: float too large to pack with f format\n'],
  [['unpack', '<i', '9d10'], 'struct.error: unpack requires a buffer of 4 bytes\n  2 bytes given.\n'],
  [['pack', '3s', 'abc'], 'abc is not a value.'],
])('%j fails with what Python says', async (words, err) => {
  const outcome = await struct(words);
  expect(outcome).toMatchObject({code: 1, out: ''});
  expect(outcome.err).toContain(`wirebook: ${err}`);
});

test('--json: the answer, then the end; a refusal says where', async () => {
  const [answer, end] = linesOf((await struct(['pack', '<H', '80', '--json'])).out);
  expect(answer).toMatchObject({kind: 'answer', op: 'pack', bytes: '5000', size: 2, little: '5000', big: '0050'});
  expect(end).toMatchObject({kind: 'end', status: 'done', code: 0});
  const [refused] = linesOf((await struct(['pack', '<z', '--json'])).out);
  expect(refused).toMatchObject({kind: 'refused', class: 'struct.error', field: 'format', at: 1, end: 2});
});

test('--batch answers every case as CPython did, one line for one line', async () => {
  const cases = [...chosen, ...random.slice(0, 1000)];
  const input = cases.map(one => `${JSON.stringify({...one, expect: undefined})}\n`).join('');
  const {code, out} = await struct(['--batch'], `${input}nonsense\n`);
  const answers = out.trimEnd().split('\n');
  expect(code).toBe(0);
  expect(answers).toHaveLength(cases.length + 1);
  expect(cases.filter((one, index) => answers[index] !== JSON.stringify(one.expect))).toEqual([]);
  expect(JSON.parse(answers.at(-1)!)).toMatchObject({error: 'ValueError'});
});
