import {LengthFramer} from '../../wire/framing/fast/lengths.ts';
import {LineFramer} from '../../wire/framing/fast/lines.ts';
import {framings} from '../../wire/framing/registry.ts';
import type {EndVerdict, Malformed} from '../../wire/framing/types.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import type {FramingKit} from './framing-bench.ts';
import type {Choice} from './framing-choice.ts';
import type {VerdictFields} from './framing-events.ts';

/** Frames at full speed: no fields, no reasons. */
interface FastFramer {
  /** Bytes of a frame that are not payload: before it, and behind it. */
  readonly ends: number;
  forEachFrame(
    chunk: Uint8Array,
    onFrame: (bytes: Uint8Array, start: number, end: number) => void,
  ): Malformed | undefined;
  atEnd(): EndVerdict;
  /** Bytes before a payload of this length. */
  before(length: number): number;
}

/** The fast decoder that says the same as this choice, if there is one. */
export function fastFramer({framing, options}: Choice): FastFramer | undefined {
  const names = Object.keys(options);
  if (framing === 'delimiter' && names.every(name => name === 'delimiter' || name === 'maximum')) {
    const typed = options['delimiter'] ?? '\\n';
    const delimiter = typed instanceof Uint8Array ? typed : bytesOf(String(typed));
    if (delimiter?.length !== 1) return undefined;
    const framer = new LineFramer({delimiter: delimiter[0]!, maximum: maximumOf(framing, options)});
    return wrap(framer, 1, () => 0);
  }
  if (framing !== 'length-prefix' || !names.every(name => ['width', 'order', 'maximum'].includes(name)))
    return undefined;
  const width = options['width'] ?? 'u32';
  const order = options['order'] === 'little' ? 'little' : 'big';
  if (!isFastWidth(width)) return undefined;
  const framer = new LengthFramer({width, order, maximum: maximumOf(framing, options)});
  return wrap(framer, 0, () => widths[width]);
}

/** Decodes with it: an event for each frame, and the verdict of the end. */
export async function decodeFast(
  decoder: string,
  framer: FastFramer,
  chunks: AsyncIterable<Uint8Array>,
  kit: FramingKit,
): Promise<VerdictFields> {
  let [number, next, at] = [0, 0, 0];
  const tell = (bytes: Uint8Array, from: number, to: number) => {
    const start = next;
    next = start + framer.before(to - from) + to - from + framer.ends;
    kit.emit('frame', {decoder, number: ++number, start, end: next, size: to - from}, bytes.subarray(from, to));
  };
  for await (const chunk of chunks) {
    at += chunk.length;
    const fault = framer.forEachFrame(chunk, tell);
    if (fault !== undefined || kit.signal.aborted) break;
    await kit.caughtUp();
  }
  const common = {decoder, at, frames: number};
  const end = framer.atEnd();
  if (end.kind === 'malformed') {
    const {start, at: offset, reason, next: advice} = end.error;
    return {...common, state: 'malformed', because: reason, start, offset, next: advice};
  }
  if (end.kind === 'complete') return {...common, state: 'complete', because: end.because};
  const {start, have, missing, because} = end;
  return {...common, state: 'incomplete', because, start, have, offset: at, ...(missing !== undefined && {missing})};
}

const widths = {u8: 1, u16: 2, u24: 3, u32: 4} as const;

// A varint need not be in its shortest form, so where a frame begins cannot be told from its payload alone.
function isFastWidth(width: unknown): width is keyof typeof widths {
  return typeof width === 'string' && Object.hasOwn(widths, width);
}

function wrap(framer: LineFramer | LengthFramer, ends: number, before: (length: number) => number): FastFramer {
  return {
    ends,
    before,
    forEachFrame: (chunk, onFrame) => framer.forEachFrame(chunk, onFrame),
    atEnd: () => framer.atEnd(),
  };
}

function maximumOf(framing: 'delimiter' | 'length-prefix', {maximum}: Choice['options']): number {
  return Number(maximum ?? framings[framing].options['maximum']?.default);
}

function bytesOf(typed: string): Uint8Array | undefined {
  const read = parseEscapes(typed);
  return read.kind === 'bytes' ? read.bytes : undefined;
}
