import type {AnyExperiment} from '../chapters/contract.ts';
import type {Field, Fields} from '../chapters/fields.ts';
import {listsChoices, valueName} from './ask.ts';
import type {Command} from './commands.ts';
import {generalFlags} from './general.ts';
import {kebab} from './scan.ts';

/** What is written, and what it means. */
export type Row = readonly [written: string, says: string];

/** Everything the help, the manual page and docs/commands.md say about one command. */
export interface Description {
  /** `wirebook tcp half-close`. */
  readonly command: string;
  readonly title: string;
  readonly says: string;
  readonly synopsis: string;
  readonly fields: readonly Row[];
  readonly actions: readonly Row[];
  readonly events: readonly Row[];
  /** What it does without a screen. */
  readonly alone: string;
}

export function describeExperiment(experiment: AnyExperiment): Description {
  const {id, title, teaches, fields, positionals = [], marked = {}, rest, actions, events, batch} = experiment;
  const command = `wirebook ${id.replace('.', ' ')}`;
  const places = [
    ...Object.entries(marked).map(([mark, name]) => `[${mark}${kebab(name).toUpperCase()}]`),
    ...positionals.filter(name => name !== rest).map(name => `[${kebab(name).toUpperCase()}]`),
  ];
  const more = rest === undefined ? [] : [`[${kebab(rest).toUpperCase()}…]`];
  return {
    command,
    title,
    says: teaches,
    synopsis: [command, ...places, ...more, '[flags]'].join(' '),
    fields: fieldRows(fields),
    actions: Object.entries(actions).map(([name, action]) => {
      const names = Object.keys(action.fields ?? {}).map(field => `[${kebab(field).toUpperCase()}]`);
      return [[name, ...names].join(' '), `${action.title} (key ${action.key})`];
    }),
    events: Object.entries(events).map(([kind, {says, bytes}]) => [kind, ends(says, bytes === true)]),
    alone: batch === undefined ? '' : 'Answers --batch: one JSON request a line, one JSON answer a line.',
  };
}

export function describeCommand(name: string, {takes, says, fields, short}: Command): Description {
  const command = `wirebook ${name}`;
  const flags = Object.keys(fields).length > 0 ? ['[flags]'] : [];
  const synopsis = [command, ...(takes === '' ? [] : [takes]), ...flags].join(' ');
  return {
    command,
    title: name,
    says: sentence(says),
    synopsis,
    fields: fieldRows(fields, short, false),
    actions: [],
    events: [],
    alone: '',
  };
}

/** The general flags, which every experiment has. */
export const generalRows: readonly Row[] = generalFlags.map(flag => {
  const short = 'short' in flag ? `-${flag.short}, ` : '';
  return [`${short}--${flag.name}${'value' in flag ? ` ${flag.value}` : ''}`, flag.says];
});

function fieldRows(fields: Fields, short: Readonly<Record<string, string>> = {}, defaults = true): readonly Row[] {
  return Object.entries(fields).map(([name, field]) => {
    const letter = short[name] === undefined ? '' : `-${short[name]}, `;
    return [letter + written(name, field), meaning(field, defaults)];
  });
}

function written(name: string, field: Field<unknown>): string {
  if (field.input !== 'flag') return `--${kebab(name)} ${valueName(name, field)}`;
  return field.default === true ? `--no-${kebab(name)}` : `--${kebab(name)}`;
}

/** The label, the hint unless it lists choices that are shown anyway, and the default. */
function meaning(field: Field<unknown>, defaults: boolean): string {
  const {label, hint, input} = field;
  const choices = input === 'choice' && hint === field.options?.join(', ');
  const many = field.options === undefined || listsChoices(field) ? '' : `; one of ${field.options.join(', ')}`;
  const words = (hint === '' || choices ? label : `${label}: ${hint}`) + many;
  if (input === 'flag') return field.default === true ? `${words} (on unless given)` : words;
  const shown = field.show(field.default);
  return shown === '' || !defaults ? words : `${words} (default ${shown})`;
}

const ends = (says: string, bytes: boolean) => says.replace(/\.$/, '') + (bytes ? '; has bytes' : '');

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
