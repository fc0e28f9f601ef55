import type {Choice} from './framing-choice.ts';

/** The same receiver in C, for the framings of the book: its stream is standard input, a socket is read the same way. */
export function framingC({framing, options}: Choice): string | undefined {
  if (framing === 'until-eof') return program('', untilEof);
  const plain = Object.keys(options).every(name => ['width', 'order', 'maximum', 'repeat'].includes(name));
  const isBlocks = framing === 'blocks' && options['repeat'] !== true;
  if (!plain || !(isBlocks || (framing === 'length-prefix' && (options['width'] ?? 'u32') === 'u32'))) return undefined;
  const maximum = Number(options['maximum'] ?? 1_048_576);
  const little = options['order'] === 'little';
  return program(exactly, prefixed(maximum, little, isBlocks));
}

function program(functions: string, main: string): string {
  return `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

${functions}
int main(void) {
${main}    return 0;
}
`;
}

/** 1: all is there. 0: the stream ended before the first byte. Inside, it is an error. */
const exactly = `
static void print_hex(const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) printf("%02x", bytes[i]);
    printf("\\n");
}

/* read() may give less than was asked for, so it is called until all is here. */
static int receive_exactly(uint8_t *into, size_t count) {
    size_t have = 0;
    while (have < count) {
        ssize_t more = read(0, into + have, count - have);
        if (more < 0) { perror("read"); exit(1); }
        if (more == 0 && have == 0) return 0;
        if (more == 0) { fprintf(stderr, "the stream ended with %zu bytes still to come\\n", count - have); exit(1); }
        have += (size_t)more;
    }
    return 1;
}
`;

const untilEof = `    uint8_t buffer[4096];
    ssize_t more;
    while ((more = read(0, buffer, sizeof buffer)) > 0)
        for (ssize_t i = 0; i < more; i++) printf("%02x", buffer[i]);
    printf("\\n");
`;

function prefixed(maximum: number, little: boolean, untilEmpty: boolean): string {
  const bytes = [0, 1, 2, 3].map(at => `(uint32_t)header[${at}] << ${8 * (little ? at : 3 - at)}`).join(' | ');
  return `    uint8_t header[4];
    while (receive_exactly(header, sizeof header)) {
        uint32_t length = ${bytes};
        if (length > ${maximum}) { fprintf(stderr, "it asks for %u bytes\\n", length); return 1; }
        uint8_t *payload = malloc(length + 1);
        if (payload == NULL) return 1;
        if (length > 0 && !receive_exactly(payload, length)) { fprintf(stderr, "the stream ended inside a frame\\n"); return 1; }
        print_hex(payload, length);
        free(payload);
${untilEmpty ? '        if (length == 0) return 0;\n' : ''}    }
${untilEmpty ? '    fprintf(stderr, "the stream ended before the empty block\\n");\n    return 1;\n' : ''}`;
}
