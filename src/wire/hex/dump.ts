import {DigitsDumper} from './digits-dumper.ts';
import {type DumpOptions, dumpComplaint} from './options.ts';
import {RowDumper} from './row-dumper.ts';

export type {DumpOptions} from './options.ts';

/**
 * A hex dump that is made while the bytes arrive: the ASCII text of what `hexdump -C` or `xxd` would print, byte for byte,
 * however the input is cut. Memory is one row, whatever the length of the input. With `reuse` the result of a call is
 * overwritten by the next one, which is faster where each is written out before.
 * @throws RangeError for options that `dumpComplaint` complains of
 */
export class HexDumper {
  #dumper: RowDumper | DigitsDumper;

  constructor(options: DumpOptions, {reuse = false}: {readonly reuse?: boolean} = {}) {
    const complaint = dumpComplaint(options);
    if (complaint !== undefined) throw new RangeError(complaint);
    const inRows = options.style === 'hexdump' || options.style === 'xxd';
    this.#dumper = inRows ? new RowDumper(options, reuse) : new DigitsDumper(options);
  }

  /** Text for the rows that this chunk completes. The chunk is not kept. */
  push(chunk: Uint8Array): Uint8Array {
    return this.#dumper.push(chunk);
  }

  /** Text for what was left, and what ends the dump. */
  end(): Uint8Array {
    return this.#dumper.end();
  }
}

/** The whole dump of a few bytes, as text. */
export function dump(bytes: Uint8Array, options: DumpOptions = {style: 'hexdump'}): string {
  const dumper = new HexDumper(options);
  const decoder = new TextDecoder();
  return decoder.decode(dumper.push(bytes)) + decoder.decode(dumper.end());
}
