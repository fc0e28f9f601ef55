import {describe, expect, test} from 'vitest';
import {framingExperiment} from '../../../src/chapters/data/framing.ts';
import {readChoices} from '../../../src/chapters/data/framing-choice.ts';
import {edgesOf, readChunks, recut} from '../../../src/chapters/data/framing-chunks.ts';
import {type SampleName, sampleNames, samples} from '../../../src/chapters/data/framing-samples.ts';
import type {FramingState} from '../../../src/chapters/data/framing-state.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {concat} from '../../../src/wire/bytes.ts';
import {openNative} from '../../../src/world/libc/ffi.ts';
import {running} from './running.ts';

const stateOf = (run: Run) => run.state as FramingState;
const standing = (run: Run) => stateOf(run).decoders.map(({verdict}) => verdict?.state);
const good = async (run: Run, action: string, args?: Record<string, unknown>) =>
  expect(await run.act({action, ...(args && {args})})).toBeUndefined();
const streamOf = (name: SampleName) => concat(samples[name].pieces());

describe('the book’s blocks, chunk by chunk', () => {
  test('every decoder says at each chunk whether it may stop, and why', () =>
    running(framingExperiment, {}, async run => {
      expect(standing(run)).toEqual(['recv', 'recv', 'recv', 'recv']);
      const seen: unknown[] = [];
      for (let chunk = 0; chunk < 8; chunk++) {
        await good(run, 'next');
        const [blocks, , length] = stateOf(run).decoders;
        seen.push([stateOf(run).received, blocks!.verdict!.state, length!.verdict!.state, length!.verdict!.missing]);
      }
      expect(seen).toEqual([
        [4, 'recv', 'recv', 30],
        [34, 'recv', 'safe', 1],
        [38, 'recv', 'recv', 33],
        [71, 'recv', 'safe', 1],
        [75, 'recv', 'recv', 30],
        [105, 'recv', 'safe', 1],
        [109, 'ended', 'safe', 1],
        [109, 'complete', 'complete', undefined],
      ]);
      const [blocks, delimiter, , eof] = stateOf(run).decoders;
      expect(blocks!.verdict!.because).toMatch(/^Safe to stop because an empty block came/);
      expect(blocks!.frames.map(({size}) => size)).toEqual([30, 33, 30, 0]);
      expect(delimiter!.verdict).toMatchObject({state: 'incomplete', start: 0, have: 109});
      expect(eof!.frames).toHaveLength(1);
      expect(await run.act({action: 'next'})).toMatchObject({says: expect.stringMatching(/has ended/)});
    }));

  test('text read as a length asks for 1 113 940 341 bytes', () =>
    running(framingExperiment, {sample: 'streamer', decoders: 'length-prefix'}, async run => {
      await good(run, 'next');
      const {verdict} = stateOf(run).decoders[0]!;
      expect(verdict).toMatchObject({state: 'malformed', offset: 0});
      expect(verdict!.because).toMatch(/1 113 940 341 bytes.*“Beau”/);
    }));
});

describe('every sample', () => {
  test.each(sampleNames)('%s gives the same frames however it is cut', async name => {
    const decoders = 'until-eof delimiter blocks netstring chunked cobs slip';
    const framesOf = async (chunks: string) => {
      let frames: unknown;
      await running(framingExperiment, {sample: name, decoders, chunks}, async run => {
        await good(run, 'all');
        const {length, received} = stateOf(run);
        expect([length, received]).toEqual([streamOf(name).length, length]);
        frames = stateOf(run).decoders.map(one => [one.frames, one.verdict!.state, one.verdict!.offset]);
      });
      return frames;
    };
    const whole = await framesOf('whole');
    for (const chunks of ['1', 'network', 'random:7', '3,1,5']) expect(await framesOf(chunks)).toEqual(whole);
  });

  test.each([
    ['netstrings', 'netstring', 4, 'complete'],
    ['http', 'http', 3, 'complete'],
    ['websocket', 'websocket', 5, 'complete'],
    ['dns', 'dns', 2, 'complete'],
    ['json-lines', 'json-lines', 2, 'malformed'],
    ['escapes', 'delimiter', 4, 'complete'],
    ['pickles', 'pickle', 1, 'complete'],
    ['slip', 'slip', 2, 'complete'],
    ['text', 'until-eof', 1, 'complete'],
  ] as const)('%s has a decoder that reads it: %s', (sample, decoders, frames, state) =>
    running(framingExperiment, {sample, decoders}, async run => {
      await good(run, 'all');
      const [one] = stateOf(run).decoders;
      expect([one!.frames.length, one!.verdict!.state]).toEqual([frames, state]);
    }),
  );

  test('payloads are read as DNS when that is asked for', () =>
    running(framingExperiment, {sample: 'dns', decoders: 'dns', payload: 'dns'}, async run => {
      await good(run, 'all');
      expect(stateOf(run).decoders[0]!.frames.map(({reads}) => reads)).toEqual([
        ['id 6699 query QUERY flags rd', 'question www.example.com. IN A'],
        ['id 6700 query QUERY flags rd', 'question example.com. IN MX'],
      ]);
    }));
});

