/**
 * The explorer's own keys, as data: dispatch, the hints, `?`, the palette and docs/keys.md read this one table. An
 * experiment's own key wins over the explorer's while its pane has the focus, so most of these have a second key.
 */
export interface Binding {
  readonly keys: readonly string[];
  readonly title: string;
  /** The title in a word or two, for the hints. */
  readonly brief?: string;
  /** Where it works: anywhere, in a pane, or only in the menu. */
  readonly where: 'anywhere' | 'pane' | 'menu';
  /** Rank among the hints; absent: only in the help and the palette. */
  readonly hint?: number;
}

export const keymap = {
  'shell.palette': {
    keys: [':', 'F2'],
    title: 'Palette: find and do anything',
    brief: 'palette',
    where: 'anywhere',
    hint: 3,
  },
  'shell.help': {keys: ['?', 'F1'], title: 'Keys and help', brief: 'keys', where: 'anywhere', hint: 2},
  'shell.back': {keys: ['escape'], title: 'Go back', brief: 'back', where: 'anywhere'},
  'shell.quit': {keys: ['q', 'ctrl+c'], title: 'Leave Wirebook', brief: 'leave', where: 'anywhere', hint: 1},
  'shell.next': {keys: ['tab'], title: 'Next part', brief: 'next part', where: 'anywhere', hint: 4},
  'shell.previous': {keys: ['shift+tab'], title: 'Previous part', where: 'anywhere'},
  'shell.running': {keys: ['r', 'R'], title: 'What is running', brief: 'runs', where: 'anywhere', hint: 1},
  'shell.filter': {keys: ['/'], title: 'Filter the rows', brief: 'filter', where: 'pane', hint: 2},
  'shell.freeze': {
    keys: ['space'],
    title: 'Freeze the view, never the capture',
    brief: 'freeze',
    where: 'pane',
    hint: 5,
  },
  'shell.copy': {keys: ['y'], title: 'Copy what is selected', brief: 'copy', where: 'pane', hint: 4},
  'shell.copyAs': {keys: ['Y'], title: 'Copy as …', where: 'pane'},
  'shell.explain': {keys: ['e', 'F3'], title: 'Explain what is selected', brief: 'explain', where: 'pane', hint: 4},
  'shell.form': {
    keys: ['f', 'F4'],
    title: 'Change the fields and launch again',
    brief: 'fields',
    where: 'pane',
    hint: 3,
  },
  'shell.stop': {keys: ['x', 'F8'], title: 'Stop this experiment', brief: 'stop', where: 'pane', hint: 2},
  'shell.zoom': {keys: ['z', 'F6'], title: 'Zoom the part: only it, or all again', brief: 'zoom', where: 'pane'},
  'shell.link': {keys: ['L'], title: 'Copy the command that opens exactly this', where: 'pane'},
  'shell.save': {keys: ['S'], title: 'Save the journal to a .wirebook file', where: 'pane'},
  'shell.fix': {keys: ['F9'], title: 'Do what the last message offers', brief: 'mend it', where: 'pane'},
  'shell.filterBy': {keys: ['='], title: 'Filter by what is selected', where: 'pane'},
  'shell.narrower': {keys: ['<'], title: 'Narrower menu', where: 'anywhere'},
  'shell.wider': {keys: ['>'], title: 'Wider menu', where: 'anywhere'},
  'shell.errors': {keys: ['!'], title: 'Messages so far', brief: 'messages', where: 'anywhere'},
  'shell.mouse': {keys: ['M'], title: 'Mouse on or off', where: 'anywhere'},
  'shell.theme': {keys: ['T'], title: 'Next theme', where: 'anywhere'},
} as const satisfies Readonly<Record<string, Binding>>;

export type ShellAction = keyof typeof keymap;

/** Keys that move inside lists, grids and text. They are the same everywhere and cannot be remapped. */
export const movements = [
  {keys: ['up', 'k'], title: 'One row up'},
  {keys: ['down', 'j'], title: 'One row down'},
  {keys: ['left', 'h'], title: 'One item left'},
  {keys: ['right', 'l'], title: 'One item right'},
  {keys: ['pageup', 'ctrl+up'], title: 'One page up'},
  {keys: ['pagedown', 'ctrl+down'], title: 'One page down'},
  {keys: ['home', 'g'], title: 'The first item'},
  {keys: ['end', 'G'], title: 'The newest item; the view follows it'},
  {keys: ['enter'], title: 'Choose, launch, open'},
] as const;

/** A key as the help writes it: `Esc`, `Shift-Tab`, `Ctrl-C`. */
export function keyName(key: string): string {
  const names: Readonly<Record<string, string>> = {
    escape: 'Esc',
    space: 'Space',
    enter: 'Enter',
    tab: 'Tab',
    pageup: 'PgUp',
    pagedown: 'PgDn',
  };
  const [last = '', ...before] = key.split('+').toReversed();
  const modifiers = before.toReversed().map(name => name.charAt(0).toUpperCase() + name.slice(1));
  const named =
    names[last] ?? (last.length > 1 && !/^F\d/.test(last) ? last.charAt(0).toUpperCase() + last.slice(1) : last);
  return [...modifiers, modifiers.length > 0 && named.length === 1 ? named.toUpperCase() : named].join('-');
}
