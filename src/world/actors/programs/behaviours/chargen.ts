import {type Behaviour, plain} from './behaviour.ts';

const first = 32;
const printable = 95;
const width = 72;
const linesAtOnce = 64;

/** RFC 864, data syntax: lines of 72 printable characters, each line starting one character further. */
export function chargen(): Behaviour {
  let line = 0;
  const next = (): Uint8Array => {
    const bytes = new Uint8Array(linesAtOnce * (width + 2));
    for (let row = 0; row < linesAtOnce; row++, line = (line + 1) % printable)
      writeLine(bytes, row * (width + 2), line);
    return bytes;
  };
  return {...plain, open: () => ({out: [next()]}), room: () => [next()]};
}

function writeLine(bytes: Uint8Array, at: number, shift: number): void {
  for (let column = 0; column < width; column++) bytes[at + column] = first + ((shift + column) % printable);
  bytes.set([13, 10], at + width);
}
