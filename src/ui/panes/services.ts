import type {Answer, ServicesState} from '../../chapters/names/services.ts';
import {type EntryFields, getentLine, type Table} from '../../chapters/names/services-shape.ts';
import type {WireEvent} from '../../journal/event.ts';
import {codePart} from '../parts/code.ts';
import {listPart} from '../parts/list.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {tablePart} from '../parts/table.ts';
import type {Explanation, Line, PaneModel, Part, PartModel, PartReply, View} from '../view.ts';

type Model = PaneModel<ServicesState>;

/** The rows that pass the filter, kept for as long as neither they nor the filter change. */
function filtered(table: Table) {
  const made = new WeakMap<readonly EntryFields[], {filter: Model['filter']; items: readonly number[]}>();
  return ({state, filter}: Model): readonly number[] => {
    const entries = state[table];
    const known = made.get(entries);
    if (known !== undefined && known.filter === filter) return known.items;
    const items = entries.flatMap((entry, index) => (passes(entry, filter) ? [index] : []));
    made.set(entries, {filter, items});
    return items;
  };
}

function passes(entry: EntryFields, filter: Model['filter']): boolean {
  if (filter === undefined) return true;
  const event: WireEvent = {kind: 'entry', t: 0, seq: 0, run: 0, ...entry};
  return filter(event, `${getentLine(entry)} ${entry.comment}`);
}

function entriesPart(table: Table): Part<ServicesState> {
  const items = filtered(table);
  const entry = (item: number, {state}: Model) => state[table][item];
  return tablePart<ServicesState>({
    id: table,
    title: model => {
      const [shown, all] = [items(model).length, model.state[table].length];
      return `/etc/${table}: ${shown === all ? all : `${shown} of ${all}`}`;
    },
    items,
    columns: [
      {
        id: 'name',
        head: 'name',
        width: 15,
        grow: 1,
        rank: 9,
        cell: (item, model) => [[entry(item, model)?.name ?? '', 'strong']],
        key: (item, model) => entry(item, model)?.name ?? '',
      },
      {
        id: 'number',
        head: table === 'services' ? 'port' : 'number',
        width: 6,
        align: 'right',
        rank: 10,
        cell: (item, model) => [[String(entry(item, model)?.number ?? ''), 'accent']],
        key: (item, model) => entry(item, model)?.number ?? 0,
      },
      ...(table === 'services'
        ? [
            {
              id: 'protocol',
              head: 'proto',
              width: 5,
              rank: 8,
              cell: (item: number, model: Model) => entry(item, model)?.protocol ?? '',
              key: (item: number, model: Model) => entry(item, model)?.protocol ?? '',
            },
          ]
        : []),
      {
        id: 'aliases',
        head: 'aliases',
        width: 10,
        grow: 1,
        rank: 5,
        cell: (item, model) => entry(item, model)?.aliases.join(' ') ?? '',
      },
      {
        id: 'comment',
        head: 'comment',
        width: 12,
        grow: 2,
        rank: 3,
        cell: (item, model) => [[entry(item, model)?.comment ?? '', 'dim']],
      },
    ],
    empty: ({state, filter}) =>
      filter === undefined ? (state.notices[0] ?? 'The file is being read.') : 'Nothing passes the filter.',
    press: (key, model) =>
      key === 'enter' && items(model).length > 0 ? askFor(table, entry(model.cursor, model)) : undefined,
    explain: model => (items(model).length === 0 ? undefined : explainEntry(entry(model.cursor, model))),
  });
}

/** Enter on a row: libc is asked for just this name. */
function askFor(table: Table, entry: EntryFields | undefined): PartReply | undefined {
  if (entry === undefined) return undefined;
  const key = entry.protocol === undefined ? entry.name : `${entry.name}/${entry.protocol}`;
  return {action: 'ask', args: {key, table}};
}

