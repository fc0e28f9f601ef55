/** How a stream is cut into the pieces that recv() gives. */
export type ChunkPlan =
  | {readonly kind: 'network'}
  | {readonly kind: 'whole'}
  | {readonly kind: 'random'; readonly seed: number}
  /** The last size goes on to the end. */
  | {readonly kind: 'sizes'; readonly sizes: readonly number[]};

export const chunksHint =
  'network: as it was sent; whole; random or random:SEED; sizes such as 1 or 4,30,4 (the last goes on)';

/** Reads how to cut; a sentence when that cannot be meant. */
export function readChunks(typed: string): ChunkPlan | string {
  const text = typed.trim().toLowerCase();
  if (text === 'network' || text === 'whole') return {kind: text};
  const random = /^random(?::(\d{1,9}))?$/.exec(text);
  if (random !== null) return {kind: 'random', seed: Number(random[1] ?? 1)};
  const sizes = text.split(/[\s,]+/).map(Number);
  if (text !== '' && sizes.every(size => Number.isInteger(size) && size >= 1 && size <= 2 ** 30))
    return {kind: 'sizes', sizes};
  return `“${typed}” is no way to cut. Type network, whole, random:SEED, or sizes from 1 such as 4,30,4`;
}

/** Where each chunk of a stream ends. `sent` are the pieces it was sent in. */
export function edgesOf(plan: ChunkPlan, length: number, sent: readonly Uint8Array[]): number[] {
  const next = plan.kind === 'network' ? lengthsOf(sent) : sizesOf(plan);
  const edges: number[] = [];
  for (let at = 0; at < length; ) {
    at = Math.min(length, at + Math.max(1, next()));
    edges.push(at);
  }
  return edges;
}

/** The same cutting for a stream that never is in memory as a whole. */
export async function* recut(chunks: AsyncIterable<Uint8Array>, plan: ChunkPlan): AsyncGenerator<Uint8Array> {
  // One piece for all of it would have to be held: the decoders then get what comes, and the verdicts are the same.
  if (plan.kind === 'network' || plan.kind === 'whole') {
    yield* chunks;
    return;
  }
  const next = sizesOf(plan);
  let size = next();
  let held: Uint8Array[] = [];
  let have = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + size - have);
      at += piece.length;
      have += piece.length;
      held.push(piece);
      if (have < size) continue;
      yield held.length === 1 ? piece : joined(held, have);
      [held, have, size] = [[], 0, next()];
    }
  }
  if (have > 0) yield joined(held, have);
}

function sizesOf(plan: Exclude<ChunkPlan, {kind: 'network'}>): () => number {
  if (plan.kind === 'whole') return () => Number.MAX_SAFE_INTEGER;
  if (plan.kind === 'random') {
    const random = generator(plan.seed);
    return () => 1 + Math.floor(random() * 32);
  }
  let at = 0;
  return () => plan.sizes[Math.min(at++, plan.sizes.length - 1)]!;
}

function lengthsOf(sent: readonly Uint8Array[]): () => number {
  let at = 0;
  return () => sent[at++]?.length ?? Number.MAX_SAFE_INTEGER;
}

/** The same numbers for the same seed: a linear congruential generator, modulo 2^32. */
function generator(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
