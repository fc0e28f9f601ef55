import type {AnyExperiment} from '../chapters/contract.ts';
import type {KeyMap} from '../chapters/settings.ts';
import {type LoadedConfig, unknownName} from './config.ts';
import type {Row} from './describe.ts';
import {table} from './wrap.ts';

/** Keys of one place: what the reader presses, what it does, and the name the configuration file knows it by. */
export interface KeySection {
  readonly title: string;
  readonly keys: readonly {readonly key: string; readonly says: string; readonly name: string}[];
}

/** Every key: the explorer's, those that move, and each experiment's own; remapped as the configuration says. */
export async function keySections(
  experiments: readonly AnyExperiment[],
  remapped: KeyMap = {},
): Promise<readonly KeySection[]> {
  const {keymap, movements, keyName} = await import('../ui/keymap.ts');
  const now = (name: string, own: readonly string[]) => (remapped[name] === undefined ? own : [remapped[name]]);
  const named = (keys: readonly string[]) => keys.map(keyName).join(', ');
  return [
    {
      title: 'The explorer',
      keys: Object.entries(keymap).map(([name, {keys, title}]) => ({
        key: named(now(name, keys)),
        says: title,
        name,
      })),
    },
    {title: 'Moving', keys: movements.map(({keys, title}) => ({key: named(keys), says: title, name: ''}))},
    ...experiments.map(({id, title, actions}) => ({
      title: `${title} (${id})`,
      keys: Object.entries(actions).map(([name, action]) => ({
        key: named(now(`${id}.${name}`, [action.key])),
        says: action.title,
        name: `${id}.${name}`,
      })),
    })),
  ].filter(({keys}) => keys.length > 0);
}

/** Warnings about actions that the configuration gives keys to and that there are not. */
export async function unknownActions(
  {config, file}: LoadedConfig,
  experiments: readonly AnyExperiment[],
): Promise<readonly string[]> {
  const given = Object.keys(config.keys);
  if (given.length === 0) return [];
  const sections = await keySections(experiments);
  const known = sections.flatMap(({keys}) => keys.map(({name}) => name)).filter(name => name !== '');
  return given.filter(name => !known.includes(name)).map(name => unknownName(`${file}: keys`, 'action', name, known));
}

/** What `wirebook keys` prints. */
export async function keysText(experiments: readonly AnyExperiment[], remapped: KeyMap = {}): Promise<string> {
  const sections = await keySections(experiments, remapped);
  return sections
    .map(({title, keys}) => {
      const rows = keys.map(({key, says, name}): Row => [key, name === '' ? says : `${says}  (${name})`]);
      return `${title}\n${table(rows, 100).join('\n')}\n`;
    })
    .join('\n');
}
