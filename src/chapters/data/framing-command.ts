import {ProblemError} from '../../journal/problem.ts';
import {concat} from '../../wire/bytes.ts';
import type {FramingKit} from './framing-bench.ts';
import {longestStepped} from './framing-bench.ts';
import {type Choice, readChoices} from './framing-choice.ts';
import {edgesOf, readChunks, recut} from './framing-chunks.ts';
import type {VerdictFields} from './framing-events.ts';
import {decodeFast, fastFramer} from './framing-fast.ts';
import type {FramingAsk} from './framing-fields.ts';
import {SocketStream} from './framing-socket.ts';
import {openSource, type Source, wholeSource} from './framing-source.ts';
import {Track} from './framing-track.ts';

/** Decodes a stream of any length in the memory that one frame takes. Throws a problem when no decoder could read it. */
export async function decodeStream(ask: FramingAsk, kit: FramingKit): Promise<void> {
  const choices = choicesOf(ask);
  const source = await openSource(ask, kit);
  try {
    const only = choices.length === 1 && ask.brief && !ask.every ? fastFramer(choices[0]!) : undefined;
    const chunks = await chunksOf(ask, kit, source);
    const verdicts =
      only === undefined
        ? await decodeSlow(ask, choices, chunks, kit)
        : [await decodeFast(choices[0]!.name, only, chunks, kit)];
    for (const verdict of verdicts) kit.emit('verdict', verdict);
    if (verdicts.every(hasFailed)) throw new ProblemError(failureOf(verdicts));
  } finally {
    await source.close();
  }
}

export function choicesOf(ask: FramingAsk): readonly Choice[] {
  const read = readChoices(ask.decoders, ask.option);
  if (read.ok) return read.choices;
  const {field, says, next} = read;
  throw new ProblemError({code: `framing.${field}`, says, next});
}

async function decodeSlow(
  ask: FramingAsk,
  choices: readonly Choice[],
  chunks: AsyncIterable<Uint8Array>,
  kit: FramingKit,
): Promise<readonly VerdictFields[]> {
  const tracks = choices.map(
    choice =>
      new Track(
        choice,
        {form: ask.payload, brief: ask.brief},
        {
          frame: (fields, payload) => kit.emit('frame', fields, payload),
          skipped: fields => kit.emit('skipped', fields),
        },
      ),
  );
  let at = 0;
  for await (const chunk of chunks) {
    if (kit.signal.aborted) return [];
    at += chunk.length;
    if (ask.every) kit.emit('received', {start: at - chunk.length, end: at, edges: [at]});
    for (const track of tracks) {
      // Nobody looks for the next frame here, and what comes behind malformed bytes would only fill the memory.
      if (track.malformed) continue;
      track.push(chunk);
      if (ask.every) kit.emit('verdict', track.verdict());
    }
    if (tracks.every(track => track.malformed)) break;
    await kit.caughtUp();
  }
  return tracks.map(track => track.end());
}

/** The stream as the decoders get it: cut as asked for, or as recv() gave it. */
async function chunksOf(ask: FramingAsk, kit: FramingKit, source: Source): Promise<AsyncIterable<Uint8Array>> {
  const read = readChunks(ask.chunks);
  const plan = typeof read === 'string' ? ({kind: 'network'} as const) : read;
  if (ask.via === 'memory') return recut(owned(source), plan);
  const sent = await wholeSource(source, longestStepped);
  const stream = concat(sent);
  const edges = edgesOf(plan, stream.length, sent);
  return overSocket(
    edges.map((edge, at) => stream.subarray(edges[at - 1] ?? 0, edge)),
    ask,
    kit,
  );
}

async function* overSocket(
  pieces: readonly Uint8Array[],
  ask: FramingAsk,
  kit: FramingKit,
): AsyncGenerator<Uint8Array> {
  const socket = await SocketStream.open(kit.world, ask.recvSize);
  try {
    for await (const {bytes} of socket.transfer(pieces, ask.delay, kit.signal)) if (bytes.length > 0) yield bytes;
  } finally {
    await socket.close();
  }
}

/** Decoders keep what they are given, so memory that is filled again must be copied. */
async function* owned({pieces, reused}: Source): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield reused ? piece.slice() : piece;
}

export function hasFailed({state}: VerdictFields): boolean {
  return state === 'malformed' || state === 'incomplete';
}

function failureOf(verdicts: readonly VerdictFields[]) {
  const [{decoder, state, because, offset, next}] = verdicts as [VerdictFields, ...VerdictFields[]];
  const which = verdicts.length === 1 ? '' : 'No decoder could read it. ';
  const where = offset === undefined ? '' : ` at offset ${offset}`;
  const says = `${which}${decoder}, ${state}${where}: ${because.replace(/\.$/, '')}`;
  return {code: `framing.${state}`, says, next: next ?? 'Look for who cut the stream, or choose another framing.'};
}
