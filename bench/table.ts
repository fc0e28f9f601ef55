import {type BenchRow, holds} from './row.ts';

/** The rows as a table for a terminal: one line for ours, and one for each peer below it with how we compare. */
export function table(rows: readonly BenchRow[]): string {
  const lines = rows.flatMap(row => [
    [row.area, row.what, `${figure(row.ours)} ${row.unit}`, '', promise(row), verdict(row)],
    ...row.peers.map(({name, value}) => [
      '',
      `  ${name}`,
      `${figure(value)} ${row.unit}`,
      comparison(row, value),
      '',
      '',
    ]),
    ...(row.note === undefined ? [] : [['', `  (${row.note})`, '', '', '', '']]),
  ]);
  const head = ['area', 'what', 'value', 'ours is', 'target', ''];
  const widths = head.map((_title, k) => Math.max(...[head, ...lines].filter(isAligned).map(line => line[k]!.length)));
  return [head, ...lines]
    .map(line =>
      line
        .map((text, k) => pad(text, widths[k]!, k === 2))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function promise({target, better}: BenchRow): string {
  if (target === undefined) return '';
  if ('atMost' in target) return `at most ${figure(target.atMost)}`;
  const enough = target.enough === undefined ? '' : `, or ${target.enough}`;
  return `${better === 'lower' ? 'at most' : 'at least'} ${target.ratio} x ${target.peer}${enough}`;
}

function verdict(row: BenchRow): string {
  if (row.target === undefined) return '';
  const met = holds(row);
  if (met === undefined) return 'not measured: the peer is not here';
  return met ? 'holds' : 'DOES NOT HOLD';
}

function comparison({ours, better}: BenchRow, value: number): string {
  if (value === 0 || ours === 0) return '';
  const ratio = better === 'lower' ? value / ours : ours / value;
  const [more, less] = better === 'lower' ? ['less', 'more'] : ['more', 'less'];
  return ratio >= 1 ? `${figure(ratio)} x ${more}` : `${figure(1 / ratio)} x ${less}`;
}

function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A note is long and has nothing beside it: it does not make its column wider. */
function isAligned(line: readonly string[]): boolean {
  return !line[1]!.startsWith('  (');
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}
