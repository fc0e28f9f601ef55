import fc from 'fast-check';
import {expect, test} from 'vitest';
import {commandFor} from '../../src/chapters/command.ts';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {parse} from '../../src/cli/parse.ts';
import {splitWords} from '../../src/cli/words.ts';
import {toy} from '../support/toy-experiment.ts';

const text = fc.oneof(fc.string(), fc.constantFrom('-', '--', '--json', '-x', "it's", '::1', '', '-5', 'a b', '$HOME'));

const asks = fc.record({
  // A host with one colon would be read as HOST:PORT, and no host has one.
  host: text.filter(host => !/^[^:]+:[^:]*$|^\[/.test(host)),
  port: fc.integer({min: 1, max: 65_535}),
  words: text,
  count: fc.integer({min: 0, max: 1000}),
  every: fc.integer({min: 0, max: 60_000}).map(milliseconds => milliseconds / 1000),
  mood: fc.constantFrom('calm', 'cross'),
  refuse: fc.boolean(),
});

test('the command that names what is on screen asks for exactly that', async () => {
  await fc.assert(
    fc.asyncProperty(asks, async given => {
      const ask = {...defaultsOf(toy.fields), ...given};
      const words = splitWords(commandFor(toy, ask));
      const parsed = words.ok && (await parse(words.value.slice(1), {experiments: async () => [toy]}));
      expect(parsed, commandFor(toy, ask)).toMatchObject({ok: true, value: {does: 'experiment', ask}});
    }),
    {numRuns: 300},
  );
});
