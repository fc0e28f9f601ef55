import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {attributeBits, packedStyle} from '../../../src/terminal/style.ts';
import {width as widthOf} from '../../../src/terminal/width.ts';
import {findPart, keepReply, newPaneState, type PaneState, paintPane, partModel} from '../../../src/ui/pane.ts';
import {makeTheme, type Theme} from '../../../src/ui/theme.ts';
import type {PaneModel, Part, PartModel, Size, View} from '../../../src/ui/view.ts';
import {createWorld} from '../../../src/world/world.ts';

/** The sizes every pane is painted at: the inside of a terminal of 40×12, 80×24, 120×36 and 200×60. */
export const sizes: readonly Size[] = [
  {width: 38, height: 9},
  {width: 78, height: 21},
  {width: 118, height: 33},
  {width: 198, height: 57},
];

/** A view over a run: painted as the explorer paints it, and pressed as its keys are. */
export class Showing<State> {
  readonly run: Run;
  readonly view: View<State>;
  readonly pane: PaneState;
  readonly theme: Theme;
  size: Size;

  constructor(run: Run, view: View<State>, size: Size = sizes[2]!, ascii = false) {
    this.run = run;
    this.view = view;
    this.pane = newPaneState(view);
    this.theme = makeTheme('terminal', ascii);
    this.size = size;
  }

  get model(): PaneModel<State> {
    const {run, theme} = this;
    const {journal} = run;
    return {
      state: run.state as State,
      ask: run.ask,
      journal: {
        first: journal.first,
        end: journal.next,
        get: seq => journal.get(seq),
        bytesOf: event => journal.bytesOf(event),
      },
      status: run.status,
      problem: run.problem,
      now: 0,
      theme,
      equivalents: run.experiment.equivalents(run.ask as never),
      filter: undefined,
    };
  }

  /** Paints everything; throws when a row would be wider than the pane. */
  lines(): string[] {
    const {width, height} = this.size;
    const lines = this.grid().toLines();
    if (lines.length !== height) throw new Error(`${lines.length} rows instead of ${height}`);
    for (const line of lines) if (widthOf(line) > width) throw new Error(`Too wide: ${line}`);
    return lines;
  }

  text(): string {
    return this.lines().join('\n');
  }

  grid(): Grid {
    const grid = new Grid(this.size.width, this.size.height);
    paintPane(grid.surface(), {view: this.view, model: this.model, pane: this.pane, active: true});
    return grid;
  }

  /** The part on screen, with the model it was painted from. */
  part(id: string): {readonly part: Part<State>; readonly model: PartModel<State>} {
    const box = this.pane.placed.find(placed => placed.part === id);
    const part = findPart(this.view, id);
    if (box === undefined || part === undefined) throw new Error(`${id} is not on screen`);
    return {part, model: partModel({view: this.view, model: this.model, pane: this.pane, active: true}, part, box)};
  }

  focus(id: string, cursor?: number): void {
    this.pane.focus = id;
    if (cursor !== undefined) this.pane.cursors[id] = cursor;
    this.lines();
  }

  /** Hands a key to the part that has the focus and does what it answers. */
  async press(key: string): Promise<void> {
    const {part, model} = this.part(this.pane.focus);
    const reply = part.press?.(key, model);
    if (reply === undefined) throw new Error(`${part.id} does not take ${key}`);
    keepReply(this.pane, part.id, reply);
    if (reply.cursor !== undefined) this.pane.cursors[part.id] = reply.cursor;
    if (reply.action !== undefined) {
      const problem = await this.run.act({action: reply.action, args: reply.args ?? {}});
      if (problem !== undefined) throw new Error(problem.says);
    }
    this.lines();
  }

  /** The item of a part under a cell of the pane. */
  itemAt(id: string, x: number, y: number): number | undefined {
    const box = this.pane.placed.find(placed => placed.part === id)!;
    const {part, model} = this.part(id);
    return part.at?.(x - box.x, y - box.y - 1, model);
  }

  /** Where a text stands. */
  find(text: string): {readonly x: number; readonly y: number} {
    const lines = this.lines();
    const y = lines.findIndex(line => line.includes(text));
    if (y < 0) throw new Error(`“${text}” is not in\n${lines.join('\n')}`);
    return {x: widthOf(lines[y]!.slice(0, lines[y]!.indexOf(text))), y};
  }

  /** Whether the cell where a text begins has this attribute. */
  has(text: string, attribute: keyof typeof attributeBits): boolean {
    const {x, y} = this.find(text);
    const {bits} = packedStyle(this.grid().styles[y * this.size.width + x]!);
    return (bits & attributeBits[attribute]) !== 0;
  }
}

/** Starts an experiment, shows it, and ends it again. */
export async function showing<State>(
  experiment: AnyExperiment,
  view: View<State>,
  ask: object,
  work: (shown: Showing<State>) => Promise<void> | void,
  {size = sizes[2]!, ascii = false}: {size?: Size; ascii?: boolean} = {},
): Promise<void> {
  const bench = new Workbench(createWorld());
  try {
    const run = bench.start(experiment, {...defaultsOf(experiment.fields), ...ask});
    await new Promise(done => setImmediate(done));
    const shown = new Showing(run, view, size, ascii);
    shown.lines();
    await work(shown);
  } finally {
    await bench.close();
  }
}
