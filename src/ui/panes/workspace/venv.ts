import type {Told} from '../../../chapters/names/workspace-shape.ts';
import type {WorkspaceState} from '../../../chapters/names/workspace-state.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Role} from '../../theme.ts';
import type {Line} from '../../view.ts';

export interface VenvRow {
  readonly line: Line;
  readonly step: Told<'venv'>;
}

const made = new WeakMap<object, readonly VenvRow[]>();

const roles: Readonly<Record<Told<'venv'>['status'], Role>> = {done: 'good', failed: 'bad', impossible: 'warn'};

/** Each step: its command, what it printed, and what is otherwise than before. */
export function venvRows({venv}: Pick<WorkspaceState, 'venv'>): readonly VenvRow[] {
  const known = made.get(venv);
  if (known !== undefined) return known;
  const rows = venv.flatMap(step => linesOf(step).map(line => ({line, step})));
  made.set(venv, rows);
  return rows;
}

function linesOf({number, book, command, status, output, changed, why, seconds}: Told<'venv'>): readonly Line[] {
  return [
    [
      [`${number}. `, 'dim'],
      [command, 'call'],
      command === book ? '' : [`  the book: ${book}`, 'dim'],
      [`  ${status}`, roles[status]],
      [`  ${quantity(seconds, 's')}`, 'dim'],
    ],
    ...(output === '' ? [] : output.split('\n').map((row): Line => ['   ', [row, 'dim']])),
    ...changed.map((change): Line => ['   ', ['· ', 'accent'], change]),
    ...(why === undefined ? [] : [['   ', [why, 'warn']] satisfies Line]),
  ];
}
