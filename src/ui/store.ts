import {type AnyExperiment, type ChapterId, chapters} from '../chapters/contract.ts';
import {experiments} from '../chapters/registry.ts';
import type {Run} from '../chapters/run.ts';
import type {Config} from '../chapters/settings.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {Journal} from '../journal/journal.ts';
import type {Problem} from '../journal/problem.ts';
import type {Context} from './context.ts';
import type {Edit} from './edit.ts';
import {type FormState, formOf} from './form.ts';
import {newPaneState, type PaneState} from './pane.ts';
import {makeTheme, type Theme, type ThemeName} from './theme.ts';
import {viewOf} from './view-registry.ts';

/** One experiment as the explorer shows it: its form, and its run once it was launched. */
export interface Page {
  readonly experiment: AnyExperiment;
  form: FormState;
  run: Run | undefined;
  pane: PaneState;
  /** What there was at the moment the view was frozen: what the run's own journal drops meanwhile stays in this one. */
  frozen: {readonly state: unknown; readonly end: number; readonly journal: Journal; readonly now: number} | undefined;
  filter: Edit | undefined;
  /** The one part that is shown alone. */
  zoomed: string | undefined;
  /** A loaded journal: nothing can be done in it. */
  readonly readOnly: boolean;
}

export interface Toast {
  readonly problem: Problem;
  readonly at: number;
  readonly tone: 'good' | 'bad';
}

/** What lies above the panes. Each knows its own rows; the one on top gets the keys. */
export type Overlay =
  | ListOverlay
  | {readonly kind: 'explain'; readonly top: number; readonly language: number}
  | {readonly kind: 'prompt'; readonly action: string; readonly form: FormState}
  | {
      readonly kind: 'confirm';
      readonly title: string;
      readonly question: string;
      readonly yes: boolean;
      agreed(context: Context): void;
    };

export interface ListOverlay {
  readonly kind: 'palette' | 'help' | 'running' | 'errors' | 'copy';
  readonly query: Edit;
  readonly index: number;
  /** The first row shown. */
  readonly top: number;
}

export type Area = 'menu' | 'form' | 'pane' | 'filter';

const mostRecent = 8;

/** Everything the explorer shows that is not in a journal. One mutable model, one listener: the screen. */
export class Store {
  readonly bench: Workbench;
  readonly config: Config;
  chapter: ChapterId;
  readonly menuIndex: Record<string, number> = {};
  /** The first experiment that the menu shows, of each chapter. */
  readonly menuTop: Record<string, number> = {};
  /** The menu's width as it was dragged; absent: as wide as the titles. */
  menuColumns: number | undefined;
  /** The screen, in cells, as it was painted last. */
  size = {width: 80, height: 24};
  /** Whether the menu's border is held by the mouse, and where and when (seconds) it was pressed last. */
  dragging = false;
  lastPress: {readonly x: number; readonly y: number; readonly at: number} | undefined;
  /** What was chosen in the palette, the last first. */
  readonly recent: string[] = [];
  area: Area = 'menu';
  page: Page | undefined;
  readonly pages: Page[] = [];
  overlay: Overlay | undefined;
  toast: Toast | undefined;
  readonly messages: Toast[] = [];
  theme: Theme;
  themeName: ThemeName;
  mouse: boolean;
  readonly #listeners = new Set<() => void>();

  constructor(bench: Workbench, config: Config) {
    this.bench = bench;
    this.config = config;
    this.chapter = chapterIds[0]!;
    this.themeName = config.theme;
    this.theme = makeTheme(config.theme, config.ascii);
    this.mouse = config.mouse;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Says that something on screen has changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The experiments of the chapter on screen. */
  menu(): readonly AnyExperiment[] {
    return experimentsOf(this.chapter);
  }

  chapterNumbered(number: number): ChapterId | undefined {
    return chapterIds.find(id => chapters[id].number === number);
  }

  /** The page of an experiment, made when it is first wanted. */
  pageOf(experiment: AnyExperiment): Page {
    const found = this.pages.findLast(page => page.experiment === experiment && !page.readOnly);
    if (found !== undefined) return found;
    const page = newPage(experiment);
    this.pages.push(page);
    return page;
  }

  say(problem: Problem, tone: 'good' | 'bad'): void {
    this.toast = {problem, tone, at: this.bench.world.clock.now()};
    this.messages.push(this.toast);
    if (this.messages.length > 200) this.messages.shift();
    this.changed();
  }

  /** Keeps what was chosen in the palette, for its first rows next time. */
  remember(id: string): void {
    const before = this.recent.indexOf(id);
    if (before >= 0) this.recent.splice(before, 1);
    this.recent.unshift(id);
    this.recent.length = Math.min(this.recent.length, mostRecent);
  }

  chooseTheme(name: ThemeName): void {
    this.themeName = name;
    this.theme = makeTheme(name, this.config.ascii);
    this.changed();
  }
}

export function newPage(experiment: AnyExperiment, readOnly = false): Page {
  return {
    experiment,
    form: formOf(experiment),
    run: undefined,
    pane: newPaneState(viewOf(experiment)),
    frozen: undefined,
    filter: undefined,
    zoomed: undefined,
    readOnly,
  };
}

export function experimentsOf(chapter: ChapterId): readonly AnyExperiment[] {
  return Object.values<AnyExperiment>(experiments).filter(experiment => experiment.id.startsWith(`${chapter}.`));
}

/** Chapters that have something to show. */
export const chapterIds = (Object.keys(chapters) as ChapterId[]).filter(id => experimentsOf(id).length > 0);
