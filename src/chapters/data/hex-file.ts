import {ProblemError} from '../../journal/problem.ts';
import {concat} from '../../wire/bytes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {type OpenFile, openFile} from '../../world/open-file.ts';
import type {Kit} from '../contract.ts';
import type {HexAsk} from './hex-shape.ts';

export interface OpenedHex {
  readonly of: 'file' | 'typed' | 'piped';
  readonly file: OpenFile;
}

/** What a pipe may give: it cannot be read where one likes, so all of it is kept. */
const longestPiped = 64 * 1024 * 1024;

/** Opens what the fields name. A file that cannot be read is thrown as a problem. */
export async function openHex(
  {file, bytes}: Pick<HexAsk, 'file' | 'bytes'>,
  kit: Pick<Kit, 'input'>,
): Promise<OpenedHex> {
  if (file === '-') return {of: 'piped', file: memoryFile('standard input', await allOf(kit.input))};
  if (file !== '') {
    const opened = await openFile(file);
    if (opened.ok) return {of: 'file', file: opened.file};
    throw new ProblemError(opened.problem);
  }
  const typed = parseHex(bytes);
  if (typed.kind === 'error')
    throw new ProblemError({code: 'hex.bytes', says: typed.sentence, mark: {text: bytes, at: typed.at}});
  if (typed.bytes.length > 0) return {of: 'typed', file: memoryFile('typed bytes', typed.bytes)};
  return {
    of: 'typed',
    file: memoryFile(
      'every byte there is',
      Uint8Array.from({length: 256}, (_, byte) => byte),
    ),
  };
}

function memoryFile(path: string, bytes: Uint8Array): OpenFile {
  return {
    path,
    size: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + length),
    async *pieces() {
      yield bytes;
    },
    close: async () => undefined,
  };
}

async function allOf(input: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  if (input === undefined)
    throw new ProblemError({
      code: 'hex.input',
      says: 'Nothing is piped into standard input',
      next: 'Name a file, or write bytes with --bytes.',
    });
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    length += piece.length;
    if (length > longestPiped)
      throw new ProblemError({
        code: 'hex.input',
        says: `Standard input has more than ${longestPiped} bytes, and a pipe cannot be read twice`,
        next: 'Write it to a file first: a file may be of any size.',
      });
    pieces.push(piece);
  }
  return concat(pieces);
}
