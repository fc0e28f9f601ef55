import {decodeHalf} from './half.ts';
import type {Plan, Step} from './plan.ts';
import {hostLittle, scratch} from './scratch.ts';
import {copyBytes, takePascal} from './take.ts';
import type {Value} from './value.ts';

export interface Reader {
  /** Bytes of exactly the size to values. */
  readonly unpack: (bytes: Uint8Array) => Value[];
  /** Read all fields at a position. The caller has checked the bounds. */
  readonly read: (bytes: Uint8Array, at: number) => Value[];
  /** Hand the fields of each record to a callback, as arguments. The bytes are a multiple of the size. */
  readonly forEach: (bytes: Uint8Array, callback: (...fields: Value[]) => void) => void;
}

/** Formats of up to this many items are written out; from there on a run of more than 8 becomes a loop. */
export const unrollLimit = 32;

/** Write JavaScript that reads one format, and compile it. Throws where code generation is disallowed. */
export function generateReader(plan: Plan, refuse: (bytes: Uint8Array) => never): Reader {
  const record = plan.items <= unrollLimit ? unrolled(plan) : undefined;
  const read = record === undefined ? looped(plan) : `return [${record.join(',')}];`;
  const call = record === undefined ? '...read(b,o)' : record.join(',');
  const source = `'use strict';
const {u8,u32,i64,u64,f32,f64}=scratch;
const read=(b,o)=>{${read}};
const forEach=(b,f)=>{for(let o=0,end=b.length;o<end;o+=${plan.size})f(${call});};
const unpack=b=>b instanceof Uint8Array&&b.length===${plan.size}?read(b,0):refuse(b);
return {read,forEach,unpack};`;
  const takeP = (bytes: Uint8Array, at: number, size: number) => takePascal(bytes, at, size, plan.profile);
  const build = new Function('scratch', 'half', 'copy', 'pascal', 'refuse', source);
  return build(scratch, decodeHalf, copyBytes, takeP, refuse) as Reader;
}

function unrolled(plan: Plan): string[] {
  return plan.steps.flatMap(step =>
    Array.from({length: step.count}, (_, index) => expression(step, `o+${step.offset + index * step.size}`)),
  );
}

// Unrolling a thousand items makes code that is slow until it is hot, and long; a loop is neither.
function looped(plan: Plan): string {
  const lines = plan.steps.map(step => {
    if (step.count > 8) {
      const {offset, count, size} = step;
      return `for(let q=o+${offset},end=q+${count * size};q<end;q+=${size})r.push(${expression(step, 'q')});`;
    }
    const items = Array.from({length: step.count}, (_, k) => expression(step, `o+${step.offset + k * step.size}`));
    return `r.push(${items.join(',')});`;
  });
  return `const r=[];${lines.join('')}return r;`;
}

/** The expression that reads one item whose first byte is at `position`. */
function expression(step: Step, position: string): string {
  const {kind, size, little} = step;
  switch (kind) {
    case 'bool':
      return `b[${position}]!==0`;
    case 'char':
    case 'bytes':
      return `copy(b,${position},${position}+${size})`;
    case 'pascal':
      return `pascal(b,${position},${size})`;
    case 'float':
      return floatExpression(position, size, little);
    default:
      return integerExpression(position, size, little, kind === 'signed');
  }
}

function floatExpression(position: string, size: number, little: boolean): string {
  if (size === 2) return `half(${word(position, 2, little)})`;
  if (size === 4) return `(u32[0]=${word(position, 4, little)},f32[0])`;
  return `(${fillScratch(position, little)},f64[0])`;
}

function integerExpression(position: string, size: number, little: boolean, signed: boolean): string {
  if (size === 8) return `(${fillScratch(position, little)},${signed ? 'i64' : 'u64'}[0])`;
  const bits = word(position, size, little);
  if (size === 4) return signed ? `(${bits})` : `(${bits})>>>0`;
  if (!signed) return size === 1 ? bits : `(${bits})`;
  const shift = 32 - size * 8;
  return `(${bits})<<${shift}>>${shift}`;
}

/** Up to four bytes as a 32-bit integer, the most significant first in the text. */
function word(position: string, size: number, little: boolean): string {
  const parts = Array.from({length: size}, (_, index) => {
    const shift = 8 * (little ? index : size - 1 - index);
    return `b[${position}+${index}]${shift === 0 ? '' : `<<${shift}`}`;
  });
  return parts.join('|');
}

function fillScratch(position: string, little: boolean): string {
  const first = word(position, 4, little);
  const second = word(`${position}+4`, 4, little);
  // The word that comes first is the low one in little-endian bytes; the host keeps its low word where it likes.
  const firstIndex = little === hostLittle ? 0 : 1;
  return `u32[${firstIndex}]=${first},u32[${1 - firstIndex}]=${second}`;
}
