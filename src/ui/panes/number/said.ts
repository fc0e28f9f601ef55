import type {NumberState} from '../../../chapters/data/number.ts';
import {textPart} from '../../parts/text.ts';
import type {Line, PaneModel} from '../../view.ts';

/** The number in every base, as Python's functions print it; of a float its exact value. */
export const saidPart = textPart<NumberState>('said', 'In every base', saidLines);

export function saidLines({state: {number}}: PaneModel<NumberState>): readonly Line[] {
  if (number === undefined) return [];
  const {type, value, hex, oct, bin, bitLength, readings, floats} = number;
  if (type === 'bytes')
    return readings.map(({order, unsigned, signed, float}) => [
      [`${order}-endian `.padEnd(15), 'dim'],
      [unsigned, 'strong'],
      [signed === unsigned ? '' : `  signed ${signed}`, 'plain'],
      [float === undefined ? '' : `  float ${float}`, 'dim'],
    ]);
  if (type === 'float') {
    const exact = floats.find(({format}) => format === 'double')?.exact;
    const rows = [row('value', value), row('float.hex()', hex ?? '')];
    return exact === undefined ? rows : [...rows, row('exactly', exact)];
  }
  return [
    row('decimal', value),
    row('hex()', hex ?? ''),
    row('oct()', oct ?? ''),
    row('bin()', bin ?? ''),
    [['bit_length() '.padEnd(14), 'dim'], `${bitLength}`],
  ];
}

const row = (name: string, text: string): Line => [
  [name.padEnd(14), 'dim'],
  [text, 'strong'],
];
