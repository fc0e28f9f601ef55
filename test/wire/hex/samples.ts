import type {DumpOptions} from '../../../src/wire/hex/options.ts';

/** What the tools are run with, and the options that must give the same text. */
export const commands: readonly {command: readonly string[]; options: DumpOptions}[] = [
  {command: ['hexdump', '-C'], options: {style: 'hexdump'}},
  {command: ['hexdump', '-C', '-v'], options: {style: 'hexdump', squeeze: false}},
  {command: ['xxd'], options: {style: 'xxd'}},
  {command: ['xxd', '-g', '1'], options: {style: 'xxd', group: 1}},
  {command: ['xxd', '-g', '0'], options: {style: 'xxd', group: 0}},
  {command: ['xxd', '-g', '5'], options: {style: 'xxd', group: 5}},
  {command: ['xxd', '-g', '4', '-c', '8'], options: {style: 'xxd', group: 4, columns: 8}},
  {command: ['xxd', '-g', '3', '-c', '10'], options: {style: 'xxd', group: 3, columns: 10}},
  {command: ['xxd', '-c', '1'], options: {style: 'xxd', columns: 1}},
  {command: ['xxd', '-c', '256'], options: {style: 'xxd', columns: 256}},
  {command: ['xxd', '-e'], options: {style: 'xxd', littleEndian: true}},
  {command: ['xxd', '-e', '-g', '2', '-u'], options: {style: 'xxd', littleEndian: true, group: 2, upper: true}},
  {command: ['xxd', '-e', '-g', '8'], options: {style: 'xxd', littleEndian: true, group: 8}},
  {command: ['xxd', '-b'], options: {style: 'xxd', base: 'bits'}},
  {command: ['xxd', '-b', '-g', '2', '-c', '4'], options: {style: 'xxd', base: 'bits', group: 2, columns: 4}},
  {command: ['xxd', '-u'], options: {style: 'xxd', upper: true}},
  {command: ['xxd', '-E'], options: {style: 'xxd', ebcdic: true}},
  {command: ['xxd', '-a'], options: {style: 'xxd', squeeze: true}},
  {command: ['xxd', '-a', '-c', '4'], options: {style: 'xxd', squeeze: true, columns: 4}},
  {command: ['xxd', '-d'], options: {style: 'xxd', decimalOffset: true}},
  {command: ['xxd', '-o', '4294967280'], options: {style: 'xxd', offset: 4_294_967_280}},
  {command: ['xxd', '-d', '-o', '99999984'], options: {style: 'xxd', decimalOffset: true, offset: 99_999_984}},
  {command: ['xxd', '-p'], options: {style: 'plain'}},
  {command: ['xxd', '-p', '-c', '0'], options: {style: 'plain', columns: 0}},
  {command: ['xxd', '-p', '-u', '-c', '7'], options: {style: 'plain', columns: 7, upper: true}},
  {command: ['xxd', '-i'], options: {style: 'include'}},
  {command: ['xxd', '-i', '-u', '-c', '5'], options: {style: 'include', columns: 5, upper: true}},
];

export type Content = 'nul' | 'every byte' | 'nul rows among others' | 'text';

/** Bytes that are the same on every machine. */
export function sample(content: Content, size: number): Uint8Array {
  return Uint8Array.from({length: size}, (_, k) => {
    if (content === 'nul') return 0;
    if (content === 'every byte') return (k * 167 + (k >> 8)) & 0xff;
    if (content === 'text') return 'the quick brown fox\n'.charCodeAt(k % 20);
    return (k >> 5) % 3 === 0 ? k & 0xff : 0;
  });
}
