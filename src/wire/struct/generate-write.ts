import {unrollLimit} from './generate-read.ts';
import {encodeHalf, halfLimit} from './half.ts';
import type {Plan, Step} from './plan.ts';
import {putBytes, singleLimit} from './put.ts';
import {room} from './room.ts';
import {hostLittle, scratch} from './scratch.ts';
import type {Packable} from './value.ts';

/** Packing with plain argument lists. The bytes that `pack` gives are new; `packInto` clears what it does not write. */
export interface Writer {
  readonly pack: (...values: Packable[]) => Uint8Array;
  readonly packInto: (buffer: Uint8Array, offset: number | bigint, ...values: Packable[]) => void;
}

/** Packing that handles everything: conversions, negative offsets, and each mistake in CPython's words. */
export interface CarefulWriter {
  readonly pack: (values: readonly Packable[]) => Uint8Array;
  readonly packInto: (buffer: Uint8Array, offset: number | bigint, values: readonly Packable[]) => void;
}

/**
 * Write JavaScript that writes one format, and compile it. It does everything when each value is of the plain type
 * that its code expects and in range, and otherwise nothing but hand over to the careful writer. Throws where code
 * generation is disallowed.
 */
export function generateWriter(plan: Plan, careful: CarefulWriter): Writer {
  const {size, items} = plan;
  const names = items <= unrollLimit ? Array.from({length: items}, (_, index) => `a${index}`) : undefined;
  const parts = names === undefined ? looped(plan) : unrolled(plan, names);
  const parameters = names === undefined ? '...v' : names.join(',');
  const given = names === undefined ? 'v' : '[...arguments]';
  const count = (before: number) =>
    names === undefined ? `v.length!==${items}` : `arguments.length!==${items + before}`;
  const leave = `return careful.pack(${given})`;
  const leaveInto = `return careful.packInto(b,o,${names === undefined ? 'v' : '[...arguments].slice(2)'})`;
  const fresh = size > 64 ? `room(${size})` : `new Uint8Array(${size})`;
  const source = `'use strict';
const {u8,u32,i64,f32,f64}=scratch;
function pack(${parameters}){if(${count(0)})${leave};${parts.check(leave)}
const b=${fresh},o=0;${parts.write}return b;}
function packInto(${['b', 'o', parameters].filter(Boolean).join(',')}){
if(${count(2)}||!(b instanceof Uint8Array)||typeof o!=='number'||(o>>>0)!==o||o+${size}>b.length)${leaveInto};${parts.check(leaveInto)}
${clearing(plan)}${parts.write}}
return {pack,packInto};`;
  const build = new Function('scratch', 'half', 'put', 'room', 'careful', source);
  return build(scratch, encodeHalf, putBytes, room, careful) as Writer;
}

/** The statements that put zeros where no field is, and where a text may be shorter than its room. */
function clearing({steps, size}: Plan): string {
  let end = 0;
  let text = '';
  const clear = (start: number, stop: number) => {
    if (stop - start > 8) text += `b.fill(0,o+${start},o+${stop});`;
    else for (let index = start; index < stop; index++) text += `b[o+${index}]=0;`;
  };
  for (const step of steps) {
    const counted = step.kind !== 'bytes' && step.kind !== 'pascal';
    clear(end, counted ? step.offset : step.offset + step.size);
    end = step.offset + step.count * step.size;
  }
  clear(end, size);
  return text;
}

interface Parts {
  readonly check: (leave: string) => string;
  readonly write: string;
}

function unrolled(plan: Plan, names: readonly string[]): Parts {
  const items = plan.steps.flatMap(step =>
    Array.from({length: step.count}, (_, index) => ({
      step,
      name: names[step.first + index]!,
      position: `o+${step.offset + index * step.size}`,
    })),
  );
  return {
    check: leave => items.map(({step, name}) => checkStatement(step, name, leave)).join(''),
    write: items.map(({step, name, position}) => writeStatement(step, name, position)).join(''),
  };
}

