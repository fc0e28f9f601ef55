import type {LiteralError, Source} from './literal-source.ts';
import type {PyValue} from './value.ts';

const digits = String.raw`\d(?:_?\d)*`;
const exponent = `[eE][+-]?${digits}`;
const floatPattern = new RegExp(
  `(?:(?:${digits})?\\.${digits}|${digits}\\.)(?:${exponent})?|${digits}${exponent}`,
  'y',
);
const basedPattern = /0(?:[xX](?:_?[\da-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/y;
const decimalPattern = new RegExp(digits, 'y');
const wordPattern = /(?:infinity|inf|nan)(?![\w])/iy;

/** As CPython: converting longer ones takes time that grows with the square of the length. */
const longestDecimal = 4300;

/** An unsigned number where one stands (Python reference §2.6.5, and the words inf and nan), or undefined. */
export function readNumber(source: Source): PyValue | undefined {
  const start = source.at;
  const word = source.match(wordPattern);
  if (word !== undefined) return {t: 'float', v: word.toLowerCase() === 'nan' ? Number.NaN : Infinity};
  const float = source.match(floatPattern);
  if (float !== undefined) {
    endNumber(source);
    return {t: 'float', v: Number(float.replaceAll('_', ''))};
  }
  const text = source.match(basedPattern) ?? source.match(decimalPattern);
  if (text === undefined) return undefined;
  endNumber(source);
  if (/^0[\d_]*[1-9]/.test(text))
    throw source.fail('A decimal number cannot begin with 0.', 'Leave the zeros out, or write 0o for octal.', start);
  if (!/^0[xob]/i.test(text) && text.length > longestDecimal)
    throw source.fail(`A decimal number has at most ${longestDecimal} digits.`, 'Write it in hexadecimal.', start);
  return {t: 'int', v: BigInt(text.replaceAll('_', ''))};
}

function endNumber(source: Source): void {
  if (!/[\w.]/.test(source.peek())) return;
  throw complaint(source, source.peek());
}

function complaint(source: Source, character: string): LiteralError {
  if (/[jJ]/.test(character))
    return source.fail('Complex numbers are not read here.', 'Write the real and the imaginary part as two numbers.');
  if (character === '_')
    return source.fail('An underscore stands between two digits only.', 'Write 1_000, not 1__000 or 1000_.');
  return source.fail(
    `${JSON.stringify(character)} cannot follow a number.`,
    'Write 0x, 0o or 0b before digits of another base, and a comma or a space between two values.',
  );
}
