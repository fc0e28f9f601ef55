import {commandFor} from '../chapters/command.ts';
import type {Context} from './context.ts';
import {applyFix, back, launch, refuseSaved, startFilter} from './control.ts';
import {edit} from './edit.ts';
import {readForm} from './form.ts';
import type {ShellAction} from './keymap.ts';
import {formIsOpen, menuColumns, menuLimits} from './layout.ts';
import {findPart} from './pane.ts';
import {copiesNow, focused} from './selection.ts';
import type {Overlay, Page} from './store.ts';
import {type ThemeName, themes} from './theme.ts';
import {viewOf} from './view-registry.ts';

/** What each of the explorer's own keys does. */
export const shellActions: Readonly<Record<ShellAction, (context: Context) => void>> = {
  'shell.palette': listOverlay('palette'),
  'shell.help': listOverlay('help'),
  'shell.running': listOverlay('running'),
  'shell.errors': listOverlay('errors'),
  'shell.copyAs': listOverlay('copy'),
  'shell.back': ({store}) => back(store),
  'shell.quit': ({outside}) => outside.quit(0),
  'shell.next': context => moveFocus(context, 1),
  'shell.previous': context => moveFocus(context, -1),
  'shell.filter': withPage(({store}, page) => {
    startFilter(page);
    store.area = 'filter';
  }),
  'shell.freeze': withPage((_context, page) => {
    const {run} = page;
    if (run === undefined) return;
    page.frozen =
      page.frozen === undefined
        ? {state: run.state, end: run.journal.next, journal: run.journal.copy(), now: run.now()}
        : undefined;
  }),
  'shell.copy': context => {
    const first = copiesNow(context.store)[0];
    if (first === undefined) context.store.say({code: 'copy.nothing', says: 'Nothing is selected here'}, 'bad');
    else void copy(context, first.text, first.label);
  },
  'shell.explain': ({store}) => {
    store.overlay = {kind: 'explain', top: 0, language: 0};
  },
  'shell.form': withPage(({store}, page) => {
    if (refuseSaved(store, page)) return;
    store.area = page.form.names.length > 0 ? 'form' : 'pane';
    if (page.form.names.length === 0) launch(store, page);
  }),
  'shell.stop': withPage(({store}, page) => {
    if (page.run?.status === 'running') void page.run.stop().then(() => store.changed());
    else
      store.say(
        {code: 'stop.ended', says: 'It has ended already', next: 'Press f to change the fields and launch it again.'},
        'bad',
      );
  }),
  'shell.zoom': withPage((_context, page) => {
    page.zoomed = page.zoomed === undefined ? page.pane.focus : undefined;
  }),
  'shell.link': withPage((context, page) => {
    void copy(context, commandFor(page.experiment, asked(page)), 'the command');
  }),
  'shell.save': withPage((context, page) => void saveJournal(context, page)),
  'shell.fix': withPage(({store}, page) => applyFix(store, page)),
  'shell.filterBy': withPage(({store}, page) => {
    const here = focused(store);
    const text = here?.part.filterBy?.(here.model);
    if (text === undefined) store.say({code: 'filter.nothing', says: 'There is nothing here to filter by'}, 'bad');
    else page.filter = edit(text);
  }),
  'shell.narrower': ({store}) => widen(store, -2),
  'shell.wider': ({store}) => widen(store, 2),
  'shell.mouse': ({store, outside}) => {
    store.mouse = !store.mouse;
    outside.setMouse(store.mouse);
    const says = store.mouse
      ? 'The mouse is on: hold Shift to select text'
      : 'The mouse is off: the terminal selects text';
    store.say({code: 'mouse', says}, 'good');
  },
  'shell.theme': ({store}) => {
    const names = Object.keys(themes) as ThemeName[];
    store.chooseTheme(names[(names.indexOf(store.themeName) + 1) % names.length]!);
    store.say({code: 'theme', says: `Theme: ${store.themeName}`}, 'good');
  },
};

/** Copies, and says which way it went: to the terminal, a tool, or a file. */
export async function copy({store, outside}: Context, text: string, label: string): Promise<void> {
  const {how, failed} = await outside.copy(text);
  // `how` is a sentence that says by which way, such as “Copied 12 bytes through the terminal (OSC 52).”
  const way = `${how.charAt(0).toLowerCase()}${how.slice(1)}`.replace(/\.$/, '');
  const says = `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${way}`;
  store.say({code: failed === true ? 'copy.failed' : 'copy', says}, failed === true ? 'bad' : 'good');
}

function listOverlay(kind: Extract<Overlay, {query: unknown}>['kind']): (context: Context) => void {
  return ({store}) => {
    store.overlay = {kind, query: edit(''), index: 0, top: 0};
  };
}

/** The ask of the run on screen, or what the form says where nothing was launched and all of it can be read. */
function asked(page: Page): Readonly<Record<string, unknown>> {
  if (page.run !== undefined) return page.run.ask;
  const read = readForm(page.form);
  return 'ask' in read ? read.ask : {};
}

function widen(store: Context['store'], by: number): void {
  const {from, to} = menuLimits(store.size.width);
  store.menuColumns = Math.min(to, Math.max(from, menuColumns(store, store.size.width) + by));
}

function withPage(work: (context: Context, page: Page) => void): (context: Context) => void {
  return context => {
    if (context.store.page !== undefined) work(context, context.store.page);
  };
}

/** Tab: the menu, the form of a live experiment, then each part that can be stood on. */
function moveFocus({store}: Context, by: 1 | -1): void {
  const page = store.page;
  if (page === undefined) return;
  const parts = viewOf(page.experiment).parts.filter(part => part.range !== undefined && isPlaced(page, part.id));
  const stops = [
    'menu',
    ...(formIsOpen(store, page) && !page.readOnly ? ['form'] : []),
    ...(page.run === undefined ? [] : parts.map(part => part.id)),
  ];
  const here = store.area === 'pane' ? page.pane.focus : store.area;
  const next = stops[(stops.indexOf(here) + by + stops.length) % stops.length] ?? 'menu';
  store.area = next === 'menu' || next === 'form' ? next : 'pane';
  if (store.area === 'pane') page.pane.focus = next;
}

function isPlaced(page: Page, id: string): boolean {
  return findPart(viewOf(page.experiment), id) !== undefined && page.pane.placed.some(box => box.part === id);
}

async function saveJournal({store, outside}: Context, page: Page): Promise<void> {
  const {run, experiment} = page;
  if (run === undefined) return;
  try {
    const path = await outside.saveFile(`${experiment.id}-${run.id}.wirebook`, run.saved());
    store.say({code: 'saved', says: `Saved to ${path}`, next: `Open it with: wirebook open ${path}`}, 'good');
  } catch (error) {
    store.say(
      {code: 'save.failed', says: `Could not save: ${error instanceof Error ? error.message : String(error)}`},
      'bad',
    );
  }
}
