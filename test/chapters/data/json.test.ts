import {describe, expect, test} from 'vitest';
import {jsonExperiment} from '../../../src/chapters/data/json.ts';
import {type EncodingEvent, encodingNames, type JsonState} from '../../../src/chapters/data/json-shape.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import {linesOf, wirebook} from '../../support/fake-io.ts';
import {misfit} from '../../support/fits-schema.ts';
import {has, runNode, running, runPython} from './running.ts';

const python = has('python3');

const json = (words: readonly string[]) =>
  wirebook(['data', 'json', ...words], {parts: {experiments: async () => [jsonExperiment]}});

async function encodings(value: string): Promise<Readonly<Record<EncodingEvent['name'], EncodingEvent>>> {
  const {out} = await json([value, '--json']);
  const events = linesOf(out).filter(({kind}) => kind === 'encoding') as unknown as EncodingEvent[];
  expect(events.map(({name}) => name)).toEqual(encodingNames);
  return Object.fromEntries(events.map(event => [event.name, event])) as Record<EncodingEvent['name'], EncodingEvent>;
}

/** How a round trip ended: equal, the kinds of differences, or what was raised. */
function outcome({refused, differences}: EncodingEvent): string {
  if (refused !== undefined) return `${refused.when}: ${refused.class}`;
  return differences.length === 0 ? 'equal' : differences.map(({where, kind}) => `${where} ${kind}`.trim()).join(', ');
}

describe('what comes back', () => {
  test.each([
    ['[5, 6, 7]', ['equal', 'equal', 'equal', 'equal', 'type'], [9, 9, 22, 4, 12]],
    ['(1, 2)', ['type', 'type', 'equal', 'type', 'equal'], [6, 6, 18, 3, 8]],
    ["b'ab'", ['writing: TypeError', 'writing: TypeError', 'equal', 'equal', 'type'], [undefined, undefined, 17, 4, 2]],
    ['nan', ['equal', 'reading: SyntaxError', 'equal', 'equal', 'type'], [3, 3, 21, 9, 8]],
    ['9007199254740993', ['equal', 'value', 'equal', 'equal', 'type'], [16, 16, 21, 9, 8]],
    ['2.0', ['equal', 'type', 'equal', 'equal', 'type'], [3, 3, 21, 9, 8]],
    [
      '{1, 2}',
      ['writing: TypeError', 'writing: TypeError', 'equal', 'writing: TypeError', 'writing: no format'],
      undefined,
    ],
    [`${2n ** 64n}`, ['equal', 'equal', 'equal', 'writing: OverflowError', 'writing: no format'], undefined],
    [`${10n ** 400n}`, ['equal', 'type', 'equal', 'writing: OverflowError', 'writing: no format'], undefined],
    [
      "{1: 'a', '1': 'b'}",
      ['[1] key, [1] value', '[1] key, [1] value', 'equal', 'reading: ValueError', 'writing: no format'],
      undefined,
    ],
    [
      "{(1,): 'a'}",
      ['writing: TypeError', 'writing: TypeError', 'equal', 'reading: ValueError', 'writing: no format'],
      undefined,
    ],
    ["{'b': 1, '2': 2}", ['equal', 'order', 'equal', 'equal', 'writing: no format'], undefined],
    [
      "['é', True, 1.5, b'x']",
      ['writing: TypeError', 'writing: TypeError', 'equal', 'equal', 'type, [0] type'],
      [undefined, undefined, 35, 17, 12],
    ],
    ["'\\ud800'", ['equal', 'equal', 'equal', 'writing: UnicodeEncodeError', 'writing: no format'], undefined],
    ['()', ['type', 'type', 'equal', 'type', 'equal'], [2, 2, 4, 1, 0]],
    ['None', ['equal', 'equal', 'equal', 'equal', 'writing: no format'], undefined],
    ['bytearray(b"a")', ['writing: TypeError', 'writing: TypeError', 'equal', 'type', 'type'], undefined],
  ] as const)('%s', async (value, outcomes, sizes) => {
    const found = await encodings(value);
    expect(encodingNames.map(name => outcome(found[name]))).toEqual(outcomes);
    if (sizes !== undefined) expect(encodingNames.map(name => found[name].size)).toEqual(sizes);
    for (const name of encodingNames)
      for (const {why} of found[name].differences) expect(why).toMatch(/^[A-Z].*\.$|^unpack/);
  });

  test('struct chooses the smallest usual code for each value', async () => {
    const {struct} = await encodings("(1, 3000000000, 18446744073709551615, True, 0.5, 'hé', b'\\x00')");
    expect(struct.format).toBe('!iqQ?d3s1s');
    expect(struct.size).toBe(4 + 8 + 8 + 1 + 8 + 3 + 1);
    expect(struct.frame).toBe('Always 33 bytes: both ends must know the format.');
  });
});

