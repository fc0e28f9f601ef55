/** Breaks text at blanks so that no line is longer than `width`; a word that is longer stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(part => part !== '')) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Two columns, the right one wrapped; a left cell that is too long has a line to itself. */
export function table(rows: readonly (readonly [string, string])[], width: number, indent = 2): readonly string[] {
  const widest = Math.max(0, ...rows.map(([left]) => left.length));
  const column = Math.min(widest, Math.max(8, Math.floor(width * 0.4)));
  const pad = ' '.repeat(indent);
  return rows.flatMap(([left, right]) => {
    const lines = wrap(right, Math.max(20, width - indent - column - 2));
    const beside = left.length <= column;
    const under = (beside ? lines.slice(1) : lines).map(line => `${pad}${' '.repeat(column)}  ${line}`);
    return [(pad + (beside ? `${left.padEnd(column)}  ${lines[0] ?? ''}` : left)).trimEnd(), ...under];
  });
}
