import {choiceField, flagField, integerField, textField} from '../chapters/fields.ts';

const count = (label: string, hint: string, usual: number) =>
  integerField({label, hint, default: usual, from: 0, to: Number.MAX_SAFE_INTEGER});

const flag = (label: string, hint: string) => flagField({label, hint, default: false});

/** What `wirebook hex` may be given. Only what is given is used: what is usual differs from style to style, so the hints say it. */
export const hexFields = {
  style: choiceField({
    label: 'Style',
    options: ['xxd', 'hexdump', 'plain', 'include'],
    default: 'xxd',
    hint: 'xxd, hexdump (-C), plain (xxd -p) or include (a C array, xxd -i)',
  }),
  plain: flag('Plain', 'the same as --style plain'),
  include: flag('Include', 'the same as --style include'),
  skip: count('Skip', 'bytes to leave out at the start', 0),
  length: count('Length', 'bytes to dump; all unless given', 0),
  offset: count('Offset', 'added to the offsets that are shown', 0),
  columns: count('Columns', 'bytes in a row; usually 16', 16),
  group: count('Group', 'bytes in a group; usually 2', 2),
  bits: flag('Bits', 'binary digits instead of hexadecimal (xxd)'),
  littleEndian: flag('Little-endian', 'each group as a number, lowest byte first (xxd)'),
  upper: flag('Upper case', 'A to F instead of a to f'),
  ebcdic: flag('EBCDIC', 'the text column in EBCDIC (xxd)'),
  decimalOffset: flag('Decimal offset', 'offsets in decimal (xxd)'),
  squeeze: flag('Squeeze', 'equal rows become *; hexdump does so unless --no-squeeze'),
  name: textField({label: 'Name', default: '', hint: 'of the C array; the file’s name unless given'}),
  capitals: flag('Capitals', 'the name of the C array in capitals'),
} as const;

export const hexShort: Readonly<Record<string, string>> = {
  plain: 'p',
  include: 'i',
  skip: 's',
  length: 'l',
  offset: 'o',
  columns: 'c',
  group: 'g',
  bits: 'b',
  littleEndian: 'e',
  upper: 'u',
  ebcdic: 'E',
  decimalOffset: 'd',
  squeeze: 'a',
  name: 'n',
  capitals: 'C',
};
