import type {OptionRow, OptionsState} from '../../chapters/tcp/options-state.ts';
import {codePart} from '../parts/code.ts';
import {paintLine} from '../parts/line.ts';
import {stack, type Wish} from '../parts/stack.ts';
import {tablePart} from '../parts/table.ts';
import {wrapWords} from '../parts/text.ts';
import type {Role} from '../theme.ts';
import type {Explanation, Line, PaneModel, Part, PartModel, View} from '../view.ts';

type Model = PaneModel<OptionsState>;

const rowAt = (item: number, {state}: Model): OptionRow | undefined => state.rows[item];

/** The indexes of the rows that pass the filter. Kept while rows and filter are the same: an order wants one array. */
function shownRows(): (model: Model) => readonly number[] {
  let last: {rows: readonly OptionRow[]; filter: unknown; items: readonly number[]} | undefined;
  return ({state: {rows}, filter}) => {
    if (last?.rows !== rows || last.filter !== filter) {
      const passes = (row: OptionRow, index: number) =>
        filter === undefined || filter({...row, kind: 'option', t: 0, seq: index, run: 0}, rowText(row));
      const items = rows.flatMap((row, index) => (passes(row, index) ? [index] : []));
      last = {rows, filter, items};
    }
    return last.items;
  };
}

const rowText = ({level, name, number, type, text, purpose}: OptionRow) =>
  `${level} ${name} ${number} ${type} ${text} ${purpose}`;

const items = shownRows();

const table = tablePart<OptionsState>({
  id: 'table',
  title: model => {
    const [shown, all] = [items(model).length, model.state.rows.length];
    return `Options ${shown === all ? all : `${shown} of ${all}`}`;
  },
  items,
  columns: [
    {
      id: 'level',
      head: 'level',
      width: 12,
      rank: 3,
      cell: (item, model) => [[rowAt(item, model)?.level ?? '', 'dim']],
      key: (item, model) => rowAt(item, model)?.level ?? '',
    },
    {
      id: 'name',
      head: 'option',
      width: 17,
      grow: 1,
      rank: 9,
      cell: (item, model) => rowAt(item, model)?.name ?? '',
      key: (item, model) => rowAt(item, model)?.name ?? '',
    },
    {
      id: 'number',
      head: 'no.',
      width: 4,
      align: 'right',
      rank: 4,
      cell: (item, model) => String(rowAt(item, model)?.number ?? ''),
      key: (item, model) => rowAt(item, model)?.number ?? 0,
    },
    {id: 'value', head: 'value', width: 16, grow: 1, rank: 8, cell: (item, model) => valueCell(rowAt(item, model))},
    {
      id: 'before',
      head: 'before',
      width: 12,
      rank: 5,
      cell: (item, model) => [[rowAt(item, model)?.before ?? '', 'dim']],
    },
    {id: 'type', head: 'type', width: 8, rank: 2, cell: (item, model) => [[typeText(rowAt(item, model)), 'dim']]},
    {
      id: 'purpose',
      head: 'what it is for',
      width: 24,
      grow: 4,
      rank: 1,
      cell: (item, model) => rowAt(item, model)?.purpose ?? '',
    },
  ],
  empty: () => 'The socket is being made.',
  grabs: key => key === 's',
  press(key, model) {
    const row = rowAt(model.cursor, model);
    if (key !== 's' || row === undefined) return key === 's' ? {action: 'set'} : undefined;
    return {action: 'set', args: {name: row.name}};
  },
  explain: model => explain(rowAt(model.cursor, model)),
});

function valueCell(row: OptionRow | undefined): Line {
  if (row === undefined) return [];
  if (row.errno !== undefined) return [[row.errno, 'warn']];
  return [[row.text, row.before === undefined ? 'plain' : 'strong']];
}

function typeText(row: OptionRow | undefined): string {
  if (row === undefined) return '';
  return row.settable === 'yes' ? row.type : row.settable === 'no' ? `${row.type} ro` : `${row.type} +`;
}

