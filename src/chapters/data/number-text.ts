import type {NumberFields} from './number-shape.ts';

type Row = readonly [name: string, text: string | undefined];

/** What a command prints: one fact a line, its name first. */
export function numberText(number: NumberFields): string {
  const {type, value, hex, oct, bin, bitLength, words, floats, readings} = number;
  const rows: Row[] = [
    [type === 'bytes' ? 'bytes' : 'value', value],
    ['hex', hex],
    ['oct', oct],
    ['bin', bin],
    ['bits', bitLength?.toString()],
    ...words.map(wordRow),
    ...readings.map(readingRow),
    ...floats.flatMap(floatRows),
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(8)}${text}`.trimEnd()])).join('\n');
}

export const spaced = (hex: string) => hex.replace(/..(?=.)/g, '$& ');

function wordRow({width, signed, unsigned, codes, big, little, fits, says}: NumberFields['words'][number]): Row {
  const name = `${String(width).padStart(2)} bits`;
  if (fits === 'no') return [name, says];
  const both = `big ${spaced(big)}  little ${spaced(little)}`;
  return [name, `signed ${signed}  unsigned ${unsigned}  ${both}  struct ${codes}`];
}

function readingRow({order, unsigned, signed, float}: NumberFields['readings'][number]): Row {
  return [order, `unsigned ${unsigned}  signed ${signed}${float === undefined ? '' : `  float ${float}`}`];
}

function floatRows({format, big, spans = [], exact, says}: NumberFields['floats'][number]): Row[] {
  if (big === undefined) return [[format, says]];
  const bits = spans.map(({name, bits: digits}) => `${name} ${digits}`).join('  ');
  const digits = exact === undefined || says.includes(exact) ? '' : ` ${exact}`;
  return [
    [format, `${spaced(big)}  ${bits}`],
    ['', says + digits],
  ];
}
