import {repr, reprStr} from '../python/repr.ts';
import type {PyValue} from '../python/value.ts';
import {type PythonText, pointsOf} from './python-text.ts';

/**
 * Python's `repr` of a value that may contain itself (written `[...]`) and may be nested deeper than a call stack goes.
 * @param limit after so many characters the rest is left out and `…` written: what is shared is written out each time,
 *   so that a few bytes of pickle can ask for a text without end
 */
export function represent(value: PyValue, limit = Number.POSITIVE_INFINITY): string {
  const pieces: string[] = [];
  const open = new Set<PyValue>();
  const tasks: Task[] = [value];
  for (let length = 0; tasks.length > 0; ) {
    const task = tasks.pop()!;
    if (typeof task !== 'string' && 'leave' in task) {
      open.delete(task.leave);
      continue;
    }
    const piece = typeof task === 'string' ? task : begin(task, open, tasks);
    pieces.push(piece);
    length += piece.length;
    if (length > limit) return `${pieces.join('').slice(0, limit)}…`;
  }
  return pieces.join('');
}

/** `repr` of a str, which may hold two surrogates side by side. */
export function representText(text: PythonText): string {
  if (text.points === undefined) return reprStr(text.v);
  // A printable character that the text has not keeps the surrogates apart while they are written, and is then taken out.
  let wedge = 0x4e00;
  while (text.v.includes(String.fromCodePoint(wedge))) wedge += 1;
  const between = String.fromCodePoint(wedge);
  const apart = pointsOf(text).map(point => String.fromCodePoint(point));
  return reprStr(apart.join(between)).replaceAll(between, '');
}

type Task = string | PyValue | {readonly leave: PyValue};

const brackets = {
  list: ['[', ']'],
  tuple: ['(', ')'],
  set: ['{', '}'],
  frozenset: ['frozenset({', '})'],
  dict: ['{', '}'],
} as const;

const recursive = {
  list: '[...]',
  tuple: '(...)',
  set: 'set(...)',
  frozenset: 'frozenset(...)',
  dict: '{...}',
} as const;

/** Writes a plain value, or the opening of a container, whose items and closing become tasks. */
function begin(value: PyValue, open: Set<PyValue>, tasks: Task[]): string {
  if (value.t === 'str') return representText(value);
  if (!(value.t in brackets)) return repr(value);
  const container = value as Extract<PyValue, {t: keyof typeof brackets}>;
  if (open.has(container)) return recursive[container.t];
  if (container.v.length === 0 && (container.t === 'set' || container.t === 'frozenset')) return `${container.t}()`;
  open.add(container);
  const [opening, closing] = brackets[container.t];
  const inside: Task[] = [];
  for (const item of container.v) {
    if (inside.length > 0) inside.push(', ');
    if ('t' in item) inside.push(item);
    else inside.push(item[0], ': ', item[1]);
  }
  if (container.t === 'tuple' && container.v.length === 1) inside.push(',');
  tasks.push({leave: container}, closing);
  for (let at = inside.length - 1; at >= 0; at -= 1) tasks.push(inside[at]!);
  return opening;
}
