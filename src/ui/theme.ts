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

/** The default: the terminal's own 16 colours, so that it cannot clash with a light or a dark background. */
const terminal: Readonly<Record<Role, Style>> = {
  plain: {},
  dim: {dim: true},
  strong: {bold: true},
  title: {bold: true},
  accent: {fg: 'cyan', bold: true},
  key: {fg: 'cyan', bold: true},
  good: {fg: 'green'},
  warn: {fg: 'yellow', bold: true},
  bad: {fg: 'red', bold: true},
  client: {fg: 'blue', bold: true},
  server: {fg: 'magenta', bold: true},
  call: {fg: 'cyan'},
  padding: {dim: true},
  cursor: {inverse: true},
  mark: {underline: true, bold: true},
  field0: {fg: 'cyan'},
  field1: {fg: 'magenta'},
  field2: {fg: 'green'},
  field3: {fg: 'blue', bold: true},
  field4: {fg: 'yellow'},
  field5: {fg: 'red'},
};

/** On white: nothing lighter than the text may carry meaning, so yellow and cyan give way. */
const light: Readonly<Record<Role, Style>> = {
  ...terminal,
  accent: {fg: 'blue', bold: true},
  key: {fg: 'blue', bold: true},
  warn: {fg: 'magenta', bold: true},
  call: {fg: 'blue'},
  client: {fg: 'blue', bold: true},
  server: {fg: 'magenta', bold: true},
  field0: {fg: 'blue'},
  field4: {fg: 'black', bold: true},
};

const dark: Readonly<Record<Role, Style>> = {
  ...terminal,
  client: {fg: 'brightBlue', bold: true},
  server: {fg: 'brightMagenta', bold: true},
  bad: {fg: 'brightRed', bold: true},
  field3: {fg: 'brightBlue'},
  field5: {fg: 'brightRed'},
};

/** No shades at all: bold, inverse and underline carry everything. */
const contrast: Readonly<Record<Role, Style>> = {
  ...terminal,
  dim: {},
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
