import {type AnyExperiment, chapters} from '../chapters/contract.ts';
import {settings} from '../chapters/settings.ts';
import {type Command, commands} from './commands.ts';
import {variableOf} from './config.ts';
import {type Description, describeCommand, describeExperiment, generalRows, type Row} from './describe.ts';
import {exitRows} from './help.ts';
import {keySections} from './keys.ts';
import {environmentRows} from './manual.ts';

const generated = (by: string) => `<!-- Made by npm run docs from ${by}. Changes belong there. -->`;

/** docs/commands.md: every command, flag, event and exit code. */
export function commandsPage(experiments: readonly AnyExperiment[]): string {
  return page([
    generated('the declarations of the experiments'),
    '# Commands',
    intro,
    '## Flags of every experiment',
    rowsTable(['flag', 'what it does'], generalRows),
    '## Exit codes',
    rowsTable(['code', 'meaning'], exitRows),
    '## Output for scripts',
    output,
    ...Object.entries(chapters).flatMap(([id, {number, title}]) => [
      `## Chapter ${number}: ${title}`,
      ...experiments.filter(one => one.id.startsWith(`${id}.`)).flatMap(one => section(describeExperiment(one))),
    ]),
    '## Commands that are no experiment',
    ...Object.entries(commands).flatMap(([name, command]) => {
      const {more = []}: Command = command;
      return [...section(describeCommand(name, command)), ...more.map(escaped)];
    }),
    '## Settings',
    settingsText,
    settingsTable(),
    '## Environment',
    rowsTable(['variable', 'what it does'], environmentRows),
  ]);
}

/** docs/keys.md: every key, and the name the configuration file knows it by. */
export async function keysPage(experiments: readonly AnyExperiment[]): Promise<string> {
  const sections = await keySections(experiments);
  return page([
    generated('the keymap and the declarations of the experiments'),
    '# Keys',
    'A key can be given to another action in the configuration file: `{"keys": {"shell.palette": "p"}}`. Those that move cannot.',
    ...sections.flatMap(({title, keys}) => [
      `## ${title}`,
      keys.some(({name}) => name !== '')
        ? cellsTable(
            ['key', 'what it does', 'name'],
            keys.map(({key, says, name}) => [code(key), escaped(says), code(name)]),
          )
        : cellsTable(
            ['key', 'what it does'],
            keys.map(({key, says}) => [code(key), escaped(says)]),
          ),
    ]),
  ]);
}

const intro = `\`wirebook\` opens the explorer. \`wirebook CHAPTER EXPERIMENT\` opens that experiment in a terminal, already running;
with \`--json\`, \`--text\`, \`--once\`, \`--do\`, \`--timeout\`, \`--save\` or \`--batch\`, with \`-\` for standard input, or without a
terminal it prints what happens instead. Values without a flag go to the fields in the order of the synopsis; \`HOST:PORT\`
and \`[::1]:80\` fill host and port at once. After \`--\` every word is a value. \`wirebook udp\` is \`wirebook tcp udp\`.`;

const output = `\`--json\` prints one object a line. Each has \`kind\`, \`t\` (seconds since the start, monotonic) and \`run\`; bytes are
hexadecimal. A failure is a line of kind \`error\` as well as a sentence on standard error. The last line is always
\`{"kind":"end",…}\` with how it ended, the exit code, and the count of what could not be printed. The schema is in
[schema.json](schema.json), and \`wirebook schema\` prints it. A slow reader slows the experiment down or, where that cannot
be done, has its losses counted in \`dropped\`; a reader that leaves (\`| head\`) ends the command quietly.

\`--text\` prints what a person would want to read or the next program to get. A pipe gets bytes as they are; a terminal gets
them made visible.`;

const settingsText = `\`$XDG_CONFIG_HOME/wirebook/config.json\` (by default \`~/.config/wirebook/config.json\`) may set these; each can also be set in
the environment, which outweighs the file. \`keys\` gives keys to actions, by the names in [keys.md](keys.md). An unknown name
is warned of, with the nearest known one. \`wirebook config\` prints what holds, and where it comes from.`;

function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, field]) => {
    const shown = (field.show as (value: unknown) => string)(field.default);
    return [code(name), code(variableOf(name)), escaped(`${field.label}: ${field.hint}`), code(shown)];
  });
  return cellsTable(['setting', 'variable', 'what it does', 'default'], rows);
}

function section({command, title, says, synopsis, fields, actions, events, alone}: Description): readonly string[] {
  return [
    `### ${title === command.split(' ').at(-1) ? command : `${title} (\`${command}\`)`}`,
    escaped(says),
    ...(alone === '' ? [] : [escaped(alone)]),
    `\`\`\`\n${synopsis}\n\`\`\``,
    ...(fields.length === 0 ? [] : [rowsTable([events.length > 0 ? 'field' : 'flag', 'what it is'], fields)]),
    ...(actions.length === 0 ? [] : [rowsTable(['action, for `--do`', 'what it does'], actions)]),
    ...(events.length === 0 ? [] : [rowsTable(['event', 'when'], events)]),
  ];
}

const rowsTable = (head: readonly [string, string], rows: readonly Row[]) =>
  cellsTable(
    head,
    rows.map(([left, right]) => [code(left), escaped(right)]),
  );

function cellsTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const page = (parts: readonly string[]) => `${parts.join('\n\n')}\n`;

/** A pipe would end the table's cell, even inside code. */
const code = (text: string) => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``);

const escaped = (text: string) => text.replaceAll(/[|<>*_]/g, '\\$&');
