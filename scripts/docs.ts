import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {allExperiments} from '../src/chapters/registry.ts';
import {manualPage} from '../src/cli/manual.ts';
import {commandsPage, keysPage} from '../src/cli/reference.ts';
import {configSchema, eventsSchema} from '../src/cli/schema.ts';
import {version} from '../src/cli/version.ts';

const root = resolve(import.meta.dirname, '..');

/** What is made from the declarations: written, or with `--check` compared. */
const made: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/commands.md': () => commandsPage(allExperiments),
  'docs/keys.md': () => keysPage(allExperiments),
  'docs/schema.json': () => `${JSON.stringify(eventsSchema(allExperiments), undefined, 2)}\n`,
  'docs/config.schema.json': () => `${JSON.stringify(configSchema(), undefined, 2)}\n`,
  'man/wirebook.1': () => manualPage(allExperiments, version()),
};

const check = process.argv.includes('--check');

for (const [name, make] of Object.entries(made)) {
  const file = join(root, name);
  const text = await make();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    process.stderr.write(`${name} is stale. Run: npm run docs\n`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, text);
    process.stdout.write(`wrote ${name}\n`);
  }
}
