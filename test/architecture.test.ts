import {readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';

const root = resolve(import.meta.dirname, '../src');

/** Who may import whom: our own rooms, and the packages (a trailing `:*` is a prefix). Everything else is refused. */
const rooms: Record<string, {rooms: string[]; packages: string[]; dynamicOnly?: string[]}> = {
  wire: {rooms: ['wire'], packages: ['dns-packet', '@msgpack/msgpack', 'pako']},
  journal: {rooms: ['wire', 'journal'], packages: []},
  world: {rooms: ['wire', 'journal', 'world'], packages: ['node:*', 'koffi', 'dns-packet']},
  lab: {rooms: ['wire', 'journal', 'world', 'lab'], packages: ['node:*']},
  chapters: {rooms: ['wire', 'journal', 'world', 'lab', 'chapters'], packages: ['node:*']},
  terminal: {rooms: ['terminal'], packages: ['node:*', 'string-width']},
  ui: {
    rooms: ['chapters', 'journal', 'wire', 'terminal', 'ui'],
    packages: ['ink', 'react', 'react/*', 'ink-select-input', 'node:*'],
  },
  cli: {
    rooms: ['chapters', 'journal', 'wire', 'cli', 'ui', 'terminal'],
    packages: ['node:*'],
    dynamicOnly: ['ui', 'terminal'],
  },
  'index.ts': {rooms: ['wire', 'journal', 'chapters'], packages: []},
};

const sources = readdirSync(root, {recursive: true, encoding: 'utf8'})
  .map(path => join(root, path))
  .filter(path => /\.tsx?$/.test(path) && statSync(path).isFile());

interface Arrow {
  from: string;
  /** `undefined` when it is made at run time: then nobody can say where it leads. */
  specifier: string | undefined;
  dynamic: boolean;
}

/** Type-only imports count: who names a type of a room knows that room. */
function arrows(from: string, text = readFileSync(from, 'utf8')): Arrow[] {
  const found: Arrow[] = [];
  const quoted = String.raw`(['"\`])((?:(?!\1).)*)\1`;
  for (const [, , specifier] of text.matchAll(
    new RegExp(String.raw`(?:^|;)\s*(?:import|export)\b(?:[^'";()=]*?\bfrom)?\s*${quoted}`, 'gm'),
  ))
    found.push({from, specifier, dynamic: false});
  // A method may be called import too: its first parameter has a type, and a module never looks like that.
  for (const [, argument] of text.matchAll(/(?<![.#\w])import\(\s*([^)]*)/g)) {
    const literal = new RegExp(`^${quoted}\\s*,?\\s*$`).exec(argument!)?.[2];
    if (literal === undefined && /^\w+\s*:/.test(argument!)) continue;
    found.push({from, specifier: literal?.includes('${') ? undefined : literal, dynamic: true});
  }
  return found;
}

function roomOf(path: string): string {
  const inside = relative(root, path);
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : inside;
}

function complaint(arrow: Arrow): string | undefined {
  const from = roomOf(arrow.from);
  const rule = rooms[from];
  const {specifier} = arrow;
  const where = `${relative(root, arrow.from)} -> ${specifier ?? 'something made at run time'}`;
  if (rule === undefined) return `${where}: no room ${from}`;
  if (specifier === undefined) return `${where}: write the path out`;
  if (!specifier.startsWith('.')) {
    const allowed = rule.packages.some(name =>
      /[:/]\*$/.test(name) ? specifier.startsWith(name.slice(0, -1)) : specifier === name,
    );
    return allowed ? undefined : `${where}: package not allowed in ${from}`;
  }
  const to = roomOf(resolve(dirname(arrow.from), specifier));
  if (!rule.rooms.includes(to)) return `${where}: ${from} may not import ${to}`;
  if (rule.dynamicOnly?.includes(to) && !arrow.dynamic) return `${where}: only by dynamic import`;
  return sibling(arrow.from, specifier, from, to) ? `${where}: what two need moves down a room` : undefined;
}

/** A chapter never imports another chapter, a pane never another pane. */
function sibling(path: string, specifier: string, from: string, to: string): boolean {
  if (from !== to) return false;
  const target = relative(root, resolve(dirname(path), specifier)).split('/');
  const source = relative(root, path).split('/');
  if (from === 'chapters' && source.length > 2 && target.length > 2) return source[1] !== target[1];
  if (from === 'ui' && source[1] === 'panes' && target[1] === 'panes' && source.length > 2)
    // `panes/struct.ts` and what lies in `panes/struct/` are one pane.
    return source[2]?.replace(/\.tsx?$/, '') !== target[2]?.replace(/\.tsx?$/, '');
  return false;
}

describe('the rooms and who may import whom', () => {
  test('there is something to check', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.flatMap(path => arrows(path)).length).toBeGreaterThan(10);
  });

  test('no arrow that the table does not allow', () => {
    expect(
      sources
        .flatMap(path => arrows(path))
        .map(complaint)
        .filter(Boolean),
    ).toEqual([]);
  });

  test.each([
    ['wire/x.ts', "import net from 'node:net';", /package not allowed/],
    ['wire/x.ts', 'import {a} from "../world/y.ts";', /may not import/],
    ['wire/x.ts', "import type {A} from '../world/y.ts';", /may not import/],
    ['wire/x.ts', "import {\n  type A,\n  b,\n} from '../world/y.ts';", /may not import/],
    ['wire/x.ts', "const a = 1; import {b} from '../world/y.ts';", /may not import/],
    ['wire/x.ts', "import '../world/y.ts';", /may not import/],
    ['wire/x.ts', "export * from '../world/y.ts';", /may not import/],
    ['wire/x.ts', "export type {A} from '../world/y.ts';", /may not import/],
    ['wire/x.ts', "type A = import('../world/y.ts').A;", /may not import/],
    ['wire/x.ts', "await import('node:net', {with: {}});", /made at run time/],
    ['wire/x.ts', 'await import(`../world/y.ts`);', /may not import/],
    ['wire/x.ts', 'await import(`../$' + '{room}/y.ts`);', /made at run time/],
    ['wire/x.ts', "await import('../world/' + name);", /made at run time/],
    ['wire/x.ts', 'await import(path);', /made at run time/],
    ['cli/x.ts', "import {a} from '../ui/y.tsx';", /only by dynamic import/],
    ['cli/x.ts', "import type {A} from '../ui/y.tsx';", /only by dynamic import/],
    ['chapters/tcp/x.ts', "import {a} from '../data/y.ts';", /moves down/],
    ['ui/panes/x.ts', "import {a} from './y.ts';", /moves down/],
    ['attic/x.ts', "import {a} from '../wire/y.ts';", /no room attic/],
  ])('%s with %j is refused', (path, text, complaints) => {
    const from = join(root, path);
    expect(arrows(from, text).map(complaint)).toEqual([expect.stringMatching(complaints)]);
  });

  test.each([
    ['cli/x.ts', "await import('../ui/y.tsx');"],
    ['ui/panes/struct.ts', "import {a} from './struct/y.ts';"],
    ['wire/x.ts', 'import(module: string, name: string): void {}\nmachine.import(module);'],
  ])('%s with %j is not', (path, text) => {
    const from = join(root, path);
    expect(arrows(from, text).map(complaint).filter(Boolean)).toEqual([]);
  });

  test('modules come by no other way', () => {
    const other =
      /\b(createRequire|require\(|getBuiltinModule|import\.meta\.resolve)|^\s*(export\s+)?import\s+(type\s+)?\w+\s*=/m;
    const found = sources
      .map(path => relative(root, path))
      // koffi may be missing, which only require() says at once; two programs shown to the reader have a require() in them.
      .filter(path => !['world/libc/ffi.ts', 'chapters/data/errors-cases-connecting.ts'].includes(path))
      .filter(path => other.test(readFileSync(join(root, path), 'utf8')));
    expect(found).toEqual([]);
    expect(
      ["import fs = require('node:fs');", 'export import a = b.c;', "require('x')"].every(text => other.test(text)),
    ).toBe(true);
  });

  test('nothing pure reads a clock or a random number', () => {
    const impure = sources
      .filter(path => ['wire', 'journal'].includes(roomOf(path)))
      .filter(path => /\b(Math\.random|Date\.now|new Date\(\)|performance\.now)/.test(readFileSync(path, 'utf8')))
      .map(path => relative(root, path));
    expect(impure).toEqual([]);
  });

  test('no file over 300 lines', () => {
    const long = sources
      .map(path => ({path: relative(root, path), lines: readFileSync(path, 'utf8').split('\n').length - 1}))
      .filter(({lines}) => lines > 300);
    expect(long).toEqual([]);
  });
});
