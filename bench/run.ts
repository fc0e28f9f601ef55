import {existsSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {type BenchRow, holds} from './row.ts';
import {table} from './table.ts';

/** The areas: a file beside this one, and what it exports. */
const parts = [
  {area: 'struct', file: 'struct.ts', measure: 'benchStruct'},
  {area: 'framing', file: 'framing.ts', measure: 'benchFraming'},
  {area: 'hex', file: 'hex.ts', measure: 'benchHex'},
  {area: 'terminal', file: 'pty.ts', measure: 'benchTerminal'},
] as const;

const {values} = parseArgs({options: {only: {type: 'string', multiple: true}}});
const unknown = values.only?.filter(area => !parts.some(part => part.area === area)) ?? [];

if (unknown.length > 0) {
  process.stderr.write(
    `There is no area ${unknown.join(' or ')}. There are: ${parts.map(({area}) => area).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else await main(values.only);

/** Shows and never judges: the figures of a busy machine are no reason for anything to fail. */
async function main(only: readonly string[] | undefined): Promise<void> {
  const load = loadavg()[0]!.toFixed(1);
  process.stdout.write(
    `Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, load ${load}\n\n`,
  );
  const rows: BenchRow[] = [];
  for (const part of parts.filter(({area}) => only === undefined || only.includes(area))) {
    const measured = await measure(part);
    rows.push(...measured);
    if (measured.length > 0) process.stdout.write(`${table(measured)}\n\n`);
  }
  const failing = rows.filter(row => holds(row) === false);
  const judged = rows.filter(row => holds(row) !== undefined);
  process.stdout.write(`${judged.length - failing.length} of ${judged.length} targets hold.\n`);
  for (const {area, what} of failing) process.stdout.write(`  does not hold: ${area}, ${what}\n`);
}

async function measure({area, file, measure: name}: (typeof parts)[number]): Promise<readonly BenchRow[]> {
  const path = join(import.meta.dirname, file);
  if (!existsSync(path)) {
    process.stdout.write(`${area}: ${file} is not there, so nothing is measured\n\n`);
    return [];
  }
  const part = (await import(path)) as Record<string, () => Promise<readonly BenchRow[]>>;
  return await part[name]!();
}
