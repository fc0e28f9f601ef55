import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type BuildOptions, build, type OutputFile, type Plugin} from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'dist');
const stampFile = join(out, '.built');

/** Builds `dist/` when a source is newer than the last build; a lock keeps two builds from meeting. */
export async function buildIfStale(): Promise<void> {
  const stamp = newest();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  await withLock(async () => {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
    await buildAll(stamp);
  });
}

/** A build that fails leaves the last good one in place. */
async function buildAll(stamp: string): Promise<void> {
  const {outputFiles} = await build({...buildOptions(entries()), outdir: out, write: false});
  outputFiles.push(...(await buildLibrary()));
  mkdirSync(out, {recursive: true});
  const made = new Set(outputFiles.map(file => basename(file.path)));
  // A program that starts meanwhile must find whole files: chunks, whose names change with what is in them, come first.
  const isChunk = (path: string): boolean => /-[A-Z0-9]{8}\.js$/.test(path);
  for (const {path, contents} of outputFiles.sort((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)))) {
    writeFileSync(`${path}.new`, contents);
    renameSync(`${path}.new`, path);
  }
  for (const name of readdirSync(out)) if (name.endsWith('.js') && !made.has(name)) rmSync(join(out, name));
  writeFileSync(stampFile, stamp);
}

/** The library, apart: one file that asks for nothing that only Node has, so that it runs in a browser as well. */
async function buildLibrary(): Promise<OutputFile[]> {
  const {outputFiles} = await build({
    entryPoints: {index: join(root, 'src/index.ts')},
    outdir: out,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2024',
    plugins: [withoutBuffer],
    logLevel: 'warning',
  });
  return outputFiles;
}

/** dns-packet cannot be had without Node's Buffer; our own encoder writes the same bytes, and is all that a browser gets. */
const withoutBuffer: Plugin = {
  name: 'without-buffer',
  setup(on) {
    on.onResolve({filter: /\/dns-packet\.ts$/}, () => ({path: 'dns-packet', namespace: 'without-buffer'}));
    on.onLoad({filter: /.*/, namespace: 'without-buffer'}, () => ({
      contents: 'export const encodeOrdinary = () => undefined',
    }));
  },
};

/** How a program is bundled, here and for the measurements (bench/flood). */
export function buildOptions(entryPoints: Record<string, string>) {
  return {
    entryPoints,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    // Blanks and comments are a quarter of what is read at a start: 15 ms. Names stay, so that a stack trace can be read.
    minifyWhitespace: true,
    lineLimit: 160,
    define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
    external: ['koffi'],
    banner: {
      js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [withoutDevtools, synchronousYoga, ownWidths, ownOutput, lazySegmenter],
    logLevel: 'warning',
  } satisfies BuildOptions;
}

function entries(): Record<string, string> {
  const wanted = {
    main: 'src/cli/main.ts',
    actor: 'src/world/actors/entry.ts',
    'bulk-worker': 'src/world/dns/bulk-worker.ts',
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, path]) => existsSync(join(root, path))));
}

/** Ink asks for the React devtools only when DEV=true; the bundle must not look for them. */
const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup(on) {
    on.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'none', namespace: 'none'}));
    on.onLoad({filter: /.*/, namespace: 'none'}, () => ({contents: 'export default {}'}));
  },
};

/**
 * yoga-layout awaits `fetch('data:…wasm')` at import, which pulls in the whole HTTP stack: 50 ms and 10 MB.
 * The same module instantiated synchronously costs one.
 */
const synchronousYoga: Plugin = {
  name: 'synchronous-yoga',
  setup(on) {
    on.onResolve({filter: /^yoga-layout$/}, () => ({path: 'yoga', namespace: 'yoga'}));
    on.onLoad({filter: /.*/, namespace: 'yoga'}, () => ({contents: yogaSource(), resolveDir: root, loader: 'js'}));
  },
};

