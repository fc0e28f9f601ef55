import {type ErrorsState, equivalentsOf} from '../../chapters/data/errors.ts';
import {errorCases, notProvoked} from '../../chapters/data/errors-cases.ts';
import {groups} from '../../chapters/data/errors-shape.ts';
import {codePart} from '../parts/code.ts';
import {stack} from '../parts/stack.ts';
import {tablePart} from '../parts/table.ts';
import {textPart} from '../parts/text.ts';
import type {PaneModel, Part, PartModel, PartReply, Placed, Size, View} from '../view.ts';
import {besidePart} from './errors/beside.ts';
import {detailLines} from './errors/details.ts';
import {hierarchyLines} from './errors/hierarchy.ts';
import {sourceOf} from './errors/source.ts';
import {pathOf, statementLines} from './errors/statement.ts';

type Model = PaneModel<ErrorsState>;

const items = [...errorCases, ...notProvoked].map((_, index) => index);

const list = tablePart<ErrorsState>({
  id: 'errors',
  title: ({state}) => {
    const known = Object.values(state.errors);
    const count = known.filter(({status, outcome}) => status === 'happened' && outcome === 'error').length;
    return `Errors: ${count} of ${errorCases.length} made to happen`;
  },
  items: () => items,
  columns: [
    {id: 'status', head: '', width: 9, rank: 9, cell: (item, model) => statusCell(item, model)},
    {id: 'error', head: 'error', width: 17, rank: 10, cell: item => [[nameOf(item), 'strong']]},
    {id: 'title', head: 'what is wrong', width: 14, grow: 1, rank: 5, cell: item => titleOf(item)},
    {id: 'group', head: 'group', width: 25, rank: 1, cell: item => [[groupOf(item), 'dim']]},
  ],
  grabs: key => key === 'p',
  press: provokeSelected,
  explain: model => explainSelected(model.cursor),
});

const code = codePart<ErrorsState>({
  title: model => `A program that gets ${nameOf(selectedIn(model))}`,
  code: model => equivalentsOf(errorCases[selectedIn(model)]?.id ?? 'ECONNREFUSED'),
});

/** The table’s cursor. Parts that only show are given it with their model. */
const selectedIn = (model: Model): number => (model as PartModel<ErrorsState>).cursors?.['errors'] ?? 0;

const idIn = (model: Model): string | undefined => errorCases[selectedIn(model)]?.id;

const detailsOf = (model: Model, cells: number) => detailLines(idIn(model) ?? nameOf(selectedIn(model)), model, cells);

const parts: readonly Part<ErrorsState>[] = [
  {
    ...list,
    // `wirebook data errors ECONNREFUSED`, or the field: the row that is meant.
    jump: ({ask}) => {
      const item = errorCases.findIndex(({id}) => id === ask['error']);
      return item < 0 ? undefined : {id: item, cursor: item};
    },
  },
  besidePart(
    [
      {name: 'error', lines: detailsOf},
      {name: 'Python', lines: (model, cells) => statementLines(idIn(model), model, 'Python', cells)},
      {name: 'TypeScript', lines: (model, cells) => statementLines(idIn(model), model, 'Node', cells)},
      {name: 'classes', lines: model => hierarchyLines(idIn(model), model)},
    ],
    provokeSelected,
  ),
  textPart('details', model => nameOf(selectedIn(model)), detailsOf),
  textPart('hierarchy', 'Python’s classes', model => hierarchyLines(idIn(model), model)),
  textPart(
    'python',
    model => `Python: ${pathOf(idIn(model), model.state, 'Python')}`,
    (model, cells) => statementLines(idIn(model), model, 'Python', cells),
  ),
  textPart(
    'typescript',
    model => `TypeScript: ${pathOf(idIn(model), model.state, 'Node')}`,
    (model, cells) => statementLines(idIn(model), model, 'Node', cells),
  ),
  {
    ...code,
    grabs: (key, model) => key === 'p' || code.grabs?.(key, model) === true,
    press: (key, model) => provokeSelected(key, model) ?? code.press?.(key, model),
  },
];

export const errorsView: View<ErrorsState> = {parts, layout};

/** Enter and `p` make the selected error happen, whichever part has the keys. */
function provokeSelected(key: string, model: PartModel<ErrorsState>): PartReply | undefined {
  if (key !== 'p' && key !== 'enter') return undefined;
  return {action: 'provoke', args: {error: nameOf(selectedIn(model))}};
}

function layout(size: Size): readonly Placed[] {
  const {width, height} = size;
  const table = {part: 'errors', atLeast: 5, share: 1, rank: 9};
  const details = {part: 'details', atLeast: 8, rank: 8};
  const python = {part: 'python', atLeast: 10, rank: 6};
  const typescript = {part: 'typescript', atLeast: 11, rank: 5};
  const hierarchy = {part: 'hierarchy', atLeast: 11, rank: 4};
  const program = {part: 'code', atLeast: 6, share: 1, rank: 3};
  const beside = {part: 'beside', atLeast: height < 12 ? 4 : 9, rank: 8};
  if (width < 90) return stack([{...table, atLeast: height < 12 ? 3 : 5}, beside], size);
  if (width < 160) {
    const left = Math.floor(width * 0.48);
    return [
      ...stack([table, hierarchy], size, 0, left),
      ...stack([{...details, share: 1}, python, typescript], size, left + 1, width - left - 1),
    ];
  }
  const third = Math.floor((width - 2) / 3);
  return [
    ...stack([table, hierarchy], size, 0, third),
    ...stack([{...details, atLeast: 16}, python, {...typescript, share: 1}], size, third + 1, third),
    ...stack([program], size, 2 * third + 2, width - 2 * third - 2),
  ];
}

/** A provocation that ended as it was to, by the outcome that was wanted. */
const ended = {error: 'happened', ok: 'went well', other: 'uncaught'} as const;

function statusCell(item: number, {state}: PartModel<ErrorsState>) {
  const id = errorCases[item]?.id;
  if (id === undefined) return [['never', 'dim']] as const;
  const {status, outcome} = state.errors[id] ?? {};
  if (status === undefined) return [['not yet', 'dim']] as const;
  if (status === 'under way') return [['under way', 'warn']] as const;
  if (status === 'happened') return [[outcome === undefined ? '' : ended[outcome], 'good']] as const;
  return status === 'missing' ? ([['not here', 'warn']] as const) : ([['other', 'bad']] as const);
}

function nameOf(item: number): string {
  return errorCases[item]?.id ?? notProvoked[item - errorCases.length]?.name ?? '';
}

function titleOf(item: number): string {
  return errorCases[item]?.title ?? notProvoked[item - errorCases.length]?.why ?? '';
}

function groupOf(item: number): string {
  const group = errorCases[item]?.group;
  return group === undefined ? 'Not made here, and why' : groups[group];
}

function explainSelected(item: number) {
  const one = errorCases[item];
  if (one === undefined) {
    const absent = notProvoked[item - errorCases.length];
    return absent === undefined ? undefined : {title: absent.name, says: absent.why};
  }
  return {
    title: `${one.id}: ${one.title}`,
    says: `${one.means} ${one.next}`,
    equivalents: equivalentsOf(one.id),
    source: sourceOf(one),
  };
}
