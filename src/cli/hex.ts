import {closeSync, createReadStream, openSync, readSync, statSync} from 'node:fs';
import type {AskOf} from '../chapters/fields.ts';
import {type DumpOptions, HexDumper} from '../wire/hex/dump.ts';
import {dumpComplaint} from '../wire/hex/options.ts';
import {exitCodes} from './general.ts';
import type {hexFields} from './hex-fields.ts';
import type {Io} from './io.ts';
import {Outlet} from './outlet.ts';
import {problemLines} from './print.ts';
import {refuse, unwritable} from './print-text.ts';
import {good, type Result, wrong} from './result.ts';

export type HexAsk = AskOf<typeof hexFields>;

/** Read at once from a file: large enough that the calls cost little, small enough that the text stays in the cache. */
const chunkLength = 64 * 1024;

/** `wirebook hex`: a filter. `given` names the fields that were on the command line. */
export async function runHex(
  file: string | undefined,
  ask: HexAsk,
  given: ReadonlySet<string>,
  io: Io,
): Promise<number> {
  const options = dumpOptions(file, {...ask, style: styleOf(ask)}, given);
  if (!options.ok) return refuse(options, io);
  const outlet = new Outlet(io.stdout);
  const dumper = new HexDumper(options.value, {reuse: true});
  try {
    const length = given.has('length') ? ask.length : Number.POSITIVE_INFINITY;
    for await (const chunk of source(file, io, ask.skip, length)) {
      outlet.write(dumper.push(chunk));
      // The next push overwrites this text, so it has to be gone by then.
      await outlet.drained();
      if (outlet.ended) break;
    }
  } catch (error) {
    await outlet.drained();
    const {code = 'unknown', message} = error as NodeJS.ErrnoException;
    const says = file === undefined ? `Standard input cannot be read: ${message}` : `${file} cannot be read`;
    io.stderr.write(problemLines({code: 'hex.input', says, errno: code, next: 'Name a file that can be read, or -.'}));
    return exitCodes.failed.code;
  }
  outlet.write(dumper.end());
  await outlet.drained();
  if (outlet.failure === undefined) return exitCodes.done.code;
  io.stderr.write(problemLines(unwritable(outlet.failure)));
  return exitCodes.failed.code;
}

/** `-p` and `-i` are xxd's letters for two of the styles. */
function styleOf({style, plain, include}: HexAsk): HexAsk['style'] {
  return plain ? 'plain' : include ? 'include' : style;
}

/** The bytes from `skip` on, at most `length` of them. */
function source(file: string | undefined, io: Io, skip: number, length: number): AsyncIterable<Uint8Array> {
  if (file === undefined) return cut(io.input(true)!, skip, length);
  if (statSync(file).isFile()) return cut(readFrom(file, skip), 0, length);
  return cut(createReadStream(file, {highWaterMark: chunkLength}), skip, length);
}

/** A file's bytes in one buffer that is filled again and again: a stream would take half as long again as the dump itself. */
async function* readFrom(file: string, start: number): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = new Uint8Array(chunkLength);
    for (let at = start; ; ) {
      const read = readSync(descriptor, buffer, 0, chunkLength, at);
      if (read === 0) return;
      at += read;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

async function* cut(chunks: AsyncIterable<Uint8Array>, skip: number, length: number): AsyncGenerator<Uint8Array> {
  if (length === 0) return;
  let before = skip;
  let left = length;
  for await (const chunk of chunks) {
    const part = chunk.subarray(before, before + left);
    before = Math.max(0, before - chunk.length);
    left -= part.length;
    if (part.length > 0) yield part;
    if (left === 0) return;
  }
}

function dumpOptions(file: string | undefined, ask: HexAsk, given: ReadonlySet<string>): Result<DumpOptions> {
  const allowed = allowedIn[ask.style];
  const stray = [...given].find(name => !['style', 'plain', 'include', 'skip', 'length', ...allowed].includes(name));
  if (stray !== undefined)
    return wrong(
      'usage.value',
      `--${stray} means nothing in style ${ask.style}`,
      `Leave it out, or choose another --style.`,
    );
  const chosen = Object.fromEntries(allowed.filter(name => given.has(name)).map(name => [name, ask[name]]));
  const options = {
    style: ask.style,
    ...(file !== undefined && ask.style === 'include' && {name: file}),
    ...chosen,
    ...(allowed.includes('offset') && {offset: ask.skip + ask.offset}),
    ...(ask.bits && {base: 'bits'}),
  } as DumpOptions;
  const complaint = dumpComplaint(options);
  return complaint === undefined ? good(options) : wrong('usage.value', complaint);
}

const allowedIn: Readonly<Record<HexAsk['style'], readonly (keyof HexAsk)[]>> = {
  xxd: ['offset', 'columns', 'group', 'bits', 'littleEndian', 'upper', 'ebcdic', 'decimalOffset', 'squeeze'],
  hexdump: ['offset', 'squeeze'],
  plain: ['columns', 'upper'],
  include: ['columns', 'upper', 'name', 'capitals'],
};
