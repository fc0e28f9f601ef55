import {stringify} from '../journal/json.ts';
import {nearest} from '../wire/text/nearest.ts';
import {visible} from '../wire/text/visible.ts';
import {commands} from './commands.ts';
import type {Parts} from './explore.ts';
import type {HexAsk} from './hex.ts';
import type {Io} from './io.ts';
import type {LabAsk} from './lab.ts';
import type {CommandInvocation} from './parse.ts';
import {printText, refuse} from './print-text.ts';
import {type Failure, wrong} from './result.ts';

/** Carries out a command that is no experiment. */
export async function runCommand(invocation: CommandInvocation, io: Io, parts: Parts): Promise<number> {
  const {command, words, ask, given} = invocation;
  const most = commands[command].takes === '' ? 0 : 1;
  if (words.length > most)
    return refuse(wrong('usage.positional', `“${words[most]}” has no place here`, helpFor(command)), io);
  const [word] = words;
  switch (command) {
    case 'hex': {
      const {runHex} = await import('./hex.ts');
      return runHex(word === '-' ? undefined : word, ask as HexAsk, given, io);
    }
    case 'open': {
      if (word === undefined) return refuse(wrong('usage.file', 'open needs a file', helpFor(command)), io);
      const {runOpen} = await import('./open.ts');
      return runOpen(word, {json: ask.json === true, text: ask.text === true}, io, parts);
    }
    case 'lab': {
      const verbs = commands.lab.words;
      const verb = verbs.find(one => one === word);
      if (word === undefined) return refuse(wrong('usage.verb', 'lab needs up, status or down', helpFor(command)), io);
      if (verb === undefined) return refuse(unknownWord(word, verbs), io);
      const {runLab} = await import('./lab.ts');
      return runLab(verb, ask as unknown as LabAsk, io);
    }
    case 'doctor': {
      const {runDoctor} = await import('./doctor.ts');
      return runDoctor(ask.json === true, io);
    }
    case 'config':
      return runConfig(ask.json === true, io, parts);
    case 'keys': {
      const [{loadConfig}, {keysText}] = await Promise.all([import('./config.ts'), import('./keys.ts')]);
      return printText(await keysText(await parts.experiments(), loadConfig(io.env).config.keys), io);
    }
    case 'schema':
      return runSchema(word ?? 'events', io, parts);
    case 'completions':
      return runCompletions(word, io, parts);
  }
}

async function runConfig(json: boolean, io: Io, parts: Parts): Promise<number> {
  const [{loadConfig, configText}, {unknownActions}] = await Promise.all([import('./config.ts'), import('./keys.ts')]);
  const read = loadConfig(io.env);
  const warnings = [...read.warnings, ...(await unknownActions(read, await parts.experiments()))];
  const loaded = {...read, warnings};
  for (const warning of loaded.warnings) io.stderr.write(`wirebook: ${visible(warning)}\n`);
  return printText(json ? `${stringify(loaded)}\n` : visible(configText(loaded), {lines: true}), io);
}

async function runSchema(which: string, io: Io, parts: Parts): Promise<number> {
  const {eventsSchema, configSchema} = await import('./schema.ts');
  if (which === 'events')
    return printText(`${JSON.stringify(eventsSchema(await parts.experiments()), undefined, 2)}\n`, io);
  if (which === 'config') return printText(`${JSON.stringify(configSchema(), undefined, 2)}\n`, io);
  return refuse(unknownWord(which, commands.schema.words), io);
}

async function runCompletions(shell: string | undefined, io: Io, parts: Parts): Promise<number> {
  const {completions} = await import('./completions.ts');
  const script = shell === undefined ? undefined : completions(shell, await parts.experiments());
  if (script !== undefined) return printText(script, io);
  if (shell !== undefined) return refuse(unknownWord(shell, commands.completions.words), io);
  return refuse(
    wrong('usage.shell', 'completions needs a shell', `Name one of ${commands.completions.words.join(', ')}.`),
    io,
  );
}

function unknownWord(word: string, words: readonly string[]): Failure {
  const near = nearest(word, words);
  return wrong(
    'usage.word',
    `There is no “${word}” here`,
    near === undefined ? `There are ${words.join(', ')}.` : `Did you mean ${near}?`,
  );
}

const helpFor = (command: string) => `wirebook help ${command} says what it takes.`;
