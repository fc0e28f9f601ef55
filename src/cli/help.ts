import {type AnyExperiment, type ChapterId, chapters} from '../chapters/contract.ts';
import {type Command, commands, isCommand} from './commands.ts';
import {type Description, describeCommand, describeExperiment, generalRows, type Row} from './describe.ts';
import {exitCodes} from './general.ts';
import {isChapter, type Known, noCommand, noExperiment} from './parse.ts';
import {good, type Result} from './result.ts';
import {table, wrap} from './wrap.ts';

/** The help for a chapter, an experiment or a command; the overview for nothing. Lines are at most `width` long. */
export async function help(topic: readonly string[], known: Known, width: number): Promise<Result<string>> {
  const [first, second] = topic;
  if (first === undefined) return good(overview(width));
  if (isCommand(first)) {
    const command: Command = commands[first];
    return good(page(describeCommand(first, command), width, command.more));
  }
  if (!isChapter(first)) return noCommand(first);
  const experiments = await known.experiments(first);
  if (second === undefined) return good(chapterHelp(first, experiments, width));
  const experiment = experiments.find(({id}) => id === `${first}.${second}`);
  if (experiment === undefined) return noExperiment(first, second, experiments);
  const described = describeExperiment(experiment);
  const more = described.alone === '' ? [] : [described.alone];
  return good(page(described, width, more, [['Flags of every experiment', generalRows]]));
}

function overview(width: number): string {
  const usage: readonly Row[] = [
    ['wirebook', 'open the explorer'],
    ['wirebook CHAPTER', 'list its experiments'],
    ['wirebook CHAPTER EXPERIMENT …', 'open that one; with --json, --text or no terminal: print what happens'],
    ['wirebook COMMAND …', 'one of those below'],
  ];
  return join([
    wrap('Wirebook is a laboratory for network programming that runs in your terminal.', width),
    section('Usage', usage, width),
    section(
      'Chapters',
      Object.entries(chapters).map(([id, {number, title}]) => [id, `${number} ${title}`]),
      width,
    ),
    section(
      'Commands',
      Object.entries(commands).map(([name, {takes, says}]) => [`${name} ${takes}`.trim(), says]),
      width,
    ),
    section('Flags of every experiment', generalRows, width),
    section('Exit codes', exitRows, width),
    wrap('wirebook help CHAPTER EXPERIMENT says what that one asks for, does and prints.', width),
  ]);
}

/** Exit codes, as rows. */
export const exitRows: readonly Row[] = Object.values(exitCodes).map(({code, says}) => [String(code), says]);

function chapterHelp(chapter: ChapterId, experiments: readonly AnyExperiment[], width: number): string {
  const {number, title} = chapters[chapter];
  const rows = experiments
    .filter(({id}) => id.startsWith(`${chapter}.`))
    .map(({id, teaches}): Row => [`wirebook ${id.replace('.', ' ')}`, teaches]);
  return join([[`Chapter ${number}: ${title}`], section('Experiments', rows, width)]);
}

function page(
  described: Description,
  width: number,
  more: readonly string[] = [],
  further: readonly (readonly [string, readonly Row[]])[] = [],
): string {
  const {synopsis, says, fields, actions, events} = described;
  return join([
    wrap(says, width),
    [`Usage: ${synopsis}`],
    ...more.map(text => wrap(text, width)),
    section(events.length > 0 ? 'Fields' : 'Flags', fields, width),
    section('Actions, for --do', actions, width),
    section('Events, as --json prints them', events, width),
    ...further.map(([title, rows]) => section(title, rows, width)),
  ]);
}

function section(title: string, rows: readonly Row[], width: number): readonly string[] {
  return rows.length === 0 ? [] : [`${title}:`, ...table(rows, width)];
}

const join = (parts: readonly (readonly string[])[]) =>
  parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n') + '\n')
    .join('\n');