function explain(row: OptionRow | undefined): Explanation | undefined {
  if (row === undefined) return undefined;
  const {level, levelNumber, name, number, purpose, settable, type, text, means, set} = row;
  const who = {yes: 'Anybody may set it.', no: 'It can only be read.', privileged: 'Setting it takes a privilege.'}[
    settable
  ];
  const now = means === undefined ? `It is ${text} now.` : `Reading it fails here: ${means}`;
  const done = set === undefined ? '' : ` Asked for ${set.asked}: ${set.says}`;
  return {
    title: `${level} (${levelNumber}), ${name} (${number})`,
    says: `${purpose} ${now} ${who} In memory it is of type ${type}.${done}`,
    source: manuals[level] ?? 'man 2 getsockopt',
    equivalents: [
      {language: 'Python', code: `sock.getsockopt(${levelNumber}, ${number})  # ${level}, ${name}\n`},
      {language: 'C', code: `getsockopt(fd, ${level}, ${name}, &value, &length);\n`},
    ],
  };
}

const manuals: Readonly<Record<string, string>> = {
  SOL_SOCKET: 'man 7 socket, POSIX setsockopt()',
  IPPROTO_IP: 'man 7 ip',
  IPPROTO_IPV6: 'man 7 ipv6, RFC 3493',
  IPPROTO_TCP: 'man 7 tcp, RFC 9293',
  IPPROTO_UDP: 'man 7 udp',
};

/** The option under the cursor, in full: what a narrow table leaves out. */
const detail: Part<OptionsState> = {
  id: 'detail',
  title: () => 'The option',
  paint(surface, model) {
    for (const [y, line] of detailLines(model, surface.width).entries())
      paintLine(surface, y, line, model.theme, {x: 1});
  },
};

function detailLines(model: PartModel<OptionsState>, cells: number): readonly Line[] {
  const row = rowAt(model.cursors['table'] ?? 0, model);
  if (row === undefined) return [];
  const {name, purpose, text, before, set, means, settable, errno} = row;
  const value: Line = [
    [`${name}  `, 'accent'],
    [text, errno === undefined ? 'strong' : 'warn'],
    [before === undefined ? '' : `  before: ${before}`, 'dim'],
    [settable === 'yes' ? '' : settable === 'no' ? '  read only' : '  needs a privilege', 'dim'],
  ];
  const said: readonly (readonly [string, Role])[] = [
    ...(set === undefined
      ? []
      : [[`Asked for ${set.asked}: ${set.means ?? set.says}`, set.errno === undefined ? 'good' : 'bad'] as const]),
    ...(means === undefined ? [] : [[means, 'warn'] as const]),
    [purpose, 'plain'],
  ];
  const wrapped = ([words, role]: readonly [string, Role]) =>
    wrapWords(words, Math.max(8, cells - 2)).map((line): Line => [[line, role]]);
  return [value, ...said.flatMap(wrapped)];
}

function heading({state: {socket, last, pid}}: Model): Line {
  if (socket === undefined) return [[' the socket is being made', 'dim']];
  const ends = `${socket.local}${socket.remote === undefined ? '' : ` to ${socket.remote}`}`;
  const done: Line = last === undefined ? [] : ['  ', [setWords(last), last.errno === undefined ? 'good' : 'bad']];
  return [[` ${socket.of} `, 'accent'], ends, [`  pid ${pid}`, 'dim'], ...done];
}

const setWords = ({name, asked, after, errno}: NonNullable<OptionsState['last']>) =>
  errno === undefined ? `${name}: asked ${asked}, got ${after}` : `${name}: ${errno}`;

export const optionsView: View<OptionsState> = {
  parts: [table, detail, codePart()],
  layout(size, {state}) {
    const detailRows = size.width < 60 ? 4 : state.last === undefined ? 4 : 5;
    const wishes: Wish[] = [
      {part: 'table', atLeast: 5, share: 4, rank: 9},
      {part: 'detail', atLeast: detailRows, rank: 5},
      ...(size.height >= 44 ? [{part: 'code', atLeast: 8, share: 1, rank: 2}] : []),
    ];
    return stack(wishes, size);
  },
  heading,
};
