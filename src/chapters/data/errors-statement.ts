import {errorCase} from './errors-cases.ts';
import type {Clause, ErrorCase, Outcome, Snippet} from './errors-shape.ts';

/** One line of a try statement: the clause it stands in, and the outcomes in which it runs. */
export interface StatementLine {
  readonly text: string;
  readonly clause: Clause;
  readonly runs: readonly Outcome[];
  /** The outcomes in which an error is raised, or goes on, at this line. */
  readonly raises?: readonly Outcome[];
}

const always: readonly Outcome[] = ['ok', 'error', 'other'];

/** try / except / else / finally around the calls of this error. */
export function pythonStatement(id: string): readonly StatementLine[] {
  const {python, symbol} = errorCase(id);
  const {body, last} = python.snippet;
  const only = onlyErrno(id);
  // A clause that is looked at runs its head; where the class says enough, another error never gets inside.
  const caught: readonly Outcome[] = ['error'];
  const inside: readonly Outcome[] = only ? ['error', 'other'] : caught;
  return [
    {text: 'try:', clause: 'try', runs: always},
    ...bodyLines(body),
    {text: `except ${python.class} as error:`, clause: 'except', runs: ['error', 'other']},
    ...(only
      ? [
          {text: `    if error.errno != errno.${symbol}:`, clause: 'except', runs: inside} as const,
          {text: '        raise', clause: 'except', runs: ['other'], raises: ['other']} as const,
        ]
      : []),
    {text: "    print('caught', type(error).__name__, error)", clause: 'except', runs: caught},
    {text: 'else:', clause: 'else', runs: ['ok']},
    {text: "    print('it went well')", clause: 'else', runs: ['ok']},
    {text: 'finally:', clause: 'finally', runs: always},
    ...last.map(text => ({text: `    ${text}`, clause: 'finally', runs: always}) as const),
  ];
}

/** The same in TypeScript, which has no else and no clause for a class: undefined where Node cannot show the error. */
export function nodeStatement(id: string): readonly StatementLine[] | undefined {
  const {node} = errorCase(id);
  if (!('snippet' in node)) return undefined;
  const {body, last} = node.snippet;
  return [
    {text: 'try {', clause: 'try', runs: always},
    ...bodyLines(body, '  '),
    {text: "  console.log('it went well'); // no else: what fails here is caught, too", clause: 'else', runs: ['ok']},
    {text: '} catch (error) {', clause: 'except', runs: ['error', 'other']},
    {text: '  const {code, message} = error as NodeJS.ErrnoException;', clause: 'except', runs: ['error', 'other']},
    {
      text: `  if (code !== '${node.code}') throw error;`,
      clause: 'except',
      runs: ['error', 'other'],
      raises: ['other'],
    },
    {text: "  console.log('caught', code, message);", clause: 'except', runs: ['error']},
    {text: '} finally {', clause: 'finally', runs: always},
    ...last.map(text => ({text: `  ${text}`, clause: 'finally', runs: always}) as const),
    {text: '}', clause: 'finally', runs: always},
  ];
}

/** A whole program around the statement, which makes the error happen when it is run. */
export function pythonProgram(id: string): string {
  const one = errorCase(id);
  const {imports, setup} = one.python.snippet;
  const head = onlyErrno(id) ? imports : imports.filter(line => line !== 'import errno');
  return program([...(head.length > 0 ? [...head, ''] : []), ...setup, ...texts(pythonStatement(id))]);
}

export function nodeProgram(id: string): string | undefined {
  const {node} = errorCase(id);
  const statement = nodeStatement(id);
  if (statement === undefined || !('snippet' in node)) return undefined;
  const {imports, setup} = node.snippet;
  const note = '// TypeScript: save it as a .mts file. Node 22.18 and later run it as it is.';
  return program([note, ...imports, '', ...setup, ...texts(statement)]);
}

/** The outcomes that can be had. `except OSError` lets no error of this chapter go past it. */
export function outcomesOf(id: string): readonly Outcome[] {
  if (errorCase(id).group === 'own') return ['error'];
  return id === 'EAI_SYSTEM' ? ['error', 'ok'] : always;
}

/** Clauses in the order in which they are entered. */
export function clausesOf(outcome: Outcome, id: string): readonly Clause[] {
  if (outcome === 'ok') return ['try', 'else', 'finally'];
  if (outcome === 'error') return ['try', 'except', 'finally'];
  return onlyErrno(id) ? ['try', 'except', 'finally', 'uncaught'] : ['try', 'finally', 'uncaught'];
}

/** How a statement ended, by the clauses that were entered. */
export function actualOutcomeOf(entered: readonly Clause[]): Outcome {
  if (entered.includes('else')) return 'ok';
  return entered.includes('uncaught') ? 'other' : 'error';
}

/** Whether the class alone does not tell this error from others, so that errno is compared. */
function onlyErrno(id: string): boolean {
  const {python, symbol}: ErrorCase = errorCase(id);
  return python.class === 'OSError' && symbol !== 'EAI_SYSTEM';
}

function bodyLines(body: Snippet['body'], indent = '    '): StatementLine[] {
  return body.map((text, index) => ({
    text: indent + text,
    clause: 'try',
    // The first line fails with the error that is looked for; what follows it runs only when it went well.
    runs: index === 0 ? always : (['ok', 'other'] as const),
    raises: index === 0 ? (body.length > 1 ? ['error'] : ['error', 'other']) : ['other'],
  }));
}

const texts = (lines: readonly StatementLine[]): string[] => lines.map(({text}) => text);

const program = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
