import type {PickleReportEvent, PickleState} from '../../../chapters/data/pickle-shape.ts';
import {called, countText} from '../../../chapters/data/pickle-text.ts';
import {listPart} from '../../parts/list.ts';
import type {Role} from '../../theme.ts';
import type {Explanation, Line, Part} from '../../view.ts';
import type {Model} from './reading.ts';

/** One row of the report: what was found and, where it has a place, at which byte. */
interface Finding {
  readonly line: Line;
  readonly offset?: number;
  readonly explain: Explanation;
}

/** The value, what is left over, and what loading would do: the verdict never says that a pickle is safe. */
export const reportPart: Part<PickleState> = listPart<PickleState>({
  id: 'report',
  title: () => 'If Python loaded it',
  range: model => ({first: 0, end: findingsOf(model).length}),
  row: (item, model) => findingsOf(model)[item]?.line ?? [],
  empty: () => 'Nothing was read yet.',
  explain: model => findingsOf(model)[model.cursor]?.explain,
});

/** The byte that a row of the report is about. */
export function offsetOfFinding(item: number, model: Model): number | undefined {
  return findingsOf(model)[item]?.offset;
}

const known = new WeakMap<PickleState, readonly Finding[]>();

function findingsOf({state}: Model): readonly Finding[] {
  let found = known.get(state);
  if (found === undefined) {
    found = [...verdict(state), ...value(state), ...framing(state), ...details(state)];
    known.set(state, found);
  }
  return found;
}

const roles: Readonly<Record<PickleReportEvent['verdict'], Role>> = {
  'no imports found': 'strong',
  'imports only standard constructors': 'warn',
  'runs code when loaded': 'bad',
};

function verdict({report}: PickleState): Finding[] {
  if (report === undefined) return [];
  const {verdict: word, sentence, imports} = report;
  const names = [...new Set(imports.map(({module, name}) => `${module}.${name}`))].join(', ');
  return [
    {
      line: [[word, roles[word]], names === '' ? '' : `: ${names}`],
      explain: {
        title: word,
        says:
          `${sentence} The whole machine was run on symbols, without importing or calling anything. ` +
          'That nothing was found does not prove a pickle harmless: load only what you or somebody you trust has written.',
        source: 'Python Library Reference, pickle, “Warning”',
      },
    },
  ];
}

function value({value: loaded, refused}: PickleState): Finding[] {
  if (loaded !== undefined)
    return [
      {
        line: [
          ['value ', 'dim'],
          [loaded.repr, 'strong'],
        ],
        explain: {title: 'The value', says: `pickle.loads gives this, as repr writes it: ${loaded.repr}`},
      },
    ];
  if (refused === undefined) return [];
  const {class: name, message, offset} = refused;
  const says =
    name === 'Refused'
      ? 'Wirebook makes plain values only and never imports or calls what a pickle names. Python would have done it.'
      : 'CPython’s unpickler raises this. What stands before the place has been done by then.';
  return [
    {
      line: [['no value ', 'dim'], [name, 'bad'], ` ${message}`],
      offset,
      explain: {title: name, says: `${message} ${says}`},
    },
  ];
}

/** The chapter's point: a reader of a stream needs no length in front of a pickle. */
function framing({pickle, value: loaded, refused}: PickleState): Finding[] {
  if (pickle === undefined) return [];
  const cut = refused !== undefined && /^(Ran out of input|pickle data was truncated)$/.test(refused.message);
  // What is broken before its STOP has no end, however much follows.
  if (!pickle.complete && !cut) return [];
  if (!pickle.complete)
    return [
      {
        line: [['no STOP: ', 'warn'], 'a reader of a stream would wait for more bytes'],
        explain: {
          title: 'No end',
          says: 'A pickle ends with its STOP, a full stop. Until it comes, whoever reads from a socket must call recv() again, or give up.',
        },
      },
    ];
  const counts = loaded ?? pickle;
  return [
    {
      line: [
        ['self-framing: ', 'dim'],
        [countText(counts), 'strong'],
      ],
      offset: counts.consumed - 1,
      explain: {
        title: 'Pickle is self-framing',
        says:
          `Its STOP at offset ${counts.consumed - 1} says where it ends: ${countText(counts)}. So pickles can follow each ` +
          'other in one stream with nothing between them, and nobody has to send a length first. pickle.load(file) reads just that far.',
      },
    },
  ];
}

function details({report, pickle}: PickleState): Finding[] {
  if (report === undefined) return [];
  const {imports, calls, remarks, error, pickles, leftOut} = report;
  const placed = [
    ...imports.map(one =>
      place(one.offset, one.standard ? 'warn' : 'bad', 'imports', `${one.module}.${one.name}`, one.opcode),
    ),
    ...calls.map(one =>
      place(one.offset, one.standard ? 'warn' : 'bad', 'calls', `${one.callee}${called(one.parameters)}`, one.opcode),
    ),
    ...remarks.map(one => place(one.offset, 'dim', 'note', one.sentence)),
    ...(error === undefined ? [] : [place(error.offset, 'bad', 'unpickler', `${error.class}: ${error.message}`)]),
    ...(pickle?.error === undefined
      ? []
      : [place(pickle.error.offset, 'warn', 'pickletools', `${pickle.error.class}: ${pickle.error.message}`)]),
  ].toSorted((one, other) => (one.offset ?? 0) - (other.offset ?? 0));
  const more = leftOut === 0 ? [] : [note(`${leftOut} more imports, calls and notes are not listed`)];
  const several =
    pickles < 2 ? [] : [note(`${pickles} pickles follow each other here: the report is of all, the list of the first`)];
  return [...placed, ...more, ...several];
}

function place(offset: number, role: Role, what: string, says: string, opcode = ''): Finding {
  const line: Line = [
    [`${offset}`.padStart(5), 'dim'],
    ' ',
    [what, role],
    ' ',
    says,
    [opcode === '' ? '' : `  ${opcode}`, 'dim'],
  ];
  return {line, offset, explain: {title: `${what} at offset ${offset}`, says: `${says}. ${meanings[what] ?? ''}`}};
}

function note(says: string): Finding {
  return {line: [[says, 'dim']], explain: {title: 'Note', says}};
}

const meanings: Readonly<Record<string, string>> = {
  imports: 'Loading finds this name, which runs the module that holds it when it was not imported before.',
  calls: 'Loading calls this with these arguments, before anybody sees the value.',
  note: 'No pickler writes this.',
  unpickler: 'CPython stops here. What was imported and called before has happened by then.',
  pickletools:
    'The disassembler checks other things than the unpickler: its error does not mean that a pickle does nothing.',
};
