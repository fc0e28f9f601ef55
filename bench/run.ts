import {cpus, loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {type BenchRow, holds} from './row.ts';
import {table} from './table.ts';

/** Loaded one at a time, so that what one area needs does not weigh on another's figures. */
const parts: readonly {readonly area: string; readonly measure: () => Promise<readonly BenchRow[]>}[] = [
  {area: 'struct', measure: async () => (await import('./struct.ts')).benchStruct()},
  {area: 'framing', measure: async () => (await import('./framing.ts')).benchFraming()},
  {area: 'hex', measure: async () => (await import('./hex.ts')).benchHex()},
  {area: 'names', measure: async () => (await import('./names.ts')).benchNames()},
  {area: 'terminal', measure: async () => (await import('./pty.ts')).benchTerminal()},
];

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
    const measured = await part.measure();
    rows.push(...measured);
    process.stdout.write(`${table(measured)}\n\n`);
  }
  const failing = rows.filter(row => holds(row) === false);
  const judged = rows.filter(row => holds(row) !== undefined);
  process.stdout.write(`${judged.length - failing.length} of ${judged.length} targets hold.\n`);
  for (const {area, what} of failing) process.stdout.write(`  does not hold: ${area}, ${what}\n`);
}
