import type {AnyExperiment} from '../chapters/contract.ts';
import type {Run} from '../chapters/run.ts';
import type {WireEvent} from '../journal/event.ts';
import type {Journal} from '../journal/journal.ts';
import {stringify, toJson} from '../journal/json.ts';
import {formatProblem, type Problem} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import type {Ask} from './ask.ts';
import type {Outlet} from './outlet.ts';
import type {Ending} from './perform.ts';

/** Events as a script reads them. `event` is called once for each, in order, then `end` once. */
export interface Printer {
  event(event: WireEvent): void;
  end(ending: Ending, t: number): void;
}

type Source = Pick<Run, 'id' | 'journal'>;

/**
 * One JSON object a line. The last line has kind `end` and says how it ended and what could not be printed; `missing`
 * events were gone before.
 */
export function jsonPrinter(outlet: Outlet, {id: run, journal}: Source, missing = 0): Printer {
  const dropped = {events: missing, bytes: 0};
  const print = (value: unknown) => outlet.write(stringify(value) + '\n');
  return {
    event(event) {
      const bytes = journal.bytesOf(event);
      const length = event.bytes?.length ?? 0;
      if (bytes === undefined) dropped.bytes += length;
      if (print(toJson(event, bytes))) return;
      dropped.events++;
      if (bytes !== undefined) dropped.bytes += length;
    },
    end({status, code, problem, action}, t) {
      const at = Math.round(t * 1e6) / 1e6;
      if (problem !== undefined) print({kind: 'error', t: at, run, ...(action !== undefined && {action}), problem});
      print({kind: 'end', t: at, run, status, code, dropped, ...(problem !== undefined && {problem})});
    },
  };
}

/** The experiment's own lines. Bytes go out as they are, unless a person looks at them in a terminal. */
export function textPrinter(
  outlet: Outlet,
  {journal}: {journal: Journal},
  experiment: AnyExperiment,
  ask: Ask,
  terminal: boolean,
  aside: (line: string) => void = () => undefined,
): Printer {
  return {
    event(event) {
      const line = experiment.line(event as never, journal.bytesOf(event), ask as never);
      if (line === undefined) return;
      if (typeof line === 'string') outlet.write(visible(line, {lines: true}) + '\n');
      else if ('raw' in line) outlet.write(terminal ? `${visible(line.shown, {lines: true})}\n` : line.raw);
      else if ('aside' in line) aside(`wirebook: ${visible(line.aside, {lines: true})}\n`);
      else outlet.write(terminal ? visible(line, {lines: true}) : line);
    },
    end: () => undefined,
  };
}

/** A problem as standard error shows it: the sentence, the typed text with the mistake marked, the next step. */
export function problemLines(problem: Problem): string {
  const {verbatim, says, next, mark} = problem;
  const sentence = `wirebook: ${visible(verbatim === true ? says : formatProblem(problem))}\n`;
  const after = verbatim === true && next !== undefined ? `  ${visible(next)}\n` : '';
  if (mark === undefined || /[\n\r]/.test(mark.text)) return sentence + after;
  const {text, at} = mark;
  return `${sentence}  ${visible(text)}\n  ${' '.repeat(visible(text.slice(0, at)).length)}^\n${after}`;
}
