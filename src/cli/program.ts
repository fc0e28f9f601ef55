import {stringify} from '../journal/json.ts';
import {problemOf} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import {explore, type Parts} from './explore.ts';
import {exitCodes} from './general.ts';
import type {Io} from './io.ts';
import {type ExperimentInvocation, type Invocation, parse} from './parse.ts';
import {problemLines} from './print.ts';
import {printText} from './print-text.ts';
import type {Failure} from './result.ts';

/** Does what the command line says and gives the exit code. Problems are printed; nothing is thrown. */
export async function program(argv: readonly string[], io: Io, parts: Parts): Promise<number> {
  try {
    const invocation = await parse(argv, parts);
    return invocation.ok ? await perform(invocation.value, io, parts) : usage(invocation, argv, io);
  } catch (error) {
    io.stderr.write(problemLines(problemOf(error)));
    if (io.env.WIREBOOK_TRACE === '1' && error instanceof Error)
      io.stderr.write(`${visible(error.stack ?? '', {lines: true})}\n`);
    return exitCodes.failed.code;
  }
}

async function perform(invocation: Invocation, io: Io, parts: Parts): Promise<number> {
  switch (invocation.does) {
    case 'version':
      return printText((await import('./version.ts')).versionLine(), io);
    case 'help': {
      const {help} = await import('./help.ts');
      const shown = await help(invocation.topic, parts, Math.min(100, Math.max(40, io.stdout.columns ?? 80)));
      return shown.ok ? printText(shown.value, io) : usage(shown, [], io);
    }
    case 'explore':
      return io.interactive ? explore({}, io, parts) : noTerminal(io);
    case 'command': {
      const {runCommand} = await import('./run-command.ts');
      return runCommand(invocation, io, parts);
    }
    case 'experiment':
      return experiment(invocation, io, parts);
  }
}

/** In a terminal an experiment opens in the explorer, unless something asks for text or for one pass. */
async function experiment(asked: ExperimentInvocation, io: Io, parts: Parts): Promise<number> {
  const {experiment: declared, ask, json, text, once, batch, steps, timeout, save} = asked;
  const alone = json || text || once || batch || steps.length > 0 || timeout !== undefined || save !== undefined;
  const piped = Object.values(ask).includes('-');
  if (io.interactive && !alone && !piped) return explore({open: {experiment: declared, ask}}, io, parts);
  if (batch) {
    const [{runBatch}, {Outlet}] = await Promise.all([import('./batch.ts'), import('./outlet.ts')]);
    return runBatch(declared.batch!.bind(declared), io.input(true)!, new Outlet(io.stdout));
  }
  const [{Workbench: Bench}, {runHeadless}, world] = await Promise.all([
    import('../chapters/workbench.ts'),
    import('./headless.ts'),
    parts.openWorld(),
  ]);
  const input = io.input(piped);
  const headless = {
    experiment: declared,
    ask,
    once,
    form: json ? 'json' : 'text',
    steps: steps.length > 0 ? steps : (declared.script?.(ask as never) ?? []),
    ...(timeout !== undefined && {timeout}),
    ...(save !== undefined && {save}),
    ...(input !== undefined && {input}),
  } as const;
  return runHeadless(new Bench(world), headless, io);
}

function noTerminal(io: Io): number {
  const next = 'Run it in a terminal, or name an experiment: wirebook help.';
  io.stderr.write(problemLines({code: 'usage.terminal', says: 'The explorer needs a terminal', next}));
  return exitCodes.usage.code;
}

/** Wrong usage. With `--json` a script gets it as lines too, so that the last line is always an end. */
function usage({problem}: Failure, argv: readonly string[], io: Io): number {
  io.stderr.write(problemLines(problem));
  const {code} = exitCodes.usage;
  if (argv.includes('--json')) {
    const {mark: _mark, ...said} = problem;
    const stamp = {t: 0, run: 0};
    const end = {kind: 'end', ...stamp, status: 'failed', code, dropped: {events: 0, bytes: 0}, problem: said};
    io.stdout.write(`${stringify({kind: 'error', ...stamp, problem: said})}\n${stringify(end)}\n`);
  }
  return code;
}
