/** The text column of both tools: printable ASCII as it is, `.` for the rest. */
export const ascii: Uint8Array = Uint8Array.from({length: 256}, (_, byte) =>
  byte >= 0x20 && byte <= 0x7e ? byte : 0x2e,
);

/** Rows of sixteen from 0x40 up, for the code page that `xxd -E` shows; below that nothing is printable. */
const ebcdicRows = [
  ' ...........<(+|',
  '&.........!$*);~',
  '-/.........,%_>?',
  '.........`:#@\'="',
  '.abcdefghi......',
  '.jklmnopqr^.....',
  '..stuvwxyz...[..',
  '.............]..',
  '{ABCDEFGHI......',
  '}JKLMNOPQR......',
  '\\.STUVWXYZ......',
  '0123456789......',
];

export const ebcdic: Uint8Array = toBytes('.'.repeat(0x40) + ebcdicRows.join(''));

/** The two hex digits of each byte as they lie in memory: the first in the low half. */
export const lowerPairs: Uint16Array = digitPairs('0123456789abcdef');
export const upperPairs: Uint16Array = digitPairs('0123456789ABCDEF');

export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

function digitPairs(digits: string): Uint16Array {
  const code = (digit: number) => digits.charCodeAt(digit);
  return Uint16Array.from({length: 256}, (_, byte) => code(byte >> 4) | (code(byte & 15) << 8));
}
