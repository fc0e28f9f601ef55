import {type Style, type StyleId, styleId} from '../terminal/style.ts';

/**
 * What a piece of text means. A theme gives each role a style; views never name a colour. Every state that matters also
 * has a word or a glyph, so that nothing is lost where there is no colour.
 */
export type Role =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'title'
  | 'accent'
  | 'key'
  | 'good'
  | 'warn'
  | 'bad'
  | 'client'
  | 'server'
  | 'call'
  | 'padding'
  | 'cursor'
  | 'mark'
  | 'field0'
  | 'field1'
  | 'field2'
  | 'field3'
  | 'field4'
  | 'field5';

export type Roles = Readonly<Record<Role, StyleId>>;

export interface Theme {
  readonly roles: Roles;
  readonly glyphs: Glyphs;
}

/** Marks that have a plain-ASCII form. */
export interface Glyphs {
  readonly horizontal: string;
  readonly vertical: string;
  readonly right: string;
  readonly left: string;
  readonly both: string;
  readonly selected: string;
  readonly full: string;
  readonly empty: string;
  readonly dot: string;
  readonly frozen: string;
  /** Eighths of a cell, lowest first: for sparklines. */
  readonly ramp: readonly string[];
}

const unicode: Glyphs = {
  horizontal: '─',
  vertical: '│',
  right: '▶',
  left: '◀',
  both: '⇄',
  selected: '▸',
  full: '█',
  empty: '░',
  dot: '·',
  frozen: '⏸',
  ramp: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

const ascii: Glyphs = {
  horizontal: '-',
  vertical: '|',
  right: '>',
  left: '<',
  both: '<>',
  selected: '>',
  full: '#',
  empty: '.',
  dot: '.',
  frozen: '||',
  ramp: ['_', '.', ':', '-', '=', '+', '*', '#'],
};

/**
 * The default: the terminal's own 16 colours, the bright ones where the plain ones of xterm are too dark on black. On a
 * background that says it is light the light theme takes its place (main.tsx).
 */
const terminal: Readonly<Record<Role, Style>> = {
  plain: {},
  dim: {dim: true},
  strong: {bold: true},
  title: {bold: true},
  accent: {fg: 'cyan', bold: true},
  key: {fg: 'cyan', bold: true},
  good: {fg: 'green'},
  warn: {fg: 'yellow', bold: true},
  bad: {fg: 'brightRed', bold: true},
  client: {fg: 'brightCyan', bold: true},
  server: {fg: 'brightMagenta', bold: true},
  call: {fg: 'cyan'},
  padding: {dim: true},
  cursor: {inverse: true},
  mark: {underline: true, bold: true},
  field0: {fg: 'cyan'},
  field1: {fg: 'brightMagenta'},
  field2: {fg: 'green'},
  field3: {bold: true},
  field4: {fg: 'yellow'},
  field5: {fg: 'brightRed'},
};

/** For white and anything nearly so. Greys are colours here: dimming by the terminal would take them below what can be read. */
const light: Readonly<Record<Role, Style>> = {
  ...terminal,
  dim: {fg: '#57606a'},
  padding: {fg: '#57606a'},
  accent: {fg: '#0550ae', bold: true},
  key: {fg: '#0550ae', bold: true},
  good: {fg: '#0f6b2f'},
  warn: {fg: '#8a4600', bold: true},
  bad: {fg: '#b3151b', bold: true},
  client: {fg: '#0550ae', bold: true},
  server: {fg: '#86278f', bold: true},
  call: {fg: '#086a70'},
  field0: {fg: '#086a70'},
  field1: {fg: '#86278f'},
  field2: {fg: '#0f6b2f'},
  field3: {fg: '#0550ae'},
  field4: {fg: '#8a4600'},
  field5: {fg: '#b3151b'},
};

/** For black and anything nearly so. */
const dark: Readonly<Record<Role, Style>> = {
  ...terminal,
  dim: {fg: '#9aa7b3'},
  padding: {fg: '#9aa7b3'},
  accent: {fg: '#56d4dd', bold: true},
  key: {fg: '#56d4dd', bold: true},
  good: {fg: '#7ee787'},
  warn: {fg: '#f2cc60', bold: true},
  bad: {fg: '#ff9a92', bold: true},
  client: {fg: '#79c0ff', bold: true},
  server: {fg: '#e2a8ff', bold: true},
  call: {fg: '#56d4dd'},
  field0: {fg: '#56d4dd'},
  field1: {fg: '#e2a8ff'},
  field2: {fg: '#7ee787'},
  field3: {fg: '#79c0ff'},
  field4: {fg: '#f2cc60'},
  field5: {fg: '#ff9a92'},
};

/** No shades at all: bold, inverse and underline carry everything. */
const contrast: Readonly<Record<Role, Style>> = {
  ...terminal,
  dim: {},
  padding: {},
  accent: {bold: true},
  key: {bold: true, underline: true},
  good: {bold: true},
  warn: {bold: true, underline: true},
  bad: {bold: true, inverse: true},
  client: {bold: true},
  server: {underline: true},
  call: {},
  field0: {},
  field1: {underline: true},
  field2: {bold: true},
  field3: {bold: true, underline: true},
  field4: {},
  field5: {underline: true},
};

export const themes = {terminal, light, dark, contrast} as const;

export type ThemeName = keyof typeof themes;

export function makeTheme(name: ThemeName, plainAscii = false): Theme {
  const entries = Object.entries(themes[name]).map(([role, style]) => [role, styleId(style)]);
  return {roles: Object.fromEntries(entries) as Roles, glyphs: plainAscii ? ascii : unicode};
}
