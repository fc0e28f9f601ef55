import {lineWidth} from '../parts/line.ts';
import {wrapWords} from '../parts/text.ts';
import {explanationNow} from '../selection.ts';
import type {Store} from '../store.ts';
import type {Line} from '../view.ts';
import type {Hit} from './header.ts';

/** What the explanation shows: its rows, and where in them another language can be clicked. */
export interface ExplainPage {
  readonly rows: readonly Line[];
  readonly tabs: {readonly row: number; readonly hits: readonly Hit<number>[]};
  /** The code on screen, to be copied. */
  readonly code: string | undefined;
}

/** The explanation, then the same thing in one language; left and right choose which. */
export function explainPage(store: Store, language: number, cells: number): ExplainPage {
  const said = explanationNow(store);
  if (said === undefined) return {rows: [['Open an experiment first.']], tabs: {row: -1, hits: []}, code: undefined};
  const prose: Line[] = [
    ...wrapWords(said.says, cells).map((row): Line => [row]),
    ...(said.source === undefined ? [] : [[[said.source, 'dim']] as Line]),
  ];
  const equivalents = said.equivalents ?? [];
  const count = equivalents.length;
  if (count === 0) return {rows: prose, tabs: {row: -1, hits: []}, code: undefined};
  const chosen = ((language % count) + count) % count;
  const {line, hits} = languageTabs(
    equivalents.map(one => one.language),
    chosen,
  );
  const code = equivalents[chosen]!.code;
  const rows: Line[] = [...prose, [], line, ...code.split('\n').map((row): Line => ['  ', row])];
  return {rows, tabs: {row: prose.length + 1, hits}, code};
}

function languageTabs(languages: readonly string[], chosen: number): {line: Line; hits: readonly Hit<number>[]} {
  const line: Line[number][] = [];
  const hits: Hit<number>[] = [];
  for (const [index, language] of languages.entries()) {
    const from = lineWidth(line);
    const label = index === chosen ? `[${language}]` : ` ${language} `;
    line.push([label, index === chosen ? 'accent' : 'dim'], ' ');
    hits.push({from, to: from + label.length, what: index});
  }
  return {line, hits};
}
