import type {Constant} from './argument.ts';
import type {ContainerType} from './machine.ts';
import {represent} from './represent.ts';

/** What an inspection knows of an object on the stack. `text` is Python for it, cut short. */
export type PickleSymbol =
  | {readonly kind: 'text'; readonly text: string; readonly value: string}
  | {readonly kind: 'data'; readonly text: string}
  | ContainerSymbol
  | {readonly kind: 'import'; readonly text: string; readonly standard: boolean; readonly path: string}
  /** What a call gave, or a persistent identifier or extension stands for. */
  | {readonly kind: 'result'; readonly text: string; readonly standard: boolean}
  /** Something that could not be found out. */
  | {readonly kind: 'unknown'; readonly text: string};

export interface ContainerSymbol {
  readonly kind: 'container';
  readonly type: ContainerType;
  /** Changes as items are added. */
  text: string;
  /** Of a tuple alone: only the arguments of a call are looked into. */
  readonly items: readonly PickleSymbol[];
}

/** Characters of Python that a symbol shows at most. */
const width = 80;

export function symbolOf(value: Constant): PickleSymbol {
  if (value.t === 'str')
    return {kind: 'text', text: short(represent({...value, v: value.v.slice(0, width)})), value: value.v};
  if (value.t === 'bytes' || value.t === 'bytearray')
    return {kind: 'data', text: short(represent({t: value.t, v: value.v.subarray(0, width)}))};
  // Writing a long integer in decimal takes quadratic time.
  if (value.t === 'int' && (value.v > 10n ** 70n || value.v < -(10n ** 70n)))
    return {kind: 'data', text: '<int of many digits>'};
  return {kind: 'data', text: represent(value)};
}

export function containerSymbol(type: ContainerType, items: readonly PickleSymbol[]): ContainerSymbol {
  const symbol: ContainerSymbol = {kind: 'container', type, text: '', items: type === 'tuple' ? items : []};
  symbol.text = enclose(type, spell(type, items));
  return symbol;
}

/** Items have been added to a container. */
export function growSymbol(symbol: ContainerSymbol, items: readonly PickleSymbol[]): void {
  if (symbol.text.includes('…')) return;
  const [opening] = brackets[symbol.type];
  const before = symbol.text.slice(opening.length, -1);
  symbol.text = enclose(symbol.type, [before, spell(symbol.type, items)].filter(part => part !== '').join(', '));
}

export function unknownSymbol(why: string): PickleSymbol {
  return {kind: 'unknown', text: `<${why}>`};
}

/** Cut to what fits in a line of a report. */
export function short(text: string): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

const brackets = {
  tuple: ['(', ')'],
  list: ['[', ']'],
  dict: ['{', '}'],
  set: ['{', '}'],
  frozenset: ['{', '}'],
} as const;

function enclose(type: ContainerType, inside: string): string {
  return `${brackets[type][0]}${short(inside)}${brackets[type][1]}`;
}

function spell(type: ContainerType, items: readonly PickleSymbol[]): string {
  const texts = items.slice(0, width).map(item => item.text);
  if (type === 'dict')
    return texts
      .map((text, at) => (at % 2 === 0 ? text : `: ${text}, `))
      .join('')
      .replace(/, $/, '');
  return texts.join(', ') + (type === 'tuple' && items.length === 1 ? ',' : '');
}