describe('going back and cutting', () => {
  test('taking a chunk back gives the verdicts of before it', () =>
    running(framingExperiment, {sample: 'netstrings', decoders: 'netstring', chunks: '5'}, async run => {
      const seen: unknown[] = [];
      for (let step = 0; step < 4; step++) {
        seen.push([stateOf(run).received, stateOf(run).decoders]);
        await good(run, 'next');
      }
      for (const wanted of seen.toReversed()) {
        await good(run, 'back');
        expect([stateOf(run).received, stateOf(run).decoders]).toEqual(wanted);
      }
      expect(await run.act({action: 'back'})).toMatchObject({says: 'Nothing has been received yet'});
    }));

  test('a cut is made, joined again, and told to the form; nonsense is refused', () =>
    running(framingExperiment, {sample: 'streamer', chunks: 'whole', decoders: 'delimiter'}, async run => {
      await good(run, 'cut', {offset: 40});
      await good(run, 'cut', {offset: 10});
      expect(stateOf(run).edges).toEqual([10, 40, 96]);
      expect(framingExperiment.settled!(stateOf(run))).toEqual({chunks: '10,30,56'});
      await good(run, 'next');
      await good(run, 'next');
      expect(stateOf(run).received).toBe(40);
      await good(run, 'cut', {offset: 40});
      expect([stateOf(run).edges, stateOf(run).received]).toEqual([[10, 96], 10]);
      expect(await run.act({action: 'cut', args: {offset: 0}})).toMatchObject({says: 'A cut lies between two bytes'});
      expect(await run.act({action: 'cut', args: {offset: 96}})).toMatchObject({code: 'framing.cut'});
    }));

  test('the stream may end anywhere', () =>
    running(framingExperiment, {decoders: 'blocks'}, async run => {
      await good(run, 'next');
      await good(run, 'eof');
      expect(stateOf(run).decoders[0]!.verdict).toMatchObject({state: 'incomplete', missing: 30});
    }));

  test('behind malformed bytes the next frame is found, where the framing allows it', () =>
    running(framingExperiment, {sample: 'cobs', decoders: 'cobs, blocks'}, async run => {
      await good(run, 'all');
      expect(standing(run)[0]).toBe('malformed');
      await good(run, 'resync');
      const [cobs] = stateOf(run).decoders;
      expect(cobs!.frames.map(({reads}) => reads)).toEqual([['one\\x00two'], ['four']]);
      expect(cobs!.skipped).toHaveLength(1);
      await good(run, 'decoder');
      expect(stateOf(run).chosen).toBe(1);
      expect(await run.act({action: 'resync'})).toMatchObject({says: expect.stringMatching(/wrong length/)});
    }));
});