function explainEntry(entry: EntryFields | undefined): Explanation | undefined {
  if (entry === undefined) return undefined;
  const {table, name, number, protocol, aliases, comment, file, line} = entry;
  const others = aliases.length === 0 ? 'It has no other name' : `Its other names are ${aliases.join(', ')}`;
  return table === 'services'
    ? {
        title: `${name}, ${number}/${protocol ?? ''}`,
        says: `${comment === '' ? 'A service' : comment}. ${others}. The file says what a port is usually for; nothing keeps another program from using it. Line ${line} of ${file}.`,
        equivalents: [
          {
            language: 'Python',
            code: `socket.getservbyname('${name}', '${protocol ?? ''}')\nsocket.getservbyport(${number}, '${protocol ?? ''}')\n`,
          },
        ],
        source: 'services(5); RFC 6335; getservbyname(3)',
      }
    : {
        title: `${name}, protocol ${number}`,
        says: `${comment === '' ? 'A protocol' : comment}. ${others}. The number stands in the protocol field of the IP header, and is the third argument of socket(). Line ${line} of ${file}.`,
        equivalents: [{language: 'Python', code: `socket.getprotobyname('${name}')\n`}],
        source: 'protocols(5); RFC 791 §3.1; getprotobyname(3)',
      };
}

/** The newest answers, by how many there were before them. */
const answers = listPart<ServicesState>({
  id: 'answers',
  title: ({state}) => `Asked: ${state.asked}`,
  follows: true,
  range: ({state}) => ({first: state.asked - state.answers.length, end: state.asked}),
  row: (item, model) => answerLine(answerAt(item, model)),
  empty: ({state}) => state.notices[0] ?? 'Nothing yet: Enter asks libc for the row, a for anything.',
  explain(model) {
    const answer = answerAt(model.cursor, model);
    if (answer === undefined) return undefined;
    return {
      title: answer.call,
      says: answer.found
        ? `Found by ${answer.by}: canonical name ${answer.name}, number ${answer.number}${answer.protocol === undefined ? '' : ` over ${answer.protocol}`}, other names: ${answer.aliases.join(', ') || 'none'}.`
        : `${answer.says}. The function gave NULL: that is no error with an errno, there is just no such line.`,
      source:
        answer.table === 'services' ? 'getservbyname(3), getservbyport(3)' : 'getprotobyname(3), getprotobynumber(3)',
    };
  },
});

const answerAt = (item: number, {state}: Model): Answer | undefined =>
  state.answers[item - (state.asked - state.answers.length)];

function answerLine(answer: Answer | undefined): Line {
  if (answer === undefined) return [];
  const took: Line[number] = [`  ${quantity(answer.seconds, 's')}`, 'dim'];
  if (!answer.found) return [[answer.call, 'call'], ' = ', [answer.errno ?? 'NULL', 'bad'], `  ${answer.says}`, took];
  const {name, number, protocol, aliases, call} = answer;
  const of = protocol === undefined ? '' : `/${protocol}`;
  return [
    [call, 'call'],
    ' = ',
    [name, 'good'],
    ` ${number}${of}`,
    [aliases.length === 0 ? '' : `  also ${aliases.join(' ')}`, 'dim'],
    took,
  ];
}

const services = entriesPart('services');
const protocols = entriesPart('protocols');

export const servicesView: View<ServicesState> = {
  first: 'services',
  parts: [
    // `wirebook names services www` stands on the line that was asked for.
    {...services, jump: model => jumpTo('services', model)},
    {...protocols, jump: model => jumpTo('protocols', model)},
    answers,
    codePart<ServicesState>(),
  ],
  layout(size, {state}) {
    const file: Wish = {part: 'services', atLeast: 4, share: 6, rank: 10};
    const other: Wish = {part: 'protocols', atLeast: 4, share: 1, rank: 6};
    const asked: Wish = {
      part: 'answers',
      atLeast: Math.min(6, 3 + Math.min(3, state.answers.length)),
      share: 1,
      rank: 8,
    };
    const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 3};
    if (size.width >= 90) return columns([file, asked], [other, code], size, {wideFrom: 90, leftShare: 0.58});
    return stack([file, other, asked], size);
  },
};

function jumpTo(table: Table, {state}: Model | PartModel<ServicesState>) {
  const answer = state.answers.findLast(one => one.found && one.table === table);
  if (answer === undefined || !answer.found) return undefined;
  const {name, number, protocol} = answer;
  const item = state[table].findIndex(
    entry => entry.name === name && entry.number === number && entry.protocol === protocol,
  );
  return item < 0 ? undefined : {id: state.asked, cursor: item};
}
