import {type AnyExperiment, chapters} from '../chapters/contract.ts';
import {settings} from '../chapters/settings.ts';
import {commands} from './commands.ts';
import {variableOf} from './config.ts';
import {type Description, describeCommand, describeExperiment, generalRows, type Row} from './describe.ts';
import {exitRows} from './help.ts';

/** The manual page, in the man macros of roff (man(7)). */
export function manualPage(experiments: readonly AnyExperiment[], version: string): string {
  return `${[
    `.TH WIREBOOK 1 "" "wirebook ${roff(version)}" "User Commands"`,
    '.SH NAME',
    roff('wirebook - a laboratory for network programming that runs in a terminal'),
    '.SH SYNOPSIS',
    ...synopses.flatMap(line => [`.B ${roff(line)}`, '.br']),
    '.SH DESCRIPTION',
    roff('An experiment asks for a few fields, runs, and emits events. Without arguments Wirebook opens its explorer.'),
    roff('With a chapter and an experiment it opens there; with --json, --text or no terminal it prints what happens.'),
    '.SH OPTIONS',
    roff('Every experiment has these, beside its own.'),
    ...tagged(generalRows),
    '.SH EXPERIMENTS',
    ...experiments.flatMap(experiment => section(describeExperiment(experiment))),
    '.SH COMMANDS',
    ...Object.entries(commands).flatMap(([name, command]) => section(describeCommand(name, command))),
    '.SH EXIT STATUS',
    ...tagged(exitRows),
    '.SH ENVIRONMENT',
    ...tagged(environmentRows),
    '.SH FILES',
    ...tagged(fileRows),
    '.SH SEE ALSO',
    '.BR nc (1),',
    '.BR ss (8),',
    '.BR xxd (1),',
    '.BR tcp (7)',
  ].join('\n')}\n`;
}

const synopses = [
  'wirebook',
  `wirebook ${Object.keys(chapters).join('|')} EXPERIMENT [flags]`,
  'wirebook COMMAND …',
] as const;

/** What the environment can set, as rows. */
export const environmentRows: readonly Row[] = [
  ['NO_COLOR', 'no colour, when it is set and not empty'],
  ['FORCE_COLOR', '0 to 3: none, 16, 256, true colour; outweighs NO_COLOR'],
  ['XDG_CONFIG_HOME', 'where the folder wirebook with its config.json lies, instead of ~/.config'],
  ...Object.entries(settings).map(([name, {label, hint}]): Row => [variableOf(name), `${label}: ${hint}`]),
];

/** The files that are read, as rows. */
export const fileRows: readonly Row[] = [
  ['~/.config/wirebook/config.json', 'the settings, and keys given to actions; wirebook schema config describes it'],
];

function section({command, says, synopsis, fields, actions}: Description): readonly string[] {
  return [
    `.SS ${roff(command)}`,
    roff(says),
    '.PP',
    `.B ${roff(synopsis)}`,
    ...tagged(fields),
    ...(actions.length === 0 ? [] : ['.PP', roff('Actions, for --do:'), ...tagged(actions)]),
  ];
}

const tagged = (rows: readonly Row[]) => rows.flatMap(([left, right]) => ['.TP', `.B ${roff(left)}`, roff(right)]);

/** A backslash starts an escape, a dot or a quote at the start of a line a request, and a plain dash is a hyphen. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/, '\\&');
}
