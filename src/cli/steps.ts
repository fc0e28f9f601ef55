import type {AnyExperiment, Step} from '../chapters/contract.ts';
import {nearest} from '../wire/text/nearest.ts';
import {flagsOf, readAsk} from './ask.ts';
import {good, type Result, wrong} from './result.ts';
import {scan} from './scan.ts';
import {splitWords} from './words.ts';

/**
 * Reads `--do 'ACTION [arg…]'`: the action's name, then values for its fields, in their order or as flags. Further words
 * belong to the last field when that is text, so that `send hello world` sends both.
 */
export function readStep(experiment: AnyExperiment, typed: string): Result<Step> {
  const words = splitWords(typed);
  if (!words.ok) return words;
  const [id = '', ...given] = words.value;
  const action = Object.hasOwn(experiment.actions, id) ? experiment.actions[id] : undefined;
  if (action === undefined) return noAction(experiment, id);
  const fields = action.fields ?? {};
  const scanned = scan(given, flagsOf(fields));
  if (!scanned.ok) return scanned;
  const names = Object.keys(fields);
  const args = readAsk({fields, positionals: names}, {...scanned.value, positionals: joined(names, fields, scanned)});
  return args.ok ? good({action: id, args: args.value}) : args;
}

function joined(
  names: readonly string[],
  fields: AnyExperiment['fields'],
  {value: {positionals}}: {value: {positionals: readonly string[]}},
): readonly string[] {
  const last = names.length - 1;
  if (positionals.length <= names.length || fields[names[last] ?? '']?.input !== 'text') return positionals;
  return [...positionals.slice(0, last), positionals.slice(last).join(' ')];
}

function noAction({actions, id: experiment}: AnyExperiment, id: string): Result<never> {
  const ids = Object.keys(actions);
  const near = nearest(id, ids);
  const next = near === undefined ? `There are: ${ids.join(', ') || 'none'}.` : `Did you mean ${near}?`;
  return wrong('usage.action', `${experiment.replace('.', ' ')} has no action “${id}”`, next);
}
