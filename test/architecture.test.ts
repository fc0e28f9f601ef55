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
  specifier: string;
  dynamic: boolean;
  typeOnly: boolean;
}

function arrows(path: string): Arrow[] {
  const text = readFileSync(path, 'utf8');
  const found: Arrow[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm))
    found.push({from: path, specifier: match[2]!, dynamic: false, typeOnly: match[1] !== undefined});
  for (const match of text.matchAll(/\bimport\(\s*'([^']+)'/g))
    found.push({from: path, specifier: match[1]!, dynamic: true, typeOnly: false});
  return found;
}

function roomOf(path: string): string {
  const inside = relative(root, path);
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : inside;
}

function complaint(arrow: Arrow): string | undefined {
  const from = roomOf(arrow.from);
  const rule = rooms[from];
  const where = `${relative(root, arrow.from)} -> ${arrow.specifier}`;
  if (rule === undefined) return `${where}: no room ${from}`;
  if (!arrow.specifier.startsWith('.')) {
    const allowed = rule.packages.some(name =>
      /[:/]\*$/.test(name) ? arrow.specifier.startsWith(name.slice(0, -1)) : arrow.specifier === name,
    );
    return allowed ? undefined : `${where}: package not allowed in ${from}`;
  }
  const to = roomOf(resolve(dirname(arrow.from), arrow.specifier));
  if (!rule.rooms.includes(to)) return `${where}: ${from} may not import ${to}`;
  if (rule.dynamicOnly?.includes(to) && !arrow.dynamic) return `${where}: only by dynamic import`;
  return sibling(arrow, from, to) ? `${where}: what two need moves down a room` : undefined;
}

/** A chapter never imports another chapter, a pane never another pane. */
function sibling(arrow: Arrow, from: string, to: string): boolean {
  if (from !== to) return false;
  const target = relative(root, resolve(dirname(arrow.from), arrow.specifier)).split('/');
  const source = relative(root, arrow.from).split('/');
  if (from === 'chapters' && source.length > 2 && target.length > 2) return source[1] !== target[1];
  if (from === 'ui' && source[1] === 'panes' && target[1] === 'panes' && source.length > 2)
    // `panes/struct.ts` and what lies in `panes/struct/` are one pane.
    return source[2]?.replace(/\.tsx?$/, '') !== target[2]?.replace(/\.tsx?$/, '');
  return false;
}

describe('the rooms and who may import whom', () => {
  test('there is something to check', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.flatMap(arrows).length).toBeGreaterThan(10);
  });

  test('no arrow that the table does not allow', () => {
    expect(sources.flatMap(arrows).map(complaint).filter(Boolean)).toEqual([]);
  });

  test('the check can fail', () => {
    const at = (from: string, specifier: string, dynamic = false): Arrow => ({
      from: join(root, from),
      specifier,
      dynamic,
      typeOnly: false,
    });
    expect(complaint(at('wire/x.ts', 'node:net'))).toMatch(/package not allowed/);
    expect(complaint(at('wire/x.ts', '../world/y.ts'))).toMatch(/may not import/);
    expect(complaint(at('cli/x.ts', '../ui/y.tsx'))).toMatch(/dynamic/);
    expect(complaint(at('cli/x.ts', '../ui/y.tsx', true))).toBeUndefined();
    expect(complaint(at('chapters/tcp/x.ts', '../data/y.ts'))).toMatch(/moves down/);
    expect(complaint(at('ui/panes/x.ts', './y.ts'))).toMatch(/moves down/);
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