function looped({steps}: Plan): Parts {
  const indexes = (step: Step) => `i=${step.first};i<${step.first + step.count};i++`;
  const checkLoop = (step: Step, leave: string) =>
    `for(let ${indexes(step)}){const a=v[i];${checkStatement(step, 'a', leave)}}`;
  const writeLoop = (step: Step) =>
    `for(let q=o+${step.offset},${indexes(step)},q+=${step.size}){const a=v[i];${writeStatement(step, 'a', 'q')}}`;
  return {check: leave => steps.map(step => checkLoop(step, leave)).join(''), write: steps.map(writeLoop).join('')};
}

const checkStatement = (step: Step, a: string, leave: string) => `if(${unfit(step, a)})${leave};`;

/** The condition under which a value is left to the interpreter. */
function unfit({kind, size, native}: Step, a: string): string {
  switch (kind) {
    case 'bool':
      return `${a}!==true&&${a}!==false`;
    case 'char':
      return `!(${a} instanceof Uint8Array&&${a}.length===1)`;
    case 'bytes':
    case 'pascal':
      return `!(${a} instanceof Uint8Array)`;
    case 'float': {
      // Infinities and NaN compare false, and are left to the interpreter where a limit exists.
      const limit = size === 2 ? halfLimit : size === 4 && !native ? singleLimit : undefined;
      return limit === undefined ? `typeof ${a}!=='number'` : `typeof ${a}!=='number'||!(Math.abs(${a})<${limit})`;
    }
    default:
      return size === 8 ? unfit64(kind, a) : `typeof ${a}!=='number'||(${truncated(kind, size, a)})!==${a}`;
  }
}

function truncated(kind: Step['kind'], size: number, a: string): string {
  if (kind === 'unsigned') return size === 4 ? `${a}>>>0` : `${a}&${size === 1 ? 0xff : 0xffff}`;
  return size === 4 ? `${a}|0` : `${a}<<${32 - size * 8}>>${32 - size * 8}`;
}

function unfit64(kind: Step['kind'], a: string): string {
  const signed = `BigInt.asIntN(64,${a})!==${a}`;
  const unsigned = `BigInt.asUintN(64,${a})!==${a}`;
  const big = kind === 'signed' ? signed : kind === 'unsigned' ? unsigned : `${signed}&&${unsigned}`;
  const small = kind === 'unsigned' ? `!(Number.isSafeInteger(${a})&&${a}>=0)` : `!Number.isSafeInteger(${a})`;
  return `typeof ${a}==='bigint'?${big}:${small}`;
}

/** The statement that writes one item whose first byte is at `position`, into zeros. */
function writeStatement(step: Step, a: string, position: string): string {
  const {kind, size, little} = step;
  const at = (index: number) => `b[${position}+${index}]`;
  switch (kind) {
    case 'bool':
      return `${at(0)}=${a}?1:0;`;
    case 'char':
      return `${at(0)}=${a}[0];`;
    case 'bytes':
      return `put(b,${position},${size},${a});`;
    case 'pascal':
      return `put(b,${position}+1,${size - 1},${a});${at(0)}=Math.min(${a}.length,${Math.min(size - 1, 255)});`;
    case 'float':
      if (size === 2) return `{const w=half(${a});${shifts(at, 'w', 2, little)}}`;
      return `${size === 4 ? 'f32' : 'f64'}[0]=${a};${fromScratch(at, size, little)}`;
    default:
      if (size < 8) return shifts(at, a, size, little);
      return `i64[0]=typeof ${a}==='bigint'?${a}:BigInt(${a});${fromScratch(at, 8, little)}`;
  }
}

function shifts(at: (index: number) => string, a: string, size: number, little: boolean): string {
  return Array.from({length: size}, (_, index) => {
    const shift = 8 * (little ? index : size - 1 - index);
    return `${at(index)}=${a}${shift === 0 ? '' : `>>>${shift}`};`;
  }).join('');
}

function fromScratch(at: (index: number) => string, size: number, little: boolean): string {
  const source = (index: number) => (little === hostLittle ? index : size - 1 - index);
  return Array.from({length: size}, (_, index) => `${at(index)}=u8[${source(index)}];`).join('');
}
