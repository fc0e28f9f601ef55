import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dump, HexDumper} from '../../../src/wire/hex/dump.ts';
import type {DumpOptions} from '../../../src/wire/hex/options.ts';
import {type Content, commands, sample} from './samples.ts';

interface Vector {
  readonly command: string[];
  readonly content: Content;
  readonly size: number;
  readonly output: string;
}

const vectors: Vector[] = JSON.parse(readFileSync(new URL('../../vectors/hex.json', import.meta.url), 'utf8')).vectors;

const optionsOf = (command: readonly string[]): DumpOptions => {
  const found = commands.find(known => known.command.join(' ') === command.join(' '));
  if (found === undefined) throw new Error(`no options for ${command.join(' ')}`);
  return found.options;
};

describe('as the tools printed it', () => {
  test.each(commands.map(({command}) => [command.join(' ')]))('%s', name => {
    const own = vectors.filter(({command}) => command.join(' ') === name);
    expect(own.length).toBeGreaterThan(5);
    for (const {command, content, size, output} of own)
      expect(dump(sample(content, size), optionsOf(command)), `${content}, ${size} bytes`).toBe(output);
  });
});

for (const tool of ['xxd', 'hexdump']) {
  const absent = spawnSync(tool, ['-v'], {input: ''}).error !== undefined;
  if (absent) console.warn(`dump: ${tool} is not installed, so it is compared with what it printed elsewhere only`);
  test.skipIf(absent)(`as ${tool} prints it here`, () => {
    for (const {command, options} of commands.filter(one => one.command[0] === tool)) {
      for (const [content, size] of [
        ['every byte', 1000],
        ['nul rows among others', 523],
        ['text', 96],
      ] as const) {
        const input = sample(content, size);
        const {stdout} = spawnSync(tool, command.slice(1), {input, encoding: 'latin1'});
        expect(dump(input, options), `${command.join(' ')} of ${content}`).toBe(stdout);
      }
    }
  });
}

describe('made while bytes arrive', () => {
  const everyCommand = fc.constantFrom(...commands.map(({options}) => options));
  const nulHeavy = fc.array(fc.oneof({weight: 6, arbitrary: fc.constant(0)}, {weight: 1, arbitrary: fc.nat(255)}), {
    maxLength: 200,
  });

  test('however the input is cut, the text is the same', () => {
    fc.assert(
      fc.property(
        nulHeavy,
        everyCommand,
        fc.array(fc.nat(40), {minLength: 1, maxLength: 12}),
        fc.boolean(),
        (numbers, options, cuts, reuse) => {
          const bytes = Uint8Array.from(numbers);
          const dumper = new HexDumper(options, {reuse});
          let text = '';
          const take = (part: Uint8Array) => {
            text += new TextDecoder().decode(part);
          };
          for (let at = 0, k = 0; at < bytes.length; k++) {
            const size = Math.max(cuts[k % cuts.length]!, k % 2);
            take(dumper.push(bytes.subarray(at, at + size)));
            at += size;
          }
          take(dumper.end());
          expect(text).toBe(dump(bytes, options));
        },
      ),
      {numRuns: 400},
    );
  });

  test('a reused buffer gives the same text, also where rows are squeezed and addresses grow', () => {
    const bytes = sample('nul rows among others', 6000);
    for (const options of [...commands.map(one => one.options), {style: 'xxd', offset: 0xffff_f000} as const]) {
      const dumper = new HexDumper(options, {reuse: true});
      const decoder = new TextDecoder();
      let text = '';
      for (let at = 0; at < bytes.length; at += 640) text += decoder.decode(dumper.push(bytes.subarray(at, at + 640)));
      expect(text + decoder.decode(dumper.end())).toBe(dump(bytes, options));
    }
  });

  test('neither the chunk nor the result is kept', () => {
    const dumper = new HexDumper({style: 'xxd', columns: 4});
    const chunk = Uint8Array.of(1, 2, 3, 4, 5);
    const first = dumper.push(chunk);
    const before = new TextDecoder().decode(first);
    chunk.fill(0xff);
    const second = new TextDecoder().decode(dumper.push(Uint8Array.of(6, 7, 8)));
    expect(second).toBe('00000004: 0506 0708  ....\n');
    expect(new TextDecoder().decode(first)).toBe(before);
  });

  test('an address may have more digits than 32 bits', () => {
    expect(dump(Uint8Array.of(1), {style: 'hexdump', offset: 0x12_3456_789a})).toBe(
      '123456789a  01                                                |.|\n123456789b\n',
    );
  });
});

describe('options that make no sense', () => {
  test.each([
    [{style: 'xxd', columns: 0}, /columns/],
    [{style: 'xxd', columns: 257}, /columns/],
    [{style: 'xxd', columns: 2.5}, /columns/],
    [{style: 'xxd', group: -1}, /group/],
    [{style: 'xxd', littleEndian: true, group: 3}, /power of two/],
    [{style: 'xxd', littleEndian: true, base: 'bits'}, /hex only/],
    [{style: 'hexdump', offset: -1}, /offset/],
    [{style: 'plain', columns: -1}, /columns/],
  ] as const)('%j', (options, sentence) => {
    expect(() => new HexDumper(options)).toThrow(sentence);
  });
});

test('the C array has a definition when it has a name', () => {
  const text = dump(Uint8Array.of(0x61, 0x62), {style: 'include', name: '1a-b.c'});
  expect(text).toBe('unsigned char __1a_b_c[] = {\n  0x61, 0x62\n};\nunsigned int __1a_b_c_len = 2;\n');
  expect(dump(new Uint8Array(), {style: 'include', name: 'none', capitals: true})).toBe(
    'unsigned char NONE[] = {\n};\nunsigned int NONE_LEN = 0;\n',
  );
});

test('a little-endian row that is not whole groups keeps its text apart from its digits', () => {
  expect(dump(sample('text', 10), {style: 'xxd', littleEndian: true, columns: 10})).toBe(
    '00000000: 20656874 63697571     206b  the quick \n',
  );
});
