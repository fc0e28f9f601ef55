import {ProblemError} from '../../journal/problem.ts';
import {openFile} from '../../world/open-file.ts';
import type {Kit} from '../contract.ts';
import type {BulkAsk} from './bulk-fields.ts';
import {countLines, linesOf} from './bulk-lines.ts';

/** Lines to ask for, in groups as they are read. */
export interface NameSource {
  readonly says: string;
  readonly total?: number;
  readonly lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  close(): Promise<void>;
}

/** Bytes of a file that is read twice, so that there is something to measure progress by. */
const mostCounted = 64 * 1024 * 1024;

/** What the fields name. A file that cannot be read is thrown as a problem. */
export async function openNames({file, count}: BulkAsk, {input}: Pick<Kit, 'input'>): Promise<NameSource> {
  if (file === '') return ofLab(count);
  if (file === '-') {
    if (input !== undefined) return {says: 'standard input', lines: linesOf(input), close: async () => undefined};
    throw new ProblemError({
      code: 'bulk.input',
      says: 'Nothing is piped into standard input',
      next: 'Pipe names into the command, or name a file.',
    });
  }
  const opened = await openFile(file);
  if (!opened.ok) throw new ProblemError(opened.problem);
  const known = opened.file.size <= mostCounted ? {total: await countLines(opened.file.pieces())} : {};
  return {says: file, ...known, lines: linesOf(opened.file.pieces()), close: () => opened.file.close()};
}

/** The lab's zones are read only by who asks for them. */
async function ofLab(count: number): Promise<NameSource> {
  const {labLines} = await import('./bulk-lab.ts');
  return {says: 'names of the lab', total: count, lines: labLines(count), close: async () => undefined};
}
