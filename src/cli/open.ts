import {readFileSync} from 'node:fs';
import type {AnyExperiment} from '../chapters/contract.ts';
import {misfit} from '../chapters/run.ts';
import {load, rebuild, type Saved} from '../journal/file.ts';
import type {Problem} from '../journal/problem.ts';
import {nearest} from '../wire/text/nearest.ts';
import type {Ask} from './ask.ts';
import {explore, type Parts} from './explore.ts';
import {exitCodes} from './general.ts';
import type {Io} from './io.ts';
import {Outlet} from './outlet.ts';
import type {Ending} from './perform.ts';
import {jsonPrinter, problemLines, textPrinter} from './print.ts';

type SavedRun = Saved & {readonly ask: Ask};

/** `wirebook open FILE.wirebook`: the pane in a terminal, otherwise the events as they were printed then. */
export async function runOpen(
  file: string,
  {json, text}: {readonly json: boolean; readonly text: boolean},
  io: Io,
  parts: Parts,
): Promise<number> {
  const read = readSaved(file);
  if ('code' in read) return fail(read, io);
  const experiments = await parts.experiments();
  const experiment = experiments.find(({id}) => id === read.experiment);
  if (experiment === undefined) return fail(unknownExperiment(read.experiment, experiments), io);
  const saved = {...read, ask: askOf(experiment, read.ask)};
  return io.interactive && !json && !text ? explore({saved}, io, parts) : reprint(saved, experiment, json, io);
}

async function reprint(saved: SavedRun, experiment: AnyExperiment, json: boolean, io: Io): Promise<number> {
  const bytes = saved.events.reduce(
    (sum, event) => sum + (typeof event.bytes === 'object' ? event.bytes.length : 0),
    0,
  );
  const limits = {events: Math.max(1, saved.events.length), bytes: Math.max(1, bytes)};
  const journal = rebuild(saved, 1, limits, () => undefined);
  const outlet = new Outlet(io.stdout);
  const source = {id: 1, journal};
  const printer = json
    ? jsonPrinter(outlet, source, saved.first)
    : textPrinter(outlet, source, experiment, saved.ask, io.stdout.isTTY === true, line => io.stderr.write(line));
  let ending: Ending = {status: 'done', code: exitCodes.done.code};
  try {
    for (const event of journal) {
      printer.event(event);
      await outlet.caughtUp();
    }
  } catch (error) {
    ending = {status: 'failed', code: exitCodes.failed.code, problem: misfit(experiment, error)};
  }
  printer.end(ending, saved.events.at(-1)?.t ?? 0);
  if (ending.problem !== undefined) io.stderr.write(problemLines(ending.problem));
  await outlet.drained();
  return ending.code;
}

function readSaved(file: string): Saved | Problem {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const errno = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return {code: 'file.read', says: `${file} cannot be read`, next: 'Name a file that wirebook saved.', errno};
  }
  return load(text);
}

/** A file is not trusted: a value that the field itself would not read is replaced by its default. */
function askOf({fields}: AnyExperiment, saved: unknown): Ask {
  const given = typeof saved === 'object' && saved !== null ? (saved as Readonly<Record<string, unknown>>) : {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = given[name];
      const fits = typeof value === typeof field.default && field.read(field.show(value)).ok;
      return [name, fits ? value : field.default];
    }),
  );
}

function unknownExperiment(id: string, experiments: readonly AnyExperiment[]): Problem {
  const near = nearest(
    id,
    experiments.map(known => known.id),
  );
  const next =
    near === undefined ? 'It may be from a newer wirebook.' : `It may be from a newer wirebook; this one has ${near}.`;
  return {code: 'file.experiment', says: `This wirebook has no experiment “${id}”`, next};
}

function fail(problem: Problem, io: Io): number {
  io.stderr.write(problemLines(problem));
  return exitCodes.failed.code;
}
