import type {StructState} from '../../../chapters/data/struct.ts';
import {type CodeKind, codes} from '../../../wire/struct/codes.ts';
import type {DecodedField} from '../../parts/fields-table.ts';
import type {Explanation, PaneModel} from '../../view.ts';
import {fieldsOf} from './fields.ts';

/** What a field of a struct is: its code, how its bytes become the value, and the traps of it. */
export function explainField(
  decoded: DecodedField | undefined,
  model: PaneModel<StructState>,
): Explanation | undefined {
  const shown = fieldsOf(model).find(one => one === decoded);
  if (shown === undefined) return undefined;
  const {field, start, end} = shown;
  const source = 'Python Library Reference, struct, “Format Characters”';
  if (field.padding === 'alignment')
    return {
      title: 'Padding',
      says:
        'In native mode every field begins at a multiple of its size, as a C compiler places it. pack writes zeros here ' +
        'and unpack does not look. Begin the format with = < > or ! to have none.',
      source: 'Python Library Reference, struct, “Byte Order, Size, and Alignment”',
    };
  const code = codes.get(field.code);
  if (code === undefined) return undefined;
  const where = end === start ? 'It has no bytes.' : `Bytes ${start} to ${end - 1}.`;
  return {
    title: `${field.code}: ${code.type}`,
    says: `${kinds[code.kind]} ${traps[field.code] ?? ''} ${where}`,
    source,
  };
}

const kinds: Readonly<Record<CodeKind, string>> = {
  pad: 'A byte that is skipped: pack writes a zero and takes no value for it.',
  char: 'One byte, as a bytes object of length 1. A text such as "a" is refused.',
  signed: 'A signed integer in two’s complement: the highest bit counts negative.',
  unsigned: 'An unsigned integer.',
  pointer: 'An address, unsigned when read; exists in native mode only.',
  bool: 'One byte. pack takes the truth of any value; unpack takes every byte but 0 for True.',
  float:
    'An IEEE 754 number: sign, exponent and fraction. What does not fit exactly is rounded to the nearest, ties to even.',
  bytes: 'As many bytes as the count says, one value: longer ones are cut, shorter ones filled with zeros.',
  pascal: 'A Pascal string: the first byte says how many follow, at most 255; the count is the room for all of it.',
};

const traps: Readonly<Record<string, string>> = {
  l: 'A trap: 8 bytes in native mode here, 4 in every other mode.',
  L: 'A trap: 8 bytes in native mode here, 4 in every other mode.',
  f: 'Too large a number is an OverflowError, in native mode an infinity.',
  q: 'JavaScript’s numbers end at 2^53; Wirebook keeps all 64 bits.',
  Q: 'JavaScript’s numbers end at 2^53; Wirebook keeps all 64 bits.',
  n: 'Native mode only.',
  N: 'Native mode only.',
};
