import {problemOf} from '../../journal/problem.ts';
import {counted} from '../../wire/text/counted.ts';
import {type ActionReply, define} from '../contract.ts';
import {integerField} from '../fields.ts';
import {FramingBench, type FramingKit, longestStepped} from './framing-bench.ts';
import {choicesOf, decodeStream} from './framing-command.ts';
import {encodeStream, makeStream} from './framing-encode.ts';
import {framingEquivalents} from './framing-equivalents.ts';
import {type FramingEvent, framingEvents} from './framing-events.ts';
import {type FramingAsk, framingFields} from './framing-fields.ts';
import {readPayload} from './framing-payload.ts';
import {openSource, wholeSource} from './framing-source.ts';
import {type FramingState, reduceFraming, startFraming} from './framing-state.ts';

const goesOn = (state: FramingState) => (state.eof ? 'The stream has ended: p takes back, or change a field' : true);
const isMalformed = ({decoders, chosen}: FramingState) =>
  decoders[chosen]?.verdict?.state === 'malformed' ? true : 'The chosen decoder has met nothing malformed';
const isCuttable = ({via, received}: FramingState) =>
  via === 'socket' && received > 0 ? 'Over a socket the cuts are made before the first byte is sent' : true;

export const framingExperiment = define({
  id: 'data.framing',
  title: 'Framing',
  teaches:
    'When is it safe to stop calling recv()? One stream, many decoders: at every chunk each says why it may stop or must go on.',
  opens: 'at once',
  positionals: ['op', 'decoders'],
  fields: framingFields,
  events: framingEvents,
  actions: {
    next: {key: 'n', title: 'Next chunk', hint: 9, possible: goesOn},
    back: {
      key: 'p',
      title: 'Take a chunk back',
      hint: 7,
      possible: (state: FramingState) =>
        state.via === 'socket'
          ? 'What recv() has given cannot be taken back'
          : state.received > 0 || state.eof || 'Nothing has been received yet',
    },
    all: {key: 'a', title: 'All chunks and the end', hint: 8, possible: goesOn},
    cut: {
      key: 'c',
      title: 'Cut here, or join',
      hint: 6,
      fields: {offset: integerField({label: 'Offset', default: 1, from: 0, to: longestStepped})},
      possible: isCuttable,
    },
    eof: {key: 'E', title: 'End of the stream now', hint: 5, possible: goesOn},
    resync: {key: 's', title: 'Look for the next frame', hint: 4, possible: isMalformed},
    decoder: {key: 'd', title: 'Next decoder', hint: 6},
    choose: {
      key: 'D',
      title: 'Choose a decoder by its number',
      hint: 0,
      fields: {decoder: integerField({label: 'Decoder', default: 0, from: 0, to: 7})},
    },
  },
  async run(ask, kit) {
    if (kit.headless) await (ask.op === 'encode' ? encodeStream(ask, kit) : decodeStream(ask, kit));
    else await stepThrough(ask, kit);
  },
  start: (): FramingState => startFraming,
  reduce: reduceFraming,
  settled: ({cut}) => (cut === undefined ? {} : {chunks: cut}),
  line: framingLine,
  equivalents: framingEquivalents,
});

/** Opens a bench for what the fields ask, and another one whenever they ask for something else. */
async function stepThrough(first: FramingAsk, kit: FramingKit): Promise<void> {
  let bench: FramingBench | undefined;
  let wanted = first;
  const open = async (ask: FramingAsk) => {
    wanted = ask;
    try {
      choicesOf(ask);
      const source = await streamOf(ask, kit);
      // While a file was read, something else may have been typed.
      if (wanted !== ask || kit.signal.aborted) return;
      void bench?.close();
      bench = new FramingBench(kit, ask, source);
    } catch (error) {
      const {says, next} = problemOf(error);
      kit.emit('refused', {says, ...(next !== undefined && {next})});
    }
  };
  const on = (work: (bench: FramingBench) => ActionReply | Promise<ActionReply>) => () =>
    bench === undefined ? {code: 'framing.none', says: 'There is no stream yet'} : work(bench);
  await open(first);
  kit.whenAsked(ask => void open(ask));
  kit.handle({
    next: on(one => one.next()),
    back: on(one => one.back()),
    all: on(one => one.all()),
    eof: on(one => one.eof()),
    resync: on(one => one.resynchronise()),
    decoder: on(one => one.nextDecoder()),
    cut: ({offset}: {offset: number}) => on(one => one.cut(offset))(),
    choose: ({decoder}: {decoder: number}) => on(one => one.choose(decoder))(),
  });
  await kit.stopped();
  await bench?.close();
}

async function streamOf(ask: FramingAsk, kit: FramingKit) {
  if (ask.op === 'encode') {
    const {framing, payloads, bytes} = await makeStream(ask, kit);
    return {says: `${counted(payloads, 'payload')} encoded as ${framing}`, sent: [bytes]};
  }
  const source = await openSource(ask, kit);
  return {says: source.says, sent: await wholeSource(source, longestStepped)};
}

function framingLine(
  event: FramingEvent,
  bytes: Uint8Array | undefined,
  ask: FramingAsk,
): string | Uint8Array | undefined {
  const alone = !/[\s,+]/.test(ask.decoders.trim());
  const who = (name: string) => (alone ? '' : `${name}: `);
  switch (event.kind) {
    case 'encoded':
      return bytes;
    case 'frame':
      if (ask.payload === 'raw' && alone) return bytes;
      return `${who(event.decoder)}${(event.reads ?? readPayload(ask.payload, bytes ?? nothing)).join('\n')}`;
    case 'skipped':
      return `${who(event.decoder)}${event.because}`;
    case 'received':
      return `${event.start}-${event.end}: ${event.end - event.start} bytes`;
    case 'verdict':
      // Alone and well, what the frames say is all a reader of text needs.
      return alone && !ask.every ? undefined : `${who(event.decoder)}${event.because}`;
    default:
      return undefined;
  }
}

const nothing = new Uint8Array(0);
