import {problemOf} from '../../journal/problem.ts';
import {type ActionReply, define} from '../contract.ts';
import {integerField} from '../fields.ts';
import {longestInflated, openZlib, ZlibBench} from './zlib-bench.ts';
import {deflateAll, inflateAll, type ZlibKit} from './zlib-command.ts';
import {zlibEquivalents} from './zlib-equivalents.ts';
import {type ZlibAsk, type ZlibEvent, zlibEvents, zlibFields} from './zlib-shape.ts';
import {zlibPieces} from './zlib-source.ts';
import {lastStep, reduceZlib, startZlib, type ZlibState} from './zlib-state.ts';

const goesOn = (state: ZlibState) => {
  const last = lastStep(state);
  if (last?.eof === true)
    return state.mode === 'inflate'
      ? 'The stream has ended by itself: o starts on what comes behind it'
      : 'flush() ended it';
  return last?.error === undefined && last?.stopped === undefined ? true : 'It has stopped: p takes the call back';
};

export const zlibExperiment = define({
  id: 'data.zlib',
  title: 'zlib',
  teaches:
    'A zlib stream says itself where it ends: decompress in pieces and see what is output, left over, or still to come.',
  opens: 'at once',
  positionals: ['op'],
  fields: zlibFields,
  events: zlibEvents,
  actions: {
    next: {key: 'n', title: 'Next piece', hint: 9, possible: goesOn},
    back: {
      key: 'p',
      title: 'Take the call back',
      hint: 7,
      possible: ({steps}: ZlibState) => steps.length > 0 || 'No call has been made yet',
    },
    all: {key: 'a', title: 'All pieces', hint: 8, possible: goesOn},
    flush: {key: 'F', title: 'flush(): that is all', hint: 5, possible: goesOn},
    object: {
      key: 'o',
      title: 'New object from here',
      hint: 6,
      fields: {offset: integerField({label: 'From offset', default: 0, from: 0, to: longestInflated})},
      possible: ({mode}: ZlibState) => mode === 'inflate' || 'A compressobj begins at the first byte',
    },
  },
  async run(ask, kit) {
    if (kit.headless && ask.op !== 'steps') await filter(ask, kit);
    else await stepThrough(ask, kit);
  },
  start: (): ZlibState => startZlib,
  reduce: reduceZlib,
  line: zlibLine,
  equivalents: zlibEquivalents,
});

async function filter(ask: ZlibAsk, kit: ZlibKit): Promise<void> {
  const source = await zlibPieces(ask, kit);
  try {
    await (ask.op === 'deflate' ? deflateAll : inflateAll)(ask, kit, source.pieces);
  } finally {
    await source.close();
  }
}

async function stepThrough(first: ZlibAsk, kit: ZlibKit): Promise<void> {
  let bench: ZlibBench | undefined;
  let wanted = first;
  const open = async (ask: ZlibAsk) => {
    wanted = ask;
    try {
      const opened = await openZlib(ask, kit);
      // While a file was read, something else may have been typed.
      if (wanted === ask && !kit.signal.aborted) bench = new ZlibBench(kit, ask, opened);
    } catch (error) {
      if (kit.headless) throw error;
      const {says, next} = problemOf(error);
      kit.emit('refused', {says, ...(next !== undefined && {next})});
    }
  };
  const on = (work: (bench: ZlibBench) => ActionReply) => () =>
    bench === undefined ? {code: 'zlib.none', says: 'There are no bytes yet'} : work(bench);
  await open(first);
  if (kit.headless) {
    await bench?.everything();
    return;
  }
  kit.whenAsked(ask => void open(ask));
  kit.handle({
    next: on(one => one.next()),
    back: on(one => one.back()),
    all: on(one => one.all()),
    flush: on(one => one.flush()),
    object: ({offset}: {offset: number}) => on(one => one.object(offset))(),
  });
  await kit.stopped();
}

function zlibLine(event: ZlibEvent, bytes: Uint8Array | undefined) {
  switch (event.kind) {
    case 'object':
      return event.call;
    case 'step': {
      const extra = [
        event.unusedSize > 0 ? `d.unused_data == ${event.unused}` : '',
        event.tailSize > 0 ? `d.unconsumed_tail == ${event.tail}` : '',
        event.eof && event.call.startsWith('d.') ? 'd.eof == True' : '',
      ].filter(one => one !== '');
      const made = event.error ?? event.stopped ?? event.gives;
      return [`${event.call}  →  ${made}`, ...extra.map(one => `    ${one}`)].join('\n');
    }
    case 'ended':
      return `the stream ended by itself at ${event.at}`;
    case 'output':
      return bytes;
    case 'total':
      return event.left === 0
        ? undefined
        : {
            aside: `${event.left} bytes behind the end of the compressed stream, at ${event.consumed}, were left alone.`,
          };
    default:
      return undefined;
  }
}
