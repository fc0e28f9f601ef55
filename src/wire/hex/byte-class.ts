/** What kind of byte it is, for a colour and a word. The order is that of a legend. */
export const byteClasses = [
  {id: 'null', title: 'NUL', means: 'zero: padding, the end of a C string, or the high half of a small number'},
  {id: 'printable', title: 'printable', means: 'an ASCII character, 0x21 to 0x7e'},
  {id: 'space', title: 'white space', means: 'tab, line feed, vertical tab, form feed, carriage return or space'},
  {id: 'control', title: 'control', means: 'any other byte below 0x20, and 0x7f'},
  {id: 'high', title: 'above ASCII', means: '0x80 and up: UTF-8, or not text at all'},
] as const;

export type ByteClass = (typeof byteClasses)[number]['id'];

export function byteClass(byte: number): ByteClass {
  return table[byte & 0xff]!;
}

const table: readonly ByteClass[] = Array.from({length: 256}, (_, byte): ByteClass => {
  if (byte === 0) return 'null';
  if (byte >= 0x80) return 'high';
  if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) return 'space';
  return byte < 0x20 || byte === 0x7f ? 'control' : 'printable';
});
