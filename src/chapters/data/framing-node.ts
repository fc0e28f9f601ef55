import {toHex} from '../../wire/text/hex.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import type {Choice} from './framing-choice.ts';

/** The same receiver for Node, as a module: it waits for chunks as they come and keeps what is not yet whole. */
export function framingNode({framing, options}: Choice): string | undefined {
  const frame = frames[framing]?.(options);
  if (framing === 'until-eof')
    return "const chunks = [];\nfor await (const chunk of process.stdin) chunks.push(chunk);\nconsole.log(Buffer.concat(chunks).toString('hex'));\n";
  return frame === undefined ? undefined : `${frame}${loop}`;
}

const loop = `
let data = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  data = Buffer.concat([data, chunk]);
  for (let frame = firstFrame(data); frame !== undefined; frame = firstFrame(data)) {
    console.log(frame.payload.toString('hex'));
    data = data.subarray(frame.end);
  }
}
if (data.length > 0) throw new Error(\`the stream ended inside a frame, after \${data.length} bytes of it\`);
`;

const head = '// The first whole frame, or undefined: then recv() must be called again.\nfunction firstFrame(data) {\n';

type Options = Choice['options'];

const frames: Readonly<Record<string, (options: Options) => string | undefined>> = {
  fixed: ({size = 4}) =>
    `${head}  const end = ${Number(size)};\n  return data.length < end ? undefined : {payload: data.subarray(0, end), end};\n}\n`,
  delimiter: ({delimiter = '\\n', escape: by, maximum = 65_536}) => {
    if (by !== undefined && by !== '') return undefined;
    const hex = hexOf(delimiter);
    return `const delimiter = Buffer.from('${hex}', 'hex');

${head}  const at = data.indexOf(delimiter);
  if (at > ${Number(maximum)} || (at === -1 && data.length > ${Number(maximum)})) throw new Error('a message without an end');
  return at === -1 ? undefined : {payload: data.subarray(0, at), end: at + delimiter.length};
}
`;
  },
  'length-prefix': options => {
    const size = {u8: 1, u16: 2, u24: 3, u32: 4}[String(options['width'] ?? 'u32')];
    if (size === undefined || !Object.keys(options).every(name => ['width', 'order', 'maximum'].includes(name)))
      return undefined;
    return prefixed(size, options['order'] === 'little' ? 'LE' : 'BE', Number(options['maximum'] ?? 1_048_576));
  },
  blocks: options =>
    options['repeat'] === true ? undefined : prefixed(4, 'BE', Number(options['maximum'] ?? 1_048_576)),
  netstring: () => `${head}  const colon = data.indexOf(':');
  if (colon === -1 && data.length > 10) throw new Error('no length of a netstring');
  if (colon === -1) return undefined;
  const digits = data.toString('latin1', 0, colon);
  if (!/^(0|[1-9][0-9]{0,8})$/.test(digits)) throw new Error('no length of a netstring');
  const end = colon + 1 + Number(digits) + 1;
  if (data.length < end) return undefined;
  if (data[end - 1] !== 0x2c) throw new Error('no comma behind the netstring');
  return {payload: data.subarray(colon + 1, end - 1), end};
}
`,
};

function prefixed(size: number, order: 'LE' | 'BE', maximum: number): string {
  return `${head}  if (data.length < ${size}) return undefined;
  const length = data.readUInt${order}(0, ${size});
  if (length > ${maximum}) throw new Error(\`it asks for \${length} bytes\`);
  const end = ${size} + length;
  return data.length < end ? undefined : {payload: data.subarray(${size}, end), end};
}
`;
}

function hexOf(typed: unknown): string {
  const read = typed instanceof Uint8Array ? ({kind: 'bytes', bytes: typed} as const) : parseEscapes(String(typed));
  return read.kind === 'bytes' ? toHex(read.bytes) : '';
}
