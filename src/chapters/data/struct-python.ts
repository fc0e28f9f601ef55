import {readLiterals} from '../../wire/python/literal.ts';
import {repr, reprStr} from '../../wire/python/repr.ts';
import type {PyValue} from '../../wire/python/value.ts';
import type {StructAsk} from './struct-shape.ts';
import {hexOf} from './struct-slots.ts';

/** The Python program that prints what the pane shows, its errors included. */
export function structPython(ask: StructAsk): string {
  const format = reprStr(ask.format);
  if (ask.op === 'calcsize') return `import struct\n\nprint(struct.calcsize(${format}))\n`;
  if (ask.op === 'pack') {
    const list = [format, ...argumentsOf(ask.values)].join(', ');
    return `import struct\n\ndata = struct.pack(${list})\nprint(data.hex())\n`;
  }
  const hex = hexOf(ask);
  const head = hex === undefined ? 'import struct\nimport sys\n' : 'import struct\n';
  const data = hex === undefined ? 'sys.stdin.buffer.read()' : `bytes.fromhex(${reprStr(hex)})`;
  const read = {
    unpack: `print(struct.unpack(${format}, data))\n`,
    unpack_from: `print(struct.unpack_from(${format}, data, ${ask.offset}))\n`,
    iter_unpack: `for record in struct.iter_unpack(${format}, data):\n    print(record)\n`,
  }[ask.op];
  return `${head}\ndata = ${data}\n${read}`;
}

/** The values as expressions. What cannot be read stays as it was typed: Python will say what it thinks of it. */
function argumentsOf(text: string): readonly string[] {
  const read = readLiterals(text);
  return read.ok ? read.value.map(expression) : [text];
}

/** `repr` writes inf and nan as names that Python does not have. */
function expression(value: PyValue): string {
  if (value.t === 'float' && !Number.isFinite(value.v)) return `float('${repr(value)}')`;
  return repr(value);
}
