import {Readable, Writable} from 'node:stream';

/** What of Ink's writes is not a frame: cursor moves, erasing, modes. SGR (ends in `m`) belongs to the text. */
const leadingControls = /^(?:\x1b\[[0-9;?<>]*[A-LN-Za-ln-z])+/;

/**
 * The stdout Ink is given: it looks like a terminal of the real size, and hands every frame Ink draws, whole, to `onFrame`.
 * Everything else Ink writes (cursor, synchronised update, modes) is dropped: the Screen owns those.
 */
export class InkOutput extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #onFrame: (frame: string) => void;

  constructor(columns: number, rows: number, onFrame: (frame: string) => void) {
    super({decodeStrings: false});
    this.columns = columns;
    this.rows = rows;
    this.#onFrame = onFrame;
  }

  /** Tells Ink the new size; it lays out again and writes a frame, if that differs from the one before. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const frame = chunk.toString().replace(leadingControls, '');
    if (frame.trim() !== '') this.#onFrame(frame);
    done();
  }

  /** This stream in the type that Ink's `render` asks for. */
  asStdout(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }
}

/**
 * The stdin Ink is given: nothing comes through it but what is pushed with `type`, one sequence at a time (Ink takes what
 * arrives together as one key). Raw mode and keeping the process alive are the Screen's business.
 */
export class InkInput extends Readable {
  readonly isTTY = true;
  isRaw = false;

  constructor() {
    super({objectMode: true, read() {}});
  }

  /** Hands one key's sequence (`KeyEvent.raw`) or pasted text to the Ink widget that has the focus. */
  type(raw: string): void {
    this.push(raw);
  }

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** This stream in the type that Ink's `render` asks for. */
  asStdin(): NodeJS.ReadStream {
    return this as unknown as NodeJS.ReadStream;
  }
}
