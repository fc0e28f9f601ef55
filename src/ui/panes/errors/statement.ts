import type {ErrorStatus, ErrorsState} from '../../../chapters/data/errors.ts';
import {errorCase} from '../../../chapters/data/errors-cases.ts';
import {type Outcome, outcomeWords} from '../../../chapters/data/errors-shape.ts';
import {
  actualOutcomeOf,
  nodeStatement,
  pythonStatement,
  type StatementLine,
} from '../../../chapters/data/errors-statement.ts';
import {wrapWords} from '../../parts/text.ts';
import type {Line, PaneModel} from '../../view.ts';

export type StatementLanguage = 'Python' | 'Node';

/** The statement with a mark at each line that has run, and another where an error was raised. */
export function statementLines(
  id: string | undefined,
  {state, theme}: PaneModel<ErrorsState>,
  language: StatementLanguage,
  cells: number,
): readonly Line[] {
  if (id === undefined) return [[['There is no program for it.', 'dim']]];
  const lines = language === 'Python' ? pythonStatement(id) : nodeStatement(id);
  if (lines === undefined) {
    const {node} = errorCase(id);
    return wrapWords('why' in node ? node.why : '', Math.max(10, cells)).map(text => [[text, 'dim']]);
  }
  const status = state.errors[id];
  const outcome = outcomeOf(status);
  return lines.map((line): Line => {
    const ran = status !== undefined && hasRun(line, status, outcome, language);
    const raised = ran && outcome !== undefined && line.raises?.includes(outcome) === true;
    const mark = raised ? '! ' : ran ? `${theme.glyphs.selected} ` : '  ';
    return [
      [mark, raised ? 'bad' : 'good'],
      [line.text, raised ? 'bad' : ran ? 'strong' : 'dim'],
    ];
  });
}

/** The clauses in the order they ran, or what the next provocation is to end with. */
export function pathOf(id: string | undefined, state: ErrorsState, language: StatementLanguage): string {
  if (language === 'Node' && (id === undefined || nodeStatement(id) === undefined)) return 'Node does not show it';
  const status = id === undefined ? undefined : state.errors[id];
  if (status === undefined || status.clauses.length === 0) return `next: ${outcomeWords[state.outcome]}`;
  const ran = status.clauses.filter(clause => clause !== 'uncaught') as string[];
  // TypeScript catches everything and throws again what it did not mean to catch.
  if (language === 'Node') {
    if (outcomeOf(status) === 'other' && !ran.includes('except')) ran.splice(1, 0, 'except');
    for (const [index, clause] of ran.entries()) if (clause === 'except') ran[index] = 'catch';
    return `${ran.filter(clause => clause !== 'else').join(' → ')}${status.clauses.includes('uncaught') ? ' → thrown on' : ''}`;
  }
  return `${ran.join(' → ')}${status.clauses.includes('uncaught') ? ' → raised on' : ''}`;
}

/** How it really ended, once it has. */
function outcomeOf(status: ErrorStatus | undefined): Outcome | undefined {
  return status?.happened === undefined ? undefined : actualOutcomeOf(status.clauses);
}

function hasRun(
  line: StatementLine,
  {clauses}: ErrorStatus,
  outcome: Outcome | undefined,
  language: StatementLanguage,
): boolean {
  if (outcome === undefined) return clauses.includes(line.clause) && line.text.startsWith('try');
  if (!line.runs.includes(outcome)) return false;
  return language === 'Node' || clauses.includes(line.clause);
}
