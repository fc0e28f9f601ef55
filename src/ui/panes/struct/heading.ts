import type {StructState} from '../../../chapters/data/struct.ts';
import {counted} from '../../../wire/text/counted.ts';
import type {Line, PaneModel} from '../../view.ts';

export function hasAnswerBytes(state: StructState): boolean {
  return state.answer?.bytes !== undefined;
}

/** The size, and what the first character of the format chose. */
export function headingOf({state}: PaneModel<StructState>): Line {
  const {answer} = state;
  if (answer === undefined) return [['Type a format and values.', 'dim']];
  const {size, items, format, op, records, repacked} = answer;
  if (repacked !== undefined)
    return [
      ['pack() of these values gives other bytes: ', 'warn'],
      repacked.length > 64 ? `${repacked.slice(0, 64)}…` : repacked,
    ];
  const several = op === 'iter_unpack' ? `${records} × ` : '';
  return [
    [`${several}${counted(size, 'byte')}`, 'strong'],
    [`, ${counted(items, 'value')}  `, 'dim'],
    [/^[@=<>!]/.test(format) ? `${format[0]} ` : '', 'accent'],
    [orders[format[0] ?? ''] ?? orders['@']!, 'dim'],
  ];
}

const orders: Readonly<Record<string, string>> = {
  '@': 'native order (little-endian), native sizes, aligned',
  '=': 'native order (little-endian), standard sizes, not aligned',
  '<': 'little-endian, standard sizes, not aligned',
  '>': 'big-endian, standard sizes, not aligned',
  '!': 'network order (big-endian), standard sizes, not aligned',
};
