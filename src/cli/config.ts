import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {type Config, settings} from '../chapters/settings.ts';
import {nearest} from '../wire/text/nearest.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where a setting's value comes from: `default`, the file's path, or the name of an environment variable. */
export type Origins = Readonly<Record<keyof Config, string>>;

export interface LoadedConfig {
  readonly config: Config;
  readonly origins: Origins;
  readonly file: string;
  /** Sentences about what was not understood; the rest holds. */
  readonly warnings: readonly string[];
}

/**
 * `config.json` of the active workspace; without one `$XDG_CONFIG_HOME/wirebook/config.json`, by the XDG rules: a relative path
 * there counts as unset.
 */
export function configFile(env: Env): string {
  if (env.WIREBOOK_WORKSPACE?.startsWith('/') === true) return join(env.WIREBOOK_WORKSPACE, 'config.json');
  const base = env.XDG_CONFIG_HOME;
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.config'), 'wirebook', 'config.json');
}

/** Defaults, then the file, then the environment. Nothing here fails: what cannot be meant is warned of and left out. */
export function loadConfig(env: Env, readText = readFile): LoadedConfig {
  const file = configFile(env);
  const warnings: string[] = [];
  const values: Record<string, unknown> = {keys: {}};
  const origins: Record<string, string> = {keys: 'default'};
  for (const [name, field] of Object.entries(settings)) {
    values[name] = field.default;
    origins[name] = 'default';
  }
  const set = (name: string, typed: string, origin: string) => {
    const read = settings[name as keyof typeof settings].read(typed);
    if (read.ok) [values[name], origins[name]] = [read.value, origin];
    else warnings.push(`${origin}: ${name}: ${read.says}.${read.next === undefined ? '' : ` ${read.next}`}`);
  };
  for (const [name, value] of Object.entries(parseFile(file, readText, warnings))) {
    if (name === '$schema') continue;
    if (name === 'keys') {
      values.keys = keysOf(value, file, warnings);
      origins.keys = file;
    } else if (Object.hasOwn(settings, name)) set(name, String(value), file);
    else warnings.push(unknownName(file, 'setting', name, [...Object.keys(settings), 'keys']));
  }
  for (const {name, typed, origin} of environmentSettings(env)) set(name, typed, origin);
  return {config: values as unknown as Config, origins: origins as Origins, file, warnings};
}

/** What `wirebook config` prints: each setting, its value and where that comes from. */
export function configText({config, origins, file}: LoadedConfig): string {
  const rows = Object.entries(settings).map(([name, field]) => {
    const value = (field.show as (value: unknown) => string)(config[name as keyof Config]);
    return [name, value, origins[name as keyof Config]] as const;
  });
  const keys = Object.entries(config.keys).map(([action, key]) => [`keys.${action}`, key, origins.keys] as const);
  const all = [...rows, ...keys];
  const wide = (column: 0 | 1) => Math.max(...all.map(row => row[column].length));
  const lines = all.map(([name, value, origin]) => `${name.padEnd(wide(0))}  ${value.padEnd(wide(1))}  ${origin}`);
  return `${file}\n\n${lines.join('\n')}\n`;
}

/** `framesPerSecond` is WIREBOOK_FRAMES_PER_SECOND. */
export function variableOf(setting: string): string {
  return `WIREBOOK_${setting.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`;
}

/** In rising order of weight: what is general gives way to what names Wirebook; FORCE_COLOR beats NO_COLOR, as in Node. */
function environmentSettings(env: Env): readonly {name: string; typed: string; origin: string}[] {
  const found: {name: string; typed: string; origin: string}[] = [];
  if ((env.NO_COLOR ?? '') !== '') found.push({name: 'colour', typed: 'never', origin: 'NO_COLOR'});
  const forced = env.FORCE_COLOR;
  const level = forced === undefined ? undefined : forcedColours[forced.toLowerCase()];
  if (level !== undefined) found.push({name: 'colour', typed: level, origin: 'FORCE_COLOR'});
  for (const name of Object.keys(settings)) {
    const typed = env[variableOf(name)];
    if (typed !== undefined) found.push({name, typed, origin: variableOf(name)});
  }
  return found;
}

const forcedColours: Readonly<Record<string, string>> = {
  '': '16',
  '0': 'never',
  '1': '16',
  '2': '256',
  '3': 'true',
  false: 'never',
  true: '16',
};

function parseFile(file: string, readText: (file: string) => string | undefined, warnings: string[]): object {
  try {
    const text = readText(file);
    if (text === undefined) return {};
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    warnings.push(`${file} is not a JSON object: nothing of it was used.`);
  } catch (error) {
    warnings.push(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {};
}

function keysOf(value: unknown, file: string, warnings: string[]): Record<string, string> {
  const keys: Record<string, string> = {};
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (entries.length === 0 && JSON.stringify(value) !== '{}')
    warnings.push(`${file}: keys: expected an object such as {"shell.palette": ":"}.`);
  for (const [action, key] of entries) {
    if (typeof key === 'string' && key !== '') keys[action] = key;
    else warnings.push(`${file}: keys: ${action}: a key is a text such as "s" or "F5".`);
  }
  return keys;
}

/** A warning that names what was probably meant. */
export function unknownName(where: string, what: string, name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return `${where}: there is no ${what} “${name}”.${near === undefined ? '' : ` Did you mean “${near}”?`}`;
}

/** `undefined` when there is no such file: having none is the usual case. */
function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
