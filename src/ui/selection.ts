import type {AnyExperiment, Equivalent} from '../chapters/contract.ts';
import {defaultsOf} from '../chapters/fields.ts';
import {compileFilter} from './filtering.ts';
import {findPart, type PaneFrame, partModel} from './pane.ts';
import type {Page, Store} from './store.ts';
import type {Copy, Explanation, PaneModel, Part, PartModel} from './view.ts';
import {viewOf} from './view-registry.ts';

/** What the pane on screen is painted from. */
export function frameOf(store: Store, page: Page): PaneFrame<unknown> {
  return {
    view: shownView(page),
    model: modelOf(store, page),
    pane: page.pane,
    active: store.area === 'pane' && store.overlay === undefined,
  };
}

export function modelOf(store: Store, page: Page): PaneModel<unknown> {
  const {run, frozen, experiment} = page;
  const state = frozen?.state ?? run?.state ?? experiment.start(defaultAsk(page) as never);
  const ask = run?.ask ?? defaultAsk(page);
  const journal = frozen?.journal ?? run?.journal;
  return {
    state,
    ask,
    journal: {
      first: journal?.first ?? 0,
      end: journal?.next ?? 0,
      get: seq => journal?.get(seq),
      bytesOf: event => journal?.bytesOf(event),
    },
    status: run?.status ?? 'done',
    problem: run?.problem,
    now: frozen?.now ?? run?.now() ?? 0,
    theme: store.theme,
    equivalents: equivalentsOf(experiment, ask),
    filter: page.filter === undefined ? undefined : compileFilter(page.filter.text),
  };
}

/** The part that has the focus, with its model. */
export function focused(
  store: Store,
): {readonly part: Part<unknown>; readonly model: PartModel<unknown>; readonly page: Page} | undefined {
  const page = store.page;
  const box = page?.pane.placed.find(placed => placed.part === page.pane.focus);
  if (page === undefined || box === undefined) return undefined;
  const frame = frameOf(store, page);
  const part = findPart(frame.view, box.part);
  return part === undefined ? undefined : {part, model: partModel(frame, part, box), page};
}

export function copiesNow(store: Store): readonly Copy[] {
  const here = focused(store);
  return here === undefined ? [] : (here.part.copies?.(here.model) ?? []);
}

/** What `e` shows: what the selected row means, or else what the experiment teaches. */
export function explanationNow(store: Store): Explanation | undefined {
  const page = store.page;
  if (page === undefined) return undefined;
  const here = focused(store);
  const said = here?.part.explain?.(here.model);
  const equivalents = equivalentsOf(page.experiment, page.run?.ask ?? defaultAsk(page));
  return {equivalents, ...(said ?? {title: page.experiment.title, says: page.experiment.teaches})};
}

function shownView(page: Page) {
  const view = viewOf(page.experiment);
  const {zoomed} = page;
  if (zoomed === undefined) return view;
  return {...view, layout: (size: {width: number; height: number}) => [{part: zoomed, x: 0, y: 0, ...size}]};
}

type Ask = Readonly<Record<string, unknown>>;

const defaults = new WeakMap<AnyExperiment, Ask>();
const programs = new WeakMap<Ask, readonly Equivalent[]>();

function defaultAsk({experiment}: Page): Ask {
  return remembered(defaults, experiment, () => defaultsOf(experiment.fields));
}

/** Programs in four languages are written once for an ask, not once for a frame: an ask is replaced, never changed. */
function equivalentsOf(experiment: AnyExperiment, ask: Ask): readonly Equivalent[] {
  return remembered(programs, ask, () => experiment.equivalents(ask as never));
}

function remembered<Key extends WeakKey, Value>(kept: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}