test('the command prints a table, with what is lost below each row', async () => {
  const {code, out, err} = await json(['(1, 2.0)', '--text']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(`tuple  (1, 2.0)
JSON            8 B  1 difference
    (1, 2.0) becomes [1, 2.0]. It knows one kind of row, and Python reads that as a list.
JSON in JS      8 B  2 differences
    (1, 2.0) becomes [1, 2]. JSON knows one kind of row, an array.
    [1]: 2.0 becomes 2. JavaScript has one kind of number: 1.0 is 1.
pickle         25 B  comes back equal
MessagePack    11 B  1 difference
    (1, 2.0) becomes [1, 2.0]. It knows one kind of row, and Python reads that as a list.
struct         12 B  comes back equal with !id
`);
  expect((await json(['1', '2', '--text'])).out).toMatch(/^tuple {2}\(1, 2\)\n/);
});

test.each([
  [['[1, '], 1, /^wirebook: .*\n {2}\[1, \n {2} +\^\n/],
  [['{[]: 1}'], 1, /list/],
  [['1', '--protocol', '9'], 2, /no choice “9”/],
] as const)('%j fails with a sentence', async (words, code, sentence) => {
  const ended = await json(words);
  expect([ended.code, ended.out]).toEqual([code, '']);
  expect(ended.err).toMatch(sentence);
});

describe('in the pane', () => {
  const stateOf = (run: Run) => run.state as JsonState;

  test('everything is there at once, fits the schema, and replays', () =>
    running(jsonExperiment, {}, run => {
      expect(stateOf(run).encodings.map(({name}) => name)).toEqual(encodingNames);
      let again = jsonExperiment.start({value: '', protocol: '4'});
      for (const event of run.journal) {
        const {kind, t, seq, run: _, bytes, ...fields} = event;
        const schema = objectSchema(jsonExperiment.events[kind as 'value'].fields);
        expect(
          misfit(JSON.parse(JSON.stringify(fields)), schema, schema),
          `${kind} ${t} ${seq} ${bytes?.length}`,
        ).toBeUndefined();
        again = jsonExperiment.reduce(again, event as never);
      }
      expect(again).toEqual(run.state);
    }));

  test('the next protocol, a new value, a mistake', () =>
    running(jsonExperiment, {value: '[5, 6, 7]', protocol: '5'}, async run => {
      expect(await run.act({action: 'protocol'})).toBeUndefined();
      expect(jsonExperiment.settled!(stateOf(run))).toEqual({protocol: '0'});
      expect(stateOf(run).encodings[2]).toMatchObject({name: 'pickle', size: 18});
      run.reask({value: '[5, 6', protocol: '0'});
      expect(stateOf(run).unread).toMatchObject({mark: {at: 5}});
      expect(stateOf(run).encodings, 'what was there stays').toHaveLength(5);
      run.reask({value: '1', protocol: '0'});
      expect(stateOf(run)).toMatchObject({unread: undefined, value: {repr: '1'}});
    }));
});

const values = ["{'a': [1, 2.5, None]}", '(1, 2)', "b'x'", '9007199254740993', 'nan', "'é😀'", '{1: True}'];

test.skipIf(!python)('the Python program says the same of the same values', async () => {
  const ran = runPython(values.map(value => jsonExperiment.equivalents({value, protocol: '3'})[0]!.code));
  for (const [index, value] of values.entries()) {
    const {json: text, pickle} = await encodings(value).then(async found => ({
      json: found.json,
      pickle: linesOf((await json([value, '--protocol', '3', '--json'])).out).find(({name}) => name === 'pickle')!,
    }));
    const said = text.refused !== undefined ? `${text.refused.class}: ${text.refused.message}` : `${text.size} `;
    const [first, second] = ran[index]!.out.trim().split('\n');
    expect(first!.startsWith(`JSON ${said}`), `${first} of ${value}`).toBe(true);
    if (text.refused === undefined && value !== 'nan')
      expect(first!.endsWith('equal')).toBe(text.differences.length === 0);
    expect(second).toMatch(new RegExp(`^pickle ${String(pickle['size'])} `));
    expect(ran[index]!.error).toBe('');
  }
});

test('the Node program runs', () => {
  const code = (value: string) =>
    jsonExperiment.equivalents({value, protocol: '4'}).find(({language}) => language === 'Node')?.code;
  expect(code("b'x'")).toBeUndefined();
  expect(runNode([code('[9007199254740993, 2.0]')!, code('nan')!])).toEqual([
    {out: '[9007199254740992,2] 23\n', error: ''},
    {out: 'SyntaxError\n', error: ''},
  ]);
});
