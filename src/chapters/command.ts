import {quoteShell} from '../wire/text/quote-shell.ts';
import type {AnyExperiment} from './contract.ts';

/** The command line that opens an experiment exactly so: only what differs from the defaults is said. */
export function commandFor(experiment: AnyExperiment, ask: Readonly<Record<string, unknown>>): string {
  const words = ['wirebook', ...experiment.id.split('.')];
  const said = (name: string) => {
    const field = experiment.fields[name];
    return field !== undefined && name in ask && field.show(ask[name]) !== field.show(field.default);
  };
  const shown = (name: string) => experiment.fields[name]!.show(ask[name]);
  const positionals = experiment.positionals ?? [];
  const places = positionals.slice(0, positionals.findLastIndex(said) + 1);
  // A word that looks like a flag, or like another field, cannot stand alone; then all of them are named, for a gap would shift the others.
  const marks = ['-', ...Object.keys(experiment.marked ?? {})];
  const bare = places.some(name => marks.includes(shown(name).charAt(0))) ? [] : places;
  for (const name of bare) words.push(quoteShell(shown(name)));
  for (const name of Object.keys(experiment.fields)) {
    if (bare.includes(name) || !said(name)) continue;
    const flag = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    if (experiment.fields[name]!.input === 'flag') words.push(ask[name] === true ? `--${flag}` : `--no-${flag}`);
    else if (shown(name).startsWith('-')) words.push(`--${flag}=${quoteShell(shown(name))}`);
    else words.push(`--${flag}`, quoteShell(shown(name)));
  }
  return words.join(' ');
}
