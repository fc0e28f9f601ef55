import {reprBytes} from '../../wire/python/repr.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import type {Choice} from './framing-choice.ts';

/** A receiver in Python that prints each payload in hex; its stream is standard input. */
export function framingPython({framing, options}: Choice): string | undefined {
  const body = bodies[framing]?.(options);
  return body === undefined ? undefined : `${body.imports}\n${body.exact ? exactly : ''}${body.code}`;
}

interface Body {
  readonly imports: string;
  /** Whether it needs `receive_exactly`. */
  readonly exact: boolean;
  readonly code: string;
}

/** The book's recvall(): recv() may give less than was asked for. */
const exactly = `
def receive_exactly(count):
    data = b''
    while len(data) < count:
        more = stream.read(count - len(data))
        if not more:
            raise EOFError(f'the stream ended with {count - len(data)} bytes still to come')
        data += more
    return data

`;

const start = "stream = sys.stdin.buffer  # sock.makefile('rb') is the same for a socket\n";

type Options = Choice['options'];

const bodies: Readonly<Record<string, (options: Options) => Body | undefined>> = {
  'until-eof': () => body('import sys', false, `\n${start}print(stream.read().hex())\n`),
  fixed: ({size = 4}) =>
    body('import sys', true, `${start}while stream.peek(1):\n    print(receive_exactly(${Number(size)}).hex())\n`),
  delimiter: options => {
    const escaped = options['escape'];
    if (escaped !== undefined && escaped !== '') return undefined;
    const delimiter = reprBytes(bytesOf(options['delimiter'] ?? '\\n'));
    const code = `
${start}data = b''
while more := stream.read1(4096):
    *whole, data = (data + more).split(${delimiter})
    if len(data) > ${Number(options['maximum'] ?? 65_536)}:
        raise ValueError('a message without an end')
    for message in whole:
        print(message.hex())
if data:
    raise EOFError(f'the stream ended inside a message: {data!r}')
`;
    return body('import sys', false, code);
  },
  'length-prefix': options => {
    const plain = ['width', 'order', 'maximum'];
    const width = {u8: 'B', u16: 'H', u32: 'I', u64: 'Q'}[String(options['width'] ?? 'u32')];
    if (width === undefined || !Object.keys(options).every(name => plain.includes(name))) return undefined;
    const format = `${options['order'] === 'little' ? '<' : '>'}${width}`;
    const code = `header = struct.Struct('${format}')
${start}while stream.peek(1):
    (length,) = header.unpack(receive_exactly(header.size))
    if length > ${Number(options['maximum'] ?? 1_048_576)}:
        raise ValueError(f'it asks for {length} bytes')
    print(receive_exactly(length).hex())
`;
    return body('import struct\nimport sys', true, code);
  },
  blocks: options => {
    if (options['repeat'] === true) return undefined;
    const code = `header = struct.Struct('!I')
${start}while True:
    (length,) = header.unpack(receive_exactly(header.size))
    if length > ${Number(options['maximum'] ?? 1_048_576)}:
        raise ValueError(f'it asks for {length} bytes')
    block = receive_exactly(length)
    print(block.hex())
    if not block:
        break
`;
    return body('import struct\nimport sys', true, code);
  },
  netstring: () => {
    const code = `${start}while stream.peek(1):
    digits = b''
    while (byte := receive_exactly(1)) != b':':
        if not byte.isdigit() or len(digits) > 9:
            raise ValueError('no length of a netstring')
        digits += byte
    payload = receive_exactly(int(digits))
    if receive_exactly(1) != b',':
        raise ValueError('no comma behind the netstring')
    print(payload.hex())
`;
    return body('import sys', true, code);
  },
  'json-lines': () =>
    body(
      'import json\nimport sys',
      false,
      `\nfor line in sys.stdin.buffer:\n    json.loads(line)\n    print(line.rstrip(b'\\r\\n').hex())\n`,
    ),
  zlib: ({format = 'zlib', repeat}) => {
    const wbits = {zlib: 15, gzip: 31, raw: -15}[String(format)];
    if (wbits === undefined) return undefined;
    const code = `
data = sys.stdin.buffer.read()
while data:
    decompressor = zlib.decompressobj(${wbits})
    print(decompressor.decompress(data).hex())
    if not decompressor.eof:
        raise EOFError('the stream ended inside the compressed data')
    data = decompressor.unused_data${repeat === true ? '' : '  # what follows is not ours\n    break'}
`;
    return body('import sys\nimport zlib', false, code);
  },
  pickle: ({repeat}) => {
    const code = `
# Loading runs what a pickle says: never do it with bytes from somebody else. This only finds where each ends.
data = sys.stdin.buffer.read()
stream = io.BytesIO(data)
while stream.tell() < len(data):
    start = stream.tell()
    for opcode in pickletools.genops(stream):
        pass
    print(data[start:stream.tell()].hex())${repeat === true ? '' : '\n    break  # what follows is not ours'}
`;
    return body('import io\nimport pickletools\nimport sys', false, code);
  },
};

function body(imports: string, exact: boolean, code: string): Body {
  return {imports: `${imports}\n`.trimEnd(), exact, code};
}

function bytesOf(typed: unknown): Uint8Array {
  if (typed instanceof Uint8Array) return typed;
  const read = parseEscapes(String(typed));
  return read.kind === 'bytes' ? read.bytes : new Uint8Array(0);
}
