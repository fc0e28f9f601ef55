import {visible} from '../../wire/text/visible.ts';
import {saveCopy} from '../../world/save-copy.ts';
import type {ActionReply, Kit} from '../contract.ts';
import type {OpenedHex} from './hex-file.ts';
import {findBackwards, findForwards} from './hex-search.ts';
import {type HexAsk, type hexEvents, pageLength, readPattern} from './hex-shape.ts';
import {mostEdits} from './hex-state.ts';

export type HexKit = Kit<typeof hexEvents, string, HexAsk>;

/** One file on a bench: read where somebody looks, searched, and changed on a copy that only saving writes. */
export class HexBench {
  readonly #kit: HexKit;
  readonly #opened: OpenedHex;
  readonly #edits = new Map<number, number>();
  /** Offsets in the order they were changed, and what was there before. */
  readonly #undo: {readonly offset: number; readonly before: number}[] = [];
  #wanted: {readonly bytes: Uint8Array; readonly says: string} | undefined;
  #place = 0;
  #searches = 0;
  #closed = false;

  constructor(kit: HexKit, opened: OpenedHex, offset: number) {
    this.#kit = kit;
    this.#opened = opened;
    const {file, of} = opened;
    kit.emit('opened', {name: file.path, of, size: file.size});
    this.#place = Math.min(offset, Math.max(0, file.size - 1));
  }

  /** Reads the first page, and goes to where the fields say. */
  async begin(): Promise<void> {
    await this.#read(this.#place);
    if (this.#place > 0) this.#kit.emit('at', {offset: this.#place});
  }

  /** Somebody stands at an offset and lacks the page that holds another: it is brought. A negative one is none. */
  async look(offset: number, page: number): Promise<ActionReply> {
    this.#place = Math.min(offset, Math.max(0, this.#opened.file.size - 1));
    if (page >= 0) await this.#read(page);
    return undefined;
  }

  go(to: string): ActionReply {
    const offset = readPlace(to, this.#place, this.#opened.file.size);
    if (typeof offset === 'string')
      return {code: 'hex.offset', says: offset, next: 'Type 4096, 0x1000, +16, -16 or 50%.'};
    this.#place = offset;
    this.#kit.emit('at', {offset});
    return undefined;
  }

  find(pattern: string, as: 'text' | 'hex'): Promise<ActionReply> | ActionReply {
    const bytes = readPattern(pattern, as);
    if (typeof bytes === 'string') return {code: 'hex.pattern', says: bytes};
    this.#wanted = {bytes, says: `“${visible(pattern)}”`};
    return this.#search(false, this.#place);
  }

  again(backwards: boolean): Promise<ActionReply> | ActionReply {
    if (this.#wanted === undefined)
      return {code: 'hex.pattern', says: 'Nothing has been searched for yet', next: 'Press s.'};
    return this.#search(backwards, backwards ? this.#place : this.#place + 1);
  }

  async set(offset: number, value: number): Promise<ActionReply> {
    const {file} = this.#opened;
    if (offset >= file.size)
      return {code: 'hex.offset', says: `There is no byte ${offset}`, next: `The last one is ${file.size - 1}.`};
    const [was] = await file.read(offset, 1);
    if (was === undefined || this.#closed)
      return {code: 'hex.gone', says: 'The file has become shorter', next: 'Open it again.'};
    const before = this.#edits.get(offset) ?? was;
    if (this.#edits.size >= mostEdits && !this.#edits.has(offset))
      return {
        code: 'hex.edits',
        says: `${mostEdits} bytes are changed, and no more can be`,
        next: 'Save the copy with w and open it.',
      };
    // Two digits make one change.
    if (this.#undo.at(-1)?.offset !== offset) this.#undo.push({offset, before});
    this.#change(offset, value, was);
    this.#place = offset;
    this.#kit.emit('edited', {offset, value, was});
    return undefined;
  }

  async undo(): Promise<ActionReply> {
    const last = this.#undo.pop();
    if (last === undefined) return {code: 'hex.undo', says: 'Nothing has been changed'};
    const [was = last.before] = await this.#opened.file.read(last.offset, 1);
    this.#change(last.offset, last.before, was);
    this.#kit.emit('edited', {offset: last.offset, value: last.before, was, undone: true});
    return undefined;
  }

  async save(path: string): Promise<ActionReply> {
    if (path.trim() === '')
      return {code: 'hex.save', says: 'The copy needs a name', next: 'Type the path of a new file.'};
    const saved = await saveCopy(this.#opened.file, path, this.#edits, this.#kit.signal);
    if (!saved.ok) return saved.problem;
    this.#kit.emit('saved', {path, written: saved.written, changed: this.#edits.size});
    return undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opened.file.close();
  }

  async #read(offset: number): Promise<void> {
    const start = offset - (offset % pageLength);
    const bytes = await this.#opened.file.read(start, pageLength);
    if (!this.#closed) this.#kit.emit('page', {offset: start}, bytes);
  }

  #change(offset: number, value: number, was: number): void {
    if (value === was) this.#edits.delete(offset);
    else this.#edits.set(offset, value);
  }

  async #search(backwards: boolean, from: number): Promise<ActionReply> {
    const {bytes: wanted, says: pattern} = this.#wanted!;
    const {file} = this.#opened;
    const id = ++this.#searches;
    const givenUp = () => this.#closed || this.#kit.signal.aborted || id !== this.#searches;
    const search = {file, wanted, edits: this.#edits, givenUp};
    this.#kit.emit('searching', {pattern, backwards});
    const ahead = await (backwards ? findBackwards(search, from) : findForwards(search, from));
    const offset =
      ahead ?? (await (backwards ? findBackwards(search, file.size, from) : findForwards(search, 0, from)));
    if (givenUp()) return undefined;
    if (offset === undefined) {
      this.#kit.emit('absent', {pattern});
      return undefined;
    }
    this.#place = offset;
    this.#kit.emit('found', {offset, size: wanted.length, wrapped: ahead === undefined});
    return undefined;
  }
}

/** `4096`, `0x1000`, `+16`, `-0x10` from here, `50%`; a sentence when it is none of them or lies outside. */
export function readPlace(typed: string, from: number, size: number): number | string {
  const match = /^([+-]?)(0x[0-9a-f]+|\d+)(%?)$/i.exec(typed.trim().replaceAll('_', ''));
  if (match === null) return `“${typed}” is no offset`;
  const [, sign, digits, percent] = match;
  const value = Number(digits);
  const offset =
    percent === '%' ? Math.floor((size * value) / 100) : sign === '' ? value : from + (sign === '-' ? -value : value);
  const last = Math.max(0, size - 1);
  if (percent === '%' && value <= 100) return Math.min(last, offset);
  return offset < 0 || offset > last ? `Offset ${offset} lies outside: there are ${size} bytes` : offset;
}
