/** `hexdump -C`: sixteen columns, `|text|`, equal rows squeezed to `*`, and the end offset on a line of its own. */
export interface HexdumpOptions {
  readonly style: 'hexdump';
  /** Where the first byte is said to be. */
  readonly offset?: number;
  /** False prints every row, as `-v` does. */
  readonly squeeze?: boolean;
}

/** `xxd`, with the option letter of each in brackets. */
export interface XxdOptions {
  readonly style: 'xxd';
  readonly offset?: number;
  /** Bytes in a row, 1 to 256: 16, or 6 in bits [-c]. */
  readonly columns?: number;
  /** Bytes in a group: 2, or 1 in bits, or 4 little-endian; 0 makes a row one group [-g]. */
  readonly group?: number;
  readonly base?: 'hex' | 'bits';
  /** Each group read as a number of that many bytes, lowest byte first [-e]. */
  readonly littleEndian?: boolean;
  readonly upper?: boolean;
  readonly ebcdic?: boolean;
  readonly decimalOffset?: boolean;
  /** Three or more rows of NUL bytes become `*` [-a]. */
  readonly squeeze?: boolean;
}

/** `xxd -p`: digits and nothing else. */
export interface PlainOptions {
  readonly style: 'plain';
  /** Bytes in a line: 30; 0 makes one line of it all. */
  readonly columns?: number;
  readonly upper?: boolean;
}

/** `xxd -i`: a C array, wrapped in a definition when it has a name. */
export interface IncludeOptions {
  readonly style: 'include';
  readonly columns?: number;
  readonly upper?: boolean;
  /** Made a C identifier as `xxd` makes it from a file name. */
  readonly name?: string;
  readonly capitals?: boolean;
}

export type RowOptions = HexdumpOptions | XxdOptions;
export type DumpOptions = RowOptions | PlainOptions | IncludeOptions;

/** What is wrong with a choice of options, in a sentence, or undefined. */
export function dumpComplaint(options: DumpOptions): string | undefined {
  if ('offset' in options && !isCount(options.offset, Number.MAX_SAFE_INTEGER))
    return 'The offset must be a whole number from 0 up.';
  if (options.style === 'hexdump') return undefined;
  if (options.style !== 'xxd')
    return isCount(options.columns, 0x1_0000) ? undefined : 'The columns must be a whole number from 0 to 65536.';
  if (!isCount(options.columns, 256) || options.columns === 0)
    return 'The columns must be a whole number from 1 to 256.';
  if (!isCount(options.group, Number.MAX_SAFE_INTEGER))
    return 'The group must be a whole number of bytes, or 0 for none.';
  if (!options.littleEndian) return undefined;
  if (options.base === 'bits') return 'Little-endian groups are shown in hex only. Leave out one of the two.';
  const group = groupOf(options);
  return (group & (group - 1)) === 0
    ? undefined
    : 'A little-endian group must be 1, 2, 4, 8 or another power of two bytes.';
}

export function columnsOf(options: RowOptions): number {
  return options.style === 'hexdump' ? 16 : (options.columns ?? (options.base === 'bits' ? 6 : 16));
}

export function groupOf(options: XxdOptions): number {
  const usual = options.littleEndian ? 4 : options.base === 'bits' ? 1 : 2;
  const group = options.group ?? usual;
  const columns = columnsOf(options);
  return group < 1 || group > columns ? columns : group;
}

function isCount(value: number | undefined, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 0 && value <= most);
}
