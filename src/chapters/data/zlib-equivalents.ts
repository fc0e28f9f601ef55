import {reprBytes} from '../../wire/python/repr.ts';
import {toHex} from '../../wire/text/hex.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {formats} from '../../wire/zlib/problem.ts';
import type {Equivalent} from '../contract.ts';
import {deflated, zlibSamples} from './zlib-samples.ts';
import type {ZlibAsk} from './zlib-shape.ts';

/** The same loop elsewhere, with the same bytes where they are few. */
export function zlibEquivalents(ask: ZlibAsk): readonly Equivalent[] {
  const deflating = ask.op === 'deflate';
  return [
    {language: 'Python', code: deflating ? pythonDeflate(ask) : pythonInflate(ask)},
    {language: 'C', code: c(ask, deflating)},
    {language: 'Node', code: node(ask, deflating)},
    {language: 'shell', code: shell(ask)},
  ];
}

/** Bytes that fit into a program; more come from standard input. */
const mostWritten = 512;

function bytesFor(ask: ZlibAsk): Uint8Array | undefined {
  const {data, dataAs, sample, op, format, level} = ask;
  const plain = (bytes: Uint8Array) => (op === 'deflate' ? bytes : deflated(bytes, format, level));
  if (data === '-' || (data !== '' && dataAs === 'file')) return undefined;
  if (data !== '') {
    const read = dataAs === 'hex' ? parseHex(data) : parseEscapes(data);
    if (read.kind === 'error') return undefined;
    return few(dataAs === 'hex' ? read.bytes : plain(read.bytes));
  }
  const {plain: text, ...made} = zlibSamples[sample === 'auto' ? 'book' : sample];
  if (text.length > 2 * mostWritten) return undefined;
  return few('compressed' in made && op !== 'deflate' ? made.compressed() : plain(text));
}

function few(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length <= mostWritten ? bytes : undefined;
}

function pythonInflate(ask: ZlibAsk): string {
  const bytes = bytesFor(ask);
  const data = bytes === undefined ? 'sys.stdin.buffer.read()' : reprBytes(bytes);
  const wbits = ask.format === 'zlib' ? '' : String(formats[ask.format]);
  const limit = ask.maxLength === 0 ? '' : `, ${ask.maxLength}`;
  return `${bytes === undefined ? 'import sys\n' : ''}import zlib

data = ${data}
d = zlib.decompressobj(${wbits})
at = 0
while not d.eof:
    piece = d.unconsumed_tail
    if not piece:
        piece = data[at:at + ${ask.piece}]
        at += len(piece)
    if not piece:
        print(d.flush())
        break
    print(d.decompress(piece${limit}))
print(d.eof, d.unused_data + data[at:])
`;
}

function pythonDeflate(ask: ZlibAsk): string {
  const bytes = bytesFor(ask);
  const data = bytes === undefined ? 'sys.stdin.buffer.read()' : reprBytes(bytes);
  const wbits = ask.format === 'zlib' || ask.format === 'auto' ? '' : `, wbits=${formats[ask.format]}`;
  return `${bytes === undefined ? 'import sys\n' : ''}import zlib

data = ${data}
c = zlib.compressobj(${ask.level}${wbits})
packed = b''
for at in range(0, len(data), ${ask.piece}):
    packed += c.compress(data[at:at + ${ask.piece}])
packed += c.flush()
print(len(data), len(packed), packed.hex())
`;
}

function node(ask: ZlibAsk, deflating: boolean): string {
  const bytes = bytesFor(ask);
  const hex = bytes === undefined ? undefined : toHex(bytes);
  const data = hex === undefined ? 'readFileSync(0)' : `Buffer.from('${hex}', 'hex')`;
  const head = `${hex === undefined ? "import {readFileSync} from 'node:fs';\n" : ''}import zlib from 'node:zlib';\n\nconst data = ${data};\n`;
  const kind = {
    zlib: ['deflateSync', 'Inflate'],
    gzip: ['gzipSync', 'Gunzip'],
    raw: ['deflateRawSync', 'InflateRaw'],
    auto: ['deflateSync', 'Unzip'],
  }[ask.format];
  if (deflating)
    return `${head}const packed = zlib.${kind[0]}(data, {level: ${ask.level}});\nconsole.log(data.length, packed.length, packed.toString('hex'));\n`;
  return `${head}// inflateSync() says nothing of what follows the stream; bytesWritten tells where it ended.
const inflate = zlib.create${kind[1]}();
const chunks = [];
inflate.on('data', chunk => chunks.push(chunk));
inflate.on('end', () => {
  console.log(Buffer.concat(chunks).toString('hex'));
  console.log(data.subarray(inflate.bytesWritten).toString('hex'));
});
inflate.on('error', error => console.log(error.code, error.message));
inflate.end(data);
`;
}

function c(ask: ZlibAsk, deflating: boolean): string {
  const windowBits = formats[ask.format === 'auto' && deflating ? 'zlib' : ask.format];
  const [init, step, end] = deflating
    ? [`deflateInit2(&z, ${ask.level}, Z_DEFLATED, ${windowBits}, 8, Z_DEFAULT_STRATEGY)`, 'deflate', 'deflateEnd']
    : [`inflateInit2(&z, ${windowBits})`, 'inflate', 'inflateEnd'];
  return `/* cc zlib.c -lz && ./a.out < in > out */
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

int main(void) {
    unsigned char in[${ask.piece}], out[65536];
    z_stream z = {0};
    if (${init} != Z_OK) return 1;
    for (int code = Z_OK, last = 0; code != Z_STREAM_END;) {
        if (z.avail_in == 0 && !last) {
            ssize_t got = read(0, in, sizeof in);
            if (got < 0) return 1;
            last = got == 0;
            z.next_in = in;
            z.avail_in = (uInt)got;
        }
        z.next_out = out;
        z.avail_out = sizeof out;
        code = ${step}(&z, last ? Z_FINISH : Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
            fprintf(stderr, "error %d: %s\\n", code, z.msg ? z.msg : "");
            return 1;
        }
        if (write(1, out, sizeof out - z.avail_out) < 0) return 1;
        if (last && code == Z_BUF_ERROR) { fprintf(stderr, "incomplete or truncated stream\\n"); return 1; }
    }
    fprintf(stderr, "%u bytes of the last piece are unused\\n", z.avail_in);
    return ${end}(&z) == Z_OK ? 0 : 1;
}
`;
}

function shell(ask: ZlibAsk): string {
  const flag = ask.format === 'zlib' ? '' : ` --format ${ask.format}`;
  const level = ask.level === -1 ? '' : ` --level ${ask.level}`;
  const gzip =
    ask.format === 'gzip'
      ? '\n# gzip makes the same kind of stream, and reads it:\nprintf hello | gzip | gzip -d\n'
      : '';
  return `printf hello | wirebook data zlib deflate${flag}${level} > packed
wirebook data zlib inflate${flag} < packed
wirebook data zlib steps${flag} --piece ${ask.piece} < packed
${gzip}`;
}
