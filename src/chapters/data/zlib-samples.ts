import {concat} from '../../wire/bytes.ts';
import {Compressor} from '../../wire/zlib/compressor.ts';
import type {Format} from '../../wire/zlib/problem.ts';

export interface ZlibSample {
  readonly says: string;
  readonly plain: Uint8Array;
  /** The compressed bytes; absent: `plain`, compressed as the fields ask. */
  readonly compressed?: () => Uint8Array;
}

const utf8 = new TextEncoder();
const zen = utf8.encode(
  'Beautiful is better than ugly.\nExplicit is better than implicit.\nSimple is better than complex.\nComplex is better than complicated.\n',
);

/** The book's: two streams with a dot behind each, 28 bytes. */
const book = () =>
  concat([deflated(utf8.encode('Python')), utf8.encode('.'), deflated(utf8.encode('zlib')), utf8.encode('.')]);

export const zlibSamples = {
  book: {
    says: 'the book’s two zlib streams, a dot behind each, 28 bytes',
    plain: utf8.encode('Python.zlib'),
    compressed: book,
  },
  tiny: {says: 'one letter: it grows, for header and checksum take more than it saves', plain: utf8.encode('x')},
  lines: {says: 'four lines of text that repeat themselves', plain: zen},
  zeros: {says: '100 000 zero bytes: about a hundred bytes compressed', plain: new Uint8Array(100_000)},
  bomb: {says: '1 MiB of zeros; set the guard to 65536 and see it stop', plain: new Uint8Array(1024 * 1024)},
  noise: {says: '256 bytes that nothing can be saved on', plain: noise(256)},
  corrupt: {
    says: 'the same lines with one bit of the checksum flipped',
    plain: zen,
    compressed: () => deflated(zen).map((byte, at, all) => (at === all.length - 1 ? byte ^ 1 : byte)),
  },
  truncated: {
    says: 'the same lines without their last ten bytes',
    plain: zen,
    compressed: () => deflated(zen).slice(0, -10),
  },
  text: {says: 'text that was never compressed', plain: zen, compressed: () => zen},
} as const satisfies Record<string, ZlibSample>;

export type ZlibSampleName = keyof typeof zlibSamples;

export const zlibSampleNames = Object.keys(zlibSamples) as [ZlibSampleName, ...ZlibSampleName[]];

/** All of it at once. */
export function deflated(plain: Uint8Array, format: Format = 'zlib', level = -1): Uint8Array {
  const compressor = Compressor.open({format: format === 'auto' ? 'zlib' : format, level});
  if (!(compressor instanceof Compressor)) throw new Error(compressor.message);
  const pieces = [compressor.compress(plain), compressor.flush()];
  return concat(
    pieces.map(piece => {
      if (piece.kind !== 'output') throw new Error(piece.message);
      return piece.bytes;
    }),
  );
}

/** Bytes without any pattern, the same each time (a linear congruential generator). */
function noise(count: number): Uint8Array {
  let state = 4253;
  return Uint8Array.from({length: count}, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
