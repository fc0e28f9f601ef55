import {lowerPairs, toBytes, upperPairs} from './characters.ts';
import type {IncludeOptions, PlainOptions} from './options.ts';

/** The styles without addresses: `xxd -p` and `xxd -i`. Both are digits with something between them. */
export class DigitsDumper {
  #columns: number;
  #pairs: Uint16Array;
  #parts: Parts;
  #count = 0;

  constructor(options: PlainOptions | IncludeOptions) {
    this.#parts = options.style === 'plain' ? plainParts : includeParts(options);
    this.#columns = options.columns ?? this.#parts.columns;
    if (options.style === 'include' && this.#columns === 0) this.#columns = this.#parts.columns;
    this.#pairs = options.upper ? upperPairs : lowerPairs;
  }

  push(chunk: Uint8Array): Uint8Array {
    const {before, between, lineEnd, open} = this.#parts;
    const pairs = this.#pairs;
    const widest = before.length + 2 + Math.max(between.length, lineEnd.length);
    const out = new Uint8Array((this.#count === 0 ? open.length : 0) + chunk.length * widest);
    const columns = this.#columns;
    let at = this.#count === 0 && chunk.length > 0 ? put(out, 0, open) : 0;
    let column = columns === 0 ? this.#count : this.#count % columns;
    for (let k = 0; k < chunk.length; k++) {
      if (this.#count + k > 0) at = put(out, at, column === 0 ? lineEnd : between);
      at = put(out, at, before);
      const digits = pairs[chunk[k]!]!;
      out[at++] = digits & 0xff;
      out[at++] = digits >> 8;
      if (++column === columns) column = 0;
    }
    this.#count += chunk.length;
    return out.subarray(0, at);
  }

  end(): Uint8Array {
    const {openEmpty, close} = this.#parts;
    const onlyLine = this.#columns === 0 && this.#count === 0 ? '\n' : '';
    return toBytes((this.#count === 0 ? openEmpty : '') + onlyLine + close(this.#count));
  }
}

interface Parts {
  readonly columns: number;
  /** Before the first byte. */
  readonly open: Uint8Array;
  /** Instead of `open` when there is no byte at all. */
  readonly openEmpty: string;
  readonly before: Uint8Array;
  readonly between: Uint8Array;
  readonly lineEnd: Uint8Array;
  readonly close: (count: number) => string;
}

const plainParts: Parts = {
  columns: 30,
  open: toBytes(''),
  openEmpty: '',
  before: toBytes(''),
  between: toBytes(''),
  lineEnd: toBytes('\n'),
  close: count => (count > 0 ? '\n' : ''),
};

function includeParts({name, upper, capitals}: IncludeOptions): Parts {
  const identifier = name === undefined ? undefined : cIdentifier(name, capitals ?? false);
  const head = identifier === undefined ? '' : `unsigned char ${identifier}[] = {\n`;
  const length = `${identifier}_${capitals ? 'LEN' : 'len'}`;
  return {
    columns: 12,
    open: toBytes(head + '  '),
    openEmpty: head,
    before: toBytes(upper ? '0X' : '0x'),
    between: toBytes(', '),
    lineEnd: toBytes(',\n  '),
    close: count =>
      (count > 0 ? '\n' : '') + (identifier === undefined ? '' : `};\nunsigned int ${length} = ${count};\n`),
  };
}

function cIdentifier(name: string, capitals: boolean): string {
  const safe = (/^[0-9]/.test(name) ? '__' : '') + name.replaceAll(/[^0-9a-z]/gi, '_');
  return capitals ? safe.toUpperCase() : safe;
}

function put(out: Uint8Array, at: number, part: Uint8Array): number {
  for (let k = 0; k < part.length; k++) out[at + k] = part[k]!;
  return at + part.length;
}
