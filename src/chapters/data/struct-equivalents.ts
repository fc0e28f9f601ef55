import type {Equivalent} from '../contract.ts';

interface Ask {
  readonly op: 'pack' | 'unpack' | 'calcsize';
  readonly format: string;
  readonly values: string;
}

/** The same in Python (run it: it prints what the pane shows) and as a command. */
export function structEquivalents({op, format, values}: Ask): readonly Equivalent[] {
  const quoted = `'${format.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const call = {
    pack: `struct.pack(${[quoted, values].filter(Boolean).join(', ')})`,
    unpack: `struct.unpack(${quoted}, bytes.fromhex('${values}'))`,
    calcsize: `struct.calcsize(${quoted})`,
  }[op];
  const shown = op === 'pack' ? `${call}.hex()` : call;
  return [
    {language: 'Python', code: `import struct\n\nprint(${shown})`},
    {language: 'shell', code: `python3 -c "import struct; print(${shown.replaceAll('"', '\\"')})"`},
  ];
}
