import type {WorkspaceState} from '../../chapters/names/workspace-state.ts';
import {codePart} from '../parts/code.ts';
import {listPart} from '../parts/list.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {tablePart} from '../parts/table.ts';
import {textPart, wrapWords} from '../parts/text.ts';
import type {Role} from '../theme.ts';
import type {Line, PaneModel, Size, View} from '../view.ts';
import {outputLines} from './workspace/output.ts';
import {venvRows} from './workspace/venv.ts';

type Model = PaneModel<WorkspaceState>;

const indexes = (() => {
  const made = new WeakMap<object, readonly number[]>();
  return (rows: readonly unknown[]) => {
    const known = made.get(rows) ?? rows.map((_, index) => index);
    made.set(rows, known);
    return known;
  };
})();

const statusRoles: Readonly<Record<string, Role>> = {made: 'good', good: 'good', faulty: 'bad', missing: 'warn'};

const checklist = tablePart<WorkspaceState>({
  id: 'parts',
  title: ({state}) => {
    const bad = state.parts.filter(({status}) => status === 'faulty' || status === 'missing').length;
    if (state.parts.length === 0) return 'Parts';
    return bad === 0
      ? `Parts: all ${state.parts.length} are good`
      : `Parts: ${bad} of ${state.parts.length} are not good`;
  },
  items: ({state}) => indexes(state.parts),
  columns: [
    {
      id: 'status',
      head: 'status',
      width: 7,
      rank: 9,
      cell: (item, {state}) => [
        [state.parts[item]?.status ?? '', statusRoles[state.parts[item]?.status ?? ''] ?? 'plain'],
      ],
    },
    {
      id: 'name',
      head: 'part',
      width: 23,
      rank: 10,
      cell: (item, {state}) => [[state.parts[item]?.name ?? '', 'strong']],
    },
    {id: 'says', head: 'found', width: 16, grow: 2, rank: 7, cell: (item, {state}) => state.parts[item]?.says ?? ''},
    {
      id: 'purpose',
      head: 'what it is for',
      width: 20,
      grow: 3,
      rank: 5,
      cell: (item, {state}) => [[state.parts[item]?.purpose ?? '', 'dim']],
    },
  ],
  empty: () => 'c creates a workspace; a checks the one that is named.',
  explain({cursor, state}) {
    const part = state.parts[cursor];
    if (part === undefined) return undefined;
    return {
      title: part.path,
      says: `It is ${part.purpose}. Found: ${part.says}. Files are yours to edit; create makes anew what is missing and writes over nothing.`,
      source:
        part.name === 'zones'
          ? 'RFC 1035 §5'
          : part.name === 'hosts'
            ? 'hosts(5)'
            : part.name === 'services'
              ? 'services(5)'
              : 'RFC 5280',
    };
  },
});

const workspaces = listPart<WorkspaceState>({
  id: 'workspaces',
  title: ({state}) => `Workspaces: ${state.workspaces.length}`,
  range: ({state}) => ({first: 0, end: state.workspaces.length}),
  row(item, {state}) {
    const one = state.workspaces[item];
    if (one === undefined) return [];
    const standing: Line[number] = one.active ? ['active  ', 'good'] : one.there ? '        ' : ['gone    ', 'warn'];
    return [standing, [one.path, 'strong'], [one.created === '' ? '' : `  made ${one.created.slice(0, 10)}`, 'dim']];
  },
  empty: () => 'None was made here yet: c makes one.',
  // Enter looks at the one under the cursor.
  press: (key, {cursor, state}) => {
    const one = state.workspaces[cursor];
    return key === 'enter' && one !== undefined ? {action: 'check', args: {dir: one.path}} : undefined;
  },
  copies: ({cursor, state}) => {
    const one = state.workspaces[cursor];
    return one === undefined ? [] : [{label: 'its path', text: one.path}];
  },
});

const faults = listPart<WorkspaceState>({
  id: 'faults',
  title: ({state}) => `Mistakes: ${state.faults.length}`,
  range: ({state}) => ({first: 0, end: state.faults.length}),
  row(item, {state}) {
    const fault = state.faults[item];
    return fault === undefined
      ? []
      : [[`${fault.file}${fault.line === 0 ? '' : `:${fault.line}`}`, 'bad'], `  ${fault.says}`];
  },
  explain: ({cursor, state}) => {
    const fault = state.faults[cursor];
    return (
      fault && {
        title: `${fault.file}, line ${fault.line}`,
        says: `${fault.says}. Correct the file and check again.`,
        source: 'RFC 1035 §5.1',
      }
    );
  },
});

