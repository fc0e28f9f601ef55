import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import type {PickleAsk} from './pickle-shape.ts';

/** The same in Python, and as commands. C and Node have nothing of their own that writes or reads a pickle. */
export function pickleEquivalents(ask: PickleAsk): readonly Equivalent[] {
  return [
    {language: 'Python', code: python(ask)},
    {language: 'shell', code: shell(ask)},
  ];
}

function python(ask: PickleAsk): string {
  const {op, source, protocol} = ask;
  if (op === 'dumps')
    return `import pickle

data = pickle.dumps(${source.trim()}, protocol=${protocol})
print(data.hex())
`;
  const {imports, data} = reading(ask);
  const modules = [...imports, ...modulesOf[op]].sort().map(module => `import ${module}\n`);
  return `${modules.join('')}\ndata = ${data}\n${programs[op]}`;
}

const modulesOf = {dis: ['pickletools'], inspect: ['pickletools'], loads: ['io', 'pickle']} as const;

const programs = {
  dis: 'pickletools.dis(data)\n',
  inspect: `
# Python has no such report. This lists the opcodes that import or call something;
# what STACK_GLOBAL imports are the two texts before it.
suspects = {
    'GLOBAL', 'STACK_GLOBAL', 'INST', 'OBJ', 'NEWOBJ', 'NEWOBJ_EX', 'REDUCE', 'BUILD',
    'EXT1', 'EXT2', 'EXT4', 'PERSID', 'BINPERSID',
}
for opcode, argument, position in pickletools.genops(data):
    if opcode.name in suspects:
        print(f'{position:5}: {opcode.name} {argument or ""}')
`,
  loads: `

class PlainValues(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f'it would import {module}.{name}')


stream = io.BytesIO(data)
print(repr(PlainValues(stream).load()))
print(stream.tell(), 'bytes consumed,', len(data) - stream.tell(), 'left over')
`,
} as const;

/** A Python expression for the bytes. */
function reading({hex, source}: PickleAsk): {readonly imports: readonly string[]; readonly data: string} {
  const digits = (hex.trim() === '' ? source : hex).replace(/0x|[\s:,_-]/gi, '');
  const isHex = digits.length % 2 === 0 && /^[0-9a-f]+$/i.test(digits);
  if (isHex) return {imports: [], data: `bytes.fromhex('${digits.toLowerCase()}')`};
  if (source.trim() === '-') return {imports: ['sys'], data: 'sys.stdin.buffer.read()'};
  return {imports: ['pathlib'], data: `pathlib.Path(${pythonText(source.trim())}).read_bytes()`};
}

function pythonText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

function shell(ask: PickleAsk): string {
  const {op, source, protocol, hex} = ask;
  if (op === 'dumps') {
    const command = `wirebook data pickle dumps --protocol ${protocol} ${quoteShell(source)}`;
    return `${command} --text | xxd -p\n\n# and back:\n${command} --text | python3 -m pickletools\n`;
  }
  const given = hex.trim() === '' ? quoteShell(source) : `--hex ${quoteShell(hex)}`;
  const same =
    hex.trim() === ''
      ? `python3 -m pickletools ${quoteShell(source)}`
      : `echo ${quoteShell(hex)} | xxd -r -p | python3 -m pickletools -`;
  return `wirebook data pickle ${op} ${given}\n${op === 'dis' ? `\n# the same text:\n${same}\n` : ''}`;
}

/** A word for a POSIX shell. */