describe('what is typed', () => {
  test('is decoded as text, as hex, from a file; mistakes say what and where', async () => {
    await running(framingExperiment, {data: 'a\\nb\\n', decoders: 'delimiter'}, async run => {
      await good(run, 'all');
      expect(stateOf(run).decoders[0]!.frames.map(({reads}) => reads)).toEqual([['a'], ['b']]);
    });
    await running(
      framingExperiment,
      {data: '02 68 69', dataAs: 'hex', decoders: 'length-prefix', option: 'width=u8'},
      async run => {
        await good(run, 'all');
        expect(stateOf(run).decoders[0]!.frames[0]).toMatchObject({size: 2, reads: ['hi']});
      },
    );
    await running(framingExperiment, {data: '6', dataAs: 'hex'}, run => {
      expect(stateOf(run).refused?.says).toMatch(/Half a byte/);
    });
  });

  test('payloads are encoded and their stream is put on the bench', () =>
    running(framingExperiment, {op: 'encode', decoders: 'netstring', data: 'hi\\nyou'}, async run => {
      await good(run, 'all');
      expect(stateOf(run).source).toBe('2 payloads encoded as netstring');
      expect(Buffer.from(run.journal.bytesOf({bytes: stateOf(run).bytes!})!).toString()).toBe('2:hi,3:you,');
      expect(stateOf(run).decoders[0]!.verdict!.state).toBe('complete');
    }));

  test.each([
    ['blokcs', '', 'There is no framing “blokcs”', 'Did you mean blocks?'],
    ['length-prefix', 'wdith=u16', 'length-prefix has no option “wdith”', 'Did you mean width?'],
    ['length-prefix', 'width=u61', 'width has no choice “u61”', 'Did you mean u16?'],
    ['blocks', 'maximum=many', 'maximum: “many” is not a whole number', 'Give one from 0 to 281474976710656.'],
    [
      'delimiter',
      'delimiter=\\q',
      'delimiter, delimiter: Delimiter cannot be read',
      expect.stringMatching(/not an escape/),
    ],
    ['delimiter', 'dns.maximum=3', 'No decoder here is called dns', 'There are delimiter.'],
    ['delimiter', 'fast', '“fast” is no option', expect.stringMatching(/NAME=VALUE/)],
    ['  ', '', 'No decoder is named', expect.stringMatching(/^Name one of until-eof/)],
  ] as const)('%s %s is refused with the nearest that there is', (decoders, option, says, next) => {
    expect(readChoices(decoders, option)).toMatchObject({ok: false, says, next});
  });

  test('options go to the decoders that have them; a comma may be a value; the same framing stands there twice', () => {
    const read = readChoices(
      'delimiter length-prefix, length-prefix dns',
      'delimiter=,,length-prefix#2.width=u8 maximum=9',
    );
    if (!read.ok) throw new Error(read.says);
    expect(read.choices).toEqual([
      {name: 'delimiter', framing: 'delimiter', options: {delimiter: ',', maximum: 9}},
      {name: 'length-prefix', framing: 'length-prefix', options: {maximum: 9}},
      {name: 'length-prefix#2', framing: 'length-prefix', options: {width: 'u8', maximum: 9}},
      {name: 'dns', framing: 'length-prefix', options: {width: 'u16', maximum: 9}},
    ]);
  });

  test('streams are cut in memory and on their way alike', async () => {
    const stream = Uint8Array.from({length: 500}, (_, at) => at);
    for (const typed of ['1', '7,3', 'random:5', '1000']) {
      const plan = readChunks(typed);
      if (typeof plan === 'string') throw new Error(plan);
      const pieces: number[] = [];
      const uneven = [stream.subarray(0, 3), stream.subarray(3, 400), stream.subarray(400)];
      for await (const piece of recut(
        (async function* () {
          yield* uneven;
        })(),
        plan,
      ))
        pieces.push((pieces.at(-1) ?? 0) + piece.length);
      expect(pieces, typed).toEqual(edgesOf(plan, 500, []));
    }
    for (const wrong of ['', '0', '-1', '1.5', 'random:x', 'often'])
      expect(readChunks(wrong)).toMatch(/is no way to cut/);
  });
});

const noSockets = openNative().available ? false : 'libc cannot be called here';
if (noSockets) console.warn(`The tests of framing over a socket are skipped: ${noSockets}`);

describe.skipIf(noSockets !== false)('over a real socket', () => {
  test('chunks are what recv() gave, and the frames are the same', () =>
    running(framingExperiment, {via: 'socket', recvSize: 5, decoders: 'blocks', delay: 0}, async run => {
      await good(run, 'next');
      expect(stateOf(run)).toMatchObject({received: 4, came: [4], call: expect.stringMatching(/^recv\(\d+, "\\0/)});
      expect(await run.act({action: 'back'})).toMatchObject({says: 'What recv() has given cannot be taken back'});
      await good(run, 'next');
      expect(stateOf(run).came.every((edge, at, all) => edge - (all[at - 1] ?? 0) <= 5)).toBe(true);
      await good(run, 'all');
      const {decoders, eof, received, call} = stateOf(run);
      expect([eof, received, call?.endsWith('= 0')]).toEqual([true, 109, true]);
      expect(decoders[0]!.frames.map(({size}) => size)).toEqual([30, 33, 30, 0]);
      expect(decoders[0]!.verdict!.state).toBe('complete');
    }));
});