const shell = listPart<WorkspaceState>({
  id: 'shell',
  title: ({state}) => `For ${state.shell?.shell ?? 'the shell'}`,
  range: model => ({first: 0, end: shellRows(model).length}),
  row: (item, model) => shellRows(model)[item] ?? [],
  copies: ({state}) =>
    state.shell === undefined
      ? []
      : [
          {label: 'the command', text: state.shell.how},
          {label: 'the line itself', text: state.shell.line},
        ],
  explain: ({state}) =>
    state.shell && {
      title: 'Activating a workspace',
      says: 'A program cannot change the shell that started it, so it prints a line which the shell then evaluates: as source ./bin/activate does for a virtualenv.',
      equivalents: [{language: 'shell', code: `${state.shell.how}\n`}],
    },
});

function shellRows({state}: Model): readonly Line[] {
  if (state.shell === undefined) return [];
  const {how, line, changes} = state.shell;
  return [
    [
      ['run   ', 'dim'],
      [how, 'call'],
    ],
    ...changes.map((change): Line => ['      ', change]),
    [
      ['line  ', 'dim'],
      [line, 'dim'],
    ],
  ];
}

const output = listPart<WorkspaceState>({
  id: 'output',
  title: ({state}) => {
    const {ran} = state;
    return ran === undefined ? 'Output' : `${ran.command.join(' ')}: ${ran.ended ?? `exit code ${ran.code ?? ''}`}`;
  },
  follows: true,
  range: model => ({first: 0, end: outputLines(model).length}),
  row: (item, model) => {
    const line = outputLines(model)[item];
    return line === undefined ? [] : [[line.text, line.stream === 'stderr' ? 'warn' : 'plain']];
  },
  empty: ({state}) => (state.busy ? 'It runs, and has printed nothing.' : 'Nothing was run: n runs a command.'),
});

const venv = listPart<WorkspaceState>({
  id: 'venv',
  title: ({state}) => `Python’s virtualenv: ${state.venv.length} of 8 steps`,
  range: model => ({first: 0, end: venvRows(model.state).length}),
  row: (item, {state}) => venvRows(state)[item]?.line ?? [],
  empty: ({state}) =>
    state.busy ? 'An environment is being made: that takes some seconds.' : 'p does the steps of the book.',
  explain: ({cursor, state}) => {
    const step = venvRows(state)[cursor]?.step;
    return (
      step && {
        title: `${step.number}. ${step.book}`,
        says: `Run as: ${step.command}. ${step.why === undefined ? '' : `${step.why}. `}${step.changed.length === 0 ? 'Nothing else changed.' : step.changed.join('. ')}`,
        source: 'PEP 405; PEP 427; docs.python.org: venv',
      }
    );
  },
});

const notice = textPart<WorkspaceState>('notice', 'Said', ({state}, cells) =>
  wrapWords(state.notices.at(-1) ?? '', Math.max(10, cells - 2)).map((row): Line => [' ', [row, 'warn']]),
);

export const workspaceView: View<WorkspaceState> = {
  first: 'workspaces',
  parts: [workspaces, checklist, faults, shell, output, venv, notice, codePart<WorkspaceState>()],
  heading({state, status}) {
    const {dir, busy, verb} = state;
    return [
      ' ',
      [dir === '' ? 'no workspace is named' : dir, 'strong'],
      busy && status === 'running' ? [`  ${verb} …`, 'warn'] : '',
    ];
  },
  layout: layoutOf,
};

function layoutOf(size: Size, {state}: Model) {
  const list: Wish = {
    part: 'workspaces',
    atLeast: Math.min(6, Math.max(3, state.workspaces.length + 1)),
    share: state.verb === 'list' ? 2 : 0,
    rank: state.verb === 'list' ? 10 : 4,
  };
  const parts: Wish = {
    part: 'parts',
    atLeast: Math.min(9, Math.max(4, Math.floor(size.height / 2))),
    rank: state.verb === 'create' || state.verb === 'check' ? 10 : 5,
  };
  const wishes: Wish[] = [list];
  if (state.parts.length > 0) wishes.push(parts);
  if (state.faults.length > 0)
    wishes.push({part: 'faults', atLeast: Math.min(6, 1 + state.faults.length), share: 1, rank: 9});
  if (state.shell !== undefined)
    wishes.push({part: 'shell', atLeast: 6, rank: state.verb.endsWith('activate') ? 10 : 6});
  if (state.ran !== undefined || state.outputs.length > 0 || state.verb === 'run')
    wishes.push({part: 'output', atLeast: 4, share: 2, rank: state.verb === 'run' ? 10 : 6});
  if (state.venv.length > 0 || state.verb === 'virtualenv')
    wishes.push({part: 'venv', atLeast: 6, share: 4, rank: state.verb === 'virtualenv' ? 10 : 6});
  if (state.notices.length > 0) wishes.push({part: 'notice', atLeast: size.width < 100 ? 4 : 3, rank: 7});
  const code: Wish = {part: 'code', atLeast: 8, share: 1, rank: 2};
  if (size.width >= 130) return columns(wishes, [code], size, {wideFrom: 130, leftShare: 0.62});
  return stack([...wishes, code], size);
}
