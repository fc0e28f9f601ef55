import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, parse, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {png} from './picture/png.ts';
import {play, type Scene} from './picture/scene.ts';
import {textRows} from './picture/snapshot.ts';
import {differences, pictureText} from './picture/stale.ts';
import {svg} from './picture/svg.ts';
import {scenes} from './scenes.ts';

const folder = resolve(import.meta.dirname, '../screenshots');

const usage = `Takes the pictures in screenshots/ from the running program.

  npm run screenshots                      take them all
  npm run screenshots -- --only NAME       take one (may be repeated)
  npm run screenshots -- --check           take none, and fail when one does not show what the program shows now
`;

const {values} = parseArgs({
  options: {check: {type: 'boolean'}, only: {type: 'string', multiple: true}, help: {type: 'boolean'}},
});

if (values.help) process.stdout.write(usage);
else process.exitCode = await main(values.check ?? false, values.only);

async function main(check: boolean, only: readonly string[] | undefined): Promise<number> {
  const unknown = only?.filter(name => !scenes.some(scene => scene.name === name)) ?? [];
  if (unknown.length > 0) {
    process.stderr.write(
      `No scene is called ${unknown.join(' or ')}. There are: ${scenes.map(({name}) => name).join(', ')}.\n`,
    );
    return 2;
  }
  mkdirSync(folder, {recursive: true});
  const chosen = scenes.filter(({name}) => only === undefined || only.includes(name));
  let stale = 0;
  for (const scene of chosen) stale += (check ? await verify(scene) : await take(scene)) ? 0 : 1;
  if (check && only === undefined) stale += strays();
  if (stale > 0)
    process.stdout.write(`${stale} of ${chosen.length} pictures need attention. Run: npm run screenshots\n`);
  return stale > 0 ? 1 : 0;
}

async function take(scene: Scene): Promise<boolean> {
  const picture = svg(await play(scene), scene.title);
  writeFileSync(fileOf(scene, 'svg'), picture);
  writeFileSync(fileOf(scene, 'png'), png(picture, scene.zoom));
  process.stdout.write(`took   ${scene.name}\n`);
  return true;
}

async function verify(scene: Scene): Promise<boolean> {
  const older = existsSync(fileOf(scene, 'svg')) ? pictureText(readFileSync(fileOf(scene, 'svg'), 'utf8')) : undefined;
  if (older === undefined || !existsSync(fileOf(scene, 'png'))) return complain(scene, 'there is no picture yet');
  // A busy machine may once show another order of events, or a state it usually passes too fast. What is stale differs always.
  let differing: ReturnType<typeof differences> = [];
  for (let tries = 0; tries < 3; tries++) {
    differing = differences(older, textRows(await play(scene)).join('\n'), scene.volatile);
    if (differing.length === 0) {
      process.stdout.write(`fresh  ${scene.name}\n`);
      return true;
    }
  }
  const shown = differing.slice(0, 5).map(({was, is}) => `         - ${was}\n         + ${is}`);
  return complain(scene, `${differing.length} rows differ\n${shown.join('\n')}`);
}

function complain(scene: Scene, reason: string): false {
  process.stdout.write(`stale  ${scene.name}: ${reason}\n`);
  return false;
}

/** Pictures that no scene makes any more. */
function strays(): number {
  const found = readdirSync(folder).filter(
    file => /\.(svg|png)$/.test(file) && !scenes.some(({name}) => name === parse(file).name),
  );
  for (const file of found) process.stdout.write(`stray  ${file}: no scene makes it. Remove it, or add the scene.\n`);
  return found.length;
}

function fileOf(scene: Scene, ending: 'svg' | 'png'): string {
  return join(folder, `${scene.name}.${ending}`);
}
