import type {TextLine} from '../contract.ts';

/** Lines in which tabs make columns, as dig prints records: a file or a pipe gets them, a terminal the blanks they stand for. */
export function tabbed(lines: readonly string[]): TextLine {
  const raw = new TextEncoder().encode(`${lines.join('\n')}\n`);
  return {raw, shown: lines.map(expanded).join('\n')};
}

/** Tabs as blanks, with stops at every eighth column. */
function expanded(line: string): string {
  let shown = '';
  for (const piece of line.split(/(\t)/)) shown += piece === '\t' ? ' '.repeat(8 - (shown.length % 8)) : piece;
  return shown;
}