function yogaSource(): string {
  const base = join(root, 'node_modules/yoga-layout/dist');
  const wasm = /base64,([A-Za-z0-9+/=]+)/.exec(readFileSync(join(base, 'binaries/yoga-wasm-base64-esm.js'), 'utf8'));
  if (wasm === null) throw new Error('yoga-layout no longer carries its WebAssembly as base64: see scripts/build.ts');
  return `
    import loadYoga from '${base}/binaries/yoga-wasm-base64-esm.js';
    import wrapAssembly from '${base}/src/wrapAssembly.js';
    const yoga = {
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('${wasm[1]}', 'base64')), imports);
        done(instance);
        return instance.exports;
      },
    };
    loadYoga(yoga);
    export default wrapAssembly(yoga);
    export * from '${base}/src/generated/YGEnums.js';`;
}

/** string-width is the hottest function of Ink's layout; ours gives the same widths (test/terminal/width.test.ts), sooner. */
const ownWidths: Plugin = {
  name: 'own-widths',
  setup(on) {
    on.onResolve({filter: /^string-width$/}, ({importer}) =>
      importer.includes('/node_modules/') ? {path: 'string-width', namespace: 'own-widths'} : undefined,
    );
    on.onLoad({filter: /.*/, namespace: 'own-widths'}, () => ({contents: widthSource, resolveDir: root, loader: 'js'}));
  },
};

const widthSource = `
import {stripVTControlCharacters} from 'node:util';
import {width} from './src/terminal/width.ts';
const controls = /[\\x00-\\x1f\\x7f-\\x9f]/g;
export default function stringWidth(text) {
  if (typeof text !== 'string' || text === '') return 0;
  const plain = text.includes('\\x1b') || text.includes('\\x9b') ? stripVTControlCharacters(text) : text;
  return width(plain.replace(controls, ''));
}`;

/** Ink's own output makes an object of every cell (src/terminal/ink-output.ts). Ink is pinned, and a test compares both. */
const ownOutput: Plugin = {
  name: 'own-output',
  setup(on) {
    on.onResolve({filter: /^\.\/output\.js$/}, ({importer}) =>
      importer.endsWith('/ink/build/renderer.js') ? {path: 'output', namespace: 'own-output'} : undefined,
    );
    on.onLoad({filter: /.*/, namespace: 'own-output'}, () => ({
      contents: `export {InkOutputGrid as default} from './src/terminal/ink-output.ts'`,
      resolveDir: root,
    }));
  },
};

/** The first `new Intl.Segmenter()` costs 17 to 34 ms; four packages make one at import. Made at first use instead. */
const lazySegmenter: Plugin = {
  name: 'lazy-segmenter',
  setup(on) {
    on.onLoad(
      {filter: /node_modules\/(string-width|wrap-ansi|slice-ansi|@alcalzone|cli-truncate|ink)\/.*\.js$/},
      file => {
        const text = readFileSync(file.path, 'utf8');
        const lazy = text.replace(
          /^const (\w+) = new Intl\.Segmenter\(([^)]*)\);/gm,
          (_all, name: string, rest: string) =>
            `let ${name}Made; const ${name} = {segment: text => (${name}Made ??= new Intl.Segmenter(${rest})).segment(text)};`,
        );
        return {contents: lazy, loader: 'js'};
      },
    );
  },
};

function newest(): string {
  let latest = 0;
  let count = 0;
  for (const base of ['src', 'scripts', 'package.json', 'package-lock.json']) {
    const path = join(root, base);
    const all = statSync(path).isDirectory()
      ? readdirSync(path, {recursive: true, encoding: 'utf8'}).map(name => join(path, name))
      : [path];
    for (const file of all) {
      latest = Math.max(latest, statSync(file).mtimeMs);
      count++;
    }
  }
  return `${latest} ${count}`;
}

async function withLock(work: () => Promise<void>): Promise<void> {
  const lock = join(root, 'node_modules', '.wirebook-build');
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (age > 60_000 || Date.now() > until) rmSync(lock, {recursive: true, force: true});
      await new Promise(done => setTimeout(done, 50));
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, {recursive: true, force: true});
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--if-stale')) await buildIfStale();
  else await withLock(() => buildAll(newest()));
}
