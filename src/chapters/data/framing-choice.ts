import type {GivenOptions} from '../../wire/framing/define.ts';
import type {OptionSpec, OptionValue} from '../../wire/framing/options.ts';
import {type PresetName, presets} from '../../wire/framing/presets.ts';
import {type FramingName, framingNames, framings, isFramingName} from '../../wire/framing/registry.ts';
import {nearest} from '../../wire/text/nearest.ts';

/** A decoder that was asked for: a framing with its options, under the name it was asked for by. */
export interface Choice {
  readonly name: string;
  readonly framing: FramingName;
  readonly options: GivenOptions;
}

export interface Complaint {
  readonly ok: false;
  readonly field: 'decoders' | 'option';
  readonly says: string;
  readonly next: string;
}

export type Choices = {readonly ok: true; readonly choices: readonly Choice[]} | Complaint;

/** The most decoders side by side: more cannot be told apart. */
export const mostDecoders = 8;

export const decoderNames: readonly string[] = [...framingNames, ...Object.keys(presets)];

/** Reads `blocks, dns` with the options `width=u16,dns.maximum=512`: each option goes to every decoder that has it. */
export function readChoices(decoders: string, option: string): Choices {
  const names = decoders.split(/[\s,+]+/).filter(name => name !== '');
  if (names.length === 0) return wrong('decoders', 'No decoder is named', `Name one of ${framingNames.join(', ')}.`);
  if (names.length > mostDecoders)
    return wrong('decoders', `${names.length} decoders are too many`, `Name ${mostDecoders} at most.`);
  const choices: Choice[] = [];
  for (const [index, name] of names.entries()) {
    // The same framing twice, with other options each, is told apart by its number.
    const before = names.slice(0, index).filter(one => one === name).length;
    const called = before === 0 ? name : `${name}#${before + 1}`;
    if (isFramingName(name)) choices.push({name: called, framing: name, options: {}});
    else if (isPreset(name))
      choices.push({name: called, framing: presets[name].framing, options: presets[name].options});
    else return wrong('decoders', `There is no framing “${name}”`, meant(name, decoderNames, framingNames));
  }
  const given = splitOptions(option);
  if (!given.ok) return given;
  return withOptions(choices, given.options);
}

interface GivenOption {
  /** The decoder it is for; absent: all that have it. */
  readonly decoder: string | undefined;
  readonly name: string;
  readonly text: string;
}

/** Splits `a=1,b=2`. A comma belongs to the value unless a name and `=` follow it, so that `delimiter=,` works. */
export function splitOptions(text: string): {readonly ok: true; readonly options: readonly GivenOption[]} | Complaint {
  const trimmed = text.trim();
  if (trimmed === '') return {ok: true, options: []};
  const options: GivenOption[] = [];
  for (const piece of trimmed.split(/[,\s]\s*(?=[a-z0-9#-]+(?:\.[a-z]+)?=)/i)) {
    const match = /^(?:([a-z0-9#-]+)\.)?([a-z]+)=(.*)$/is.exec(piece);
    if (match === null)
      return wrong('option', `“${piece}” is no option`, 'Write NAME=VALUE, such as width=u16; more with commas.');
    options.push({decoder: match[1], name: match[2]!, text: match[3]!});
  }
  return {ok: true, options};
}

function withOptions(choices: readonly Choice[], given: readonly GivenOption[]): Choices {
  const made = choices.map(choice => ({...choice, options: {...choice.options} as Record<string, OptionValue>}));
  for (const {decoder, name, text} of given) {
    const meantFor = made.filter(choice => decoder === undefined || choice.name === decoder);
    if (meantFor.length === 0)
      return wrong(
        'option',
        `No decoder here is called ${decoder}`,
        `There are ${made.map(one => one.name).join(', ')}.`,
      );
    const having = meantFor.filter(({framing}) => Object.hasOwn(framings[framing].options, name));
    if (having.length === 0) return noOption(name, meantFor);
    for (const choice of having) {
      const read = readValue(name, text, framings[choice.framing].options[name]!);
      if ('says' in read) return wrong('option', read.says, read.next);
      choice.options[name] = read.value;
    }
  }
  for (const {framing, name, options} of made) {
    const opened = framings[framing].open(options);
    if ('kind' in opened)
      return wrong('option', `${name}, ${opened.option}: ${opened.says.replace(/\.$/, '')}`, opened.next);
  }
  return {ok: true, choices: made};
}

function noOption(name: string, among: readonly Choice[]): Complaint {
  const known = [...new Set(among.flatMap(({framing}) => Object.keys(framings[framing].options)))];
  const who = among.map(one => one.name).join(' or ');
  return wrong('option', `${who} has no option “${name}”`, meant(name, known));
}

type ReadValue = {readonly value: OptionValue} | {readonly says: string; readonly next: string};

function readValue(name: string, text: string, spec: OptionSpec): ReadValue {
  switch (spec.type) {
    case 'integer': {
      const digits = text.trim().replace(/(?<=\d)_(?=\d)/g, '');
      if (/^[+-]?\d+$/.test(digits) || /^0x[0-9a-f]+$/i.test(digits)) return {value: Number(digits)};
      return {says: `${name}: “${text}” is not a whole number`, next: `Give one from ${spec.from} to ${spec.to}.`};
    }
    case 'flag':
      if (/^(yes|true|on|1)$/i.test(text)) return {value: true};
      if (/^(no|false|off|0)$/i.test(text)) return {value: false};
      return {says: `${name}: “${text}” is neither yes nor no`, next: `Write ${name}=yes or ${name}=no.`};
    case 'choice':
      if (spec.options.includes(text)) return {value: text};
      return {says: `${name} has no choice “${text}”`, next: meant(text, spec.options)};
    case 'bytes':
      return {value: text};
  }
}

function isPreset(name: string): name is PresetName {
  return Object.hasOwn(presets, name);
}

function meant(word: string, names: readonly string[], listed = names): string {
  const near = nearest(word, names);
  return near === undefined ? `There are ${listed.join(', ') || 'none'}.` : `Did you mean ${near}?`;
}

function wrong(field: Complaint['field'], says: string, next: string): Complaint {
  return {ok: false, field, says, next};
}
