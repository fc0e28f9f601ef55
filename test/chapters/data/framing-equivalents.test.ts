import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {framingExperiment} from '../../../src/chapters/data/framing.ts';
import {readChoices} from '../../../src/chapters/data/framing-choice.ts';
import type {FramingAsk} from '../../../src/chapters/data/framing-fields.ts';
import {type SampleName, samples} from '../../../src/chapters/data/framing-samples.ts';
import {Track} from '../../../src/chapters/data/framing-track.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {concat} from '../../../src/wire/bytes.ts';
import {has} from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-framing-'));
afterAll(() => rmSync(folder, {recursive: true}));

const streamOf = (name: SampleName) => concat(samples[name].pieces());
const python = has('python3');
const compiler = has('cc');
const ask = (decoders: string, option = ''): FramingAsk => ({
  ...defaultsOf(framingExperiment.fields),
  decoders,
  option,
});

/** Decoders whose programs are run, with a stream for each and what it carries. */
const programs = [
  ['until-eof', '', 'text', 'Python C Node shell'],
  ['fixed', 'size=17', 'text', 'Python Node shell'],
  ['delimiter', '', 'streamer', 'Python Node shell'],
  ['delimiter', 'delimiter=is', 'text', 'Python Node shell'],
  ['length-prefix', '', 'blocks', 'Python C Node shell'],
  ['length-prefix', 'width=u8', 'text', 'Python Node shell'],
  ['dns', '', 'dns', 'Python Node shell'],
  ['blocks', '', 'blocks', 'Python C Node shell'],
  ['netstring', '', 'netstrings', 'Python Node shell'],
  ['json-lines', '', 'text', 'Python shell'],
  ['zlib', '', 'zlib', 'Python shell'],
  ['pickle', '', 'pickles', 'Python shell'],
  ['slip', '', 'slip', 'shell'],
] as const;

/** Streams for the framings that the samples do not suit. */
const own: Readonly<Record<string, string>> = {
  'delimiter delimiter=is': 'this is it, is',
  'length-prefix width=u8': '\x02hi\0\x03you',
  'json-lines ': '{"a":1}\n[2]\n',
};

describe('the same elsewhere', () => {
  test.each(programs)(
    '%s %s: every program gives the payloads that the decoder gives',
    (decoders, option, sample, languages) => {
      const instead = own[`${decoders} ${option}`];
      const stream = instead === undefined ? streamOf(sample) : Buffer.from(instead);
      const wanted = payloadsOf(ask(decoders, option), stream);
      const written = new Map(
        framingExperiment.equivalents(ask(decoders, option)).map(one => [one.language, one.code]),
      );
      expect([...written.keys()].join(' ')).toBe(languages);
      expect(written.get('shell')).toContain(`data framing decode ${decoders}`);
      const node = written.get('Node');
      if (node !== undefined)
        expect(output(process.execPath, ['--input-type=module', '-e', node], stream)).toEqual(wanted);
      if (python && written.has('Python'))
        expect(output('python3', ['-c', written.get('Python')!], stream)).toEqual(wanted);
      const c = written.get('C');
      if (compiler && c !== undefined) {
        const program = join(folder, decoders);
        expect(spawnSync('cc', ['-Wall', '-Werror', '-x', 'c', '-', '-o', program], {input: c}).stderr.toString()).toBe(
          '',
        );
        expect(output(program, [], stream)).toEqual(wanted);
      }
    },
  );
});

function output(program: string, args: readonly string[], input: Uint8Array): readonly string[] {
  const {stdout, stderr, status} = spawnSync(program, args, {input, encoding: 'utf8'});
  expect([status, stderr]).toEqual([0, '']);
  return stdout.replace(/\n$/, '').split('\n');
}

function payloadsOf({decoders, option}: FramingAsk, stream: Uint8Array): readonly string[] {
  const read = readChoices(decoders, option);
  if (!read.ok) throw new Error(read.says);
  const payloads: string[] = [];
  const hearer = {
    frame: (_fields: unknown, payload: Uint8Array) => void payloads.push(Buffer.from(payload).toString('hex')),
    skipped: () => undefined,
  };
  const track = new Track(read.choices[0]!, {form: 'raw', brief: true}, hearer);
  track.push(stream);
  track.end();
  return payloads;
}
