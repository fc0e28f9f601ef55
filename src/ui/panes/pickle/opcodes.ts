import type {PickleState} from '../../../chapters/data/pickle-shape.ts';
import type {Operation} from '../../../wire/pickle/disassemble.ts';
import {represent} from '../../../wire/pickle/represent.ts';
import {roleOfField} from '../../parts/hex-fields.ts';
import {tablePart} from '../../parts/table.ts';
import type {Explanation, Line, Part, PartModel} from '../../view.ts';
import {opcodeAtByte, readingOf} from './reading.ts';
import {offsetOfFinding} from './report.ts';

type Model = PartModel<PickleState>;

const none: readonly number[] = [];

/** The opcodes in their order, indented by the marks that are open; each in the colour of its bytes. */
export const opcodesPart: Part<PickleState> = tablePart<PickleState>({
  id: 'opcodes',
  title: ({state: {pickle, unread}}) =>
    `Opcodes${pickle === undefined ? '' : `: ${pickle.opcodes}`}${unread === undefined ? '' : ' (before the mistake)'}`,
  items: model => readingOf(model)?.items ?? none,
  empty: ({state}) => state.pickle?.error?.message ?? 'No pickle yet.',
  columns: [
    column('offset', 'at', 5, 7, one => `${one.offset}`, 'right'),
    column('code', 'code', 4, 6, one => codeText(one.opcode.code)),
    {
      id: 'name',
      head: 'opcode',
      width: 14,
      grow: 1,
      rank: 9,
      cell: (item, model) =>
        cell(item, model, one => [
          ['  '.repeat(Math.min(one.depth, 12)), 'dim'],
          [one.name, roleOfField({start: 0, end: 0, label: ''}, item)],
        ]),
    },
    {
      id: 'argument',
      head: 'argument',
      width: 10,
      grow: 3,
      rank: 8,
      cell: (item, model) => cell(item, model, one => [shortArgument(one), [remark(one), 'dim']]),
    },
    {
      id: 'stack',
      head: 'stack',
      width: 5,
      rank: 2,
      align: 'right',
      cell: (item, model) => [[`${readingOf(model)?.heights[item] ?? ''}`, 'dim']],
    },
    {
      id: 'meaning',
      head: 'meaning',
      width: 24,
      grow: 5,
      rank: 1,
      cell: (item, model) => cell(item, model, one => [[one.opcode.meaning, 'dim']]),
    },
  ],
  linked(model) {
    const reading = readingOf(model);
    if (reading === undefined) return undefined;
    const offset =
      model.focus === 'bytes'
        ? model.cursors['bytes']
        : model.focus === 'report'
          ? offsetOfFinding(model.cursors['report'] ?? 0, model)
          : undefined;
    const found = offset === undefined ? -1 : opcodeAtByte(reading.ops, offset);
    return found === -1 ? undefined : found;
  },
  explain: model => explainOpcode(readingOf(model)?.ops[model.cursor]),
});

/** What an opcode does, and where it is specified. */
export function explainOpcode(one: Operation | undefined): Explanation | undefined {
  if (one === undefined) return undefined;
  const {opcode} = one;
  const stack = `Stack: ${side(opcode.before)} becomes ${side(opcode.after)}.`;
  const argument =
    opcode.argument === null ? 'It has no argument.' : `Its argument is a ${opcode.argument}: ${shortArgument(one)}.`;
  return {
    title: `${opcode.name}, code ${codeText(opcode.code)}`,
    says: `${opcode.meaning} ${stack} ${argument} Protocol ${opcode.protocol} brought it.`,
    source: sources[opcode.protocol] ?? 'CPython, Lib/pickletools.py',
  };
}

/** The byte as CPython's listing writes it, and its value where that is no letter. */
export function codeText(code: number): string {
  return code < 0x7f ? String.fromCharCode(code) : `\\x${code.toString(16)}`;
}

/** An argument cut to what one row can show. */
function shortArgument({argument}: Operation): string {
  if (argument === null) return '';
  if (argument.t === 'int' && (argument.v > mostDigits || argument.v < -mostDigits)) return 'an int of over 300 digits';
  return represent(argument, 300);
}

const mostDigits = 10n ** 300n;

const sources: Readonly<Record<number, string>> = {
  2: 'PEP 307; CPython, Lib/pickletools.py',
  4: 'PEP 3154; CPython, Lib/pickletools.py',
  5: 'PEP 574; CPython, Lib/pickletools.py',
};

const side = (items: readonly string[]) => (items.length === 0 ? 'nothing' : items.join(' '));

function remark({markAt, memoKey, name}: Operation): string {
  if (markAt !== undefined) return `(MARK at ${markAt})`;
  return name === 'MEMOIZE' && memoKey !== undefined ? `(as ${memoKey})` : '';
}

function cell(item: number, model: Model, show: (one: Operation) => Line): Line {
  const one = readingOf(model)?.ops[item];
  return one === undefined ? [] : show(one);
}

function column(
  id: string,
  head: string,
  width: number,
  rank: number,
  show: (one: Operation) => string,
  align: 'left' | 'right' = 'left',
) {
  return {
    id,
    head,
    width,
    rank,
    align,
    cell: (item: number, model: Model): Line => cell(item, model, one => [[show(one), 'dim']]),
  };
}
