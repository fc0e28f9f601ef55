import type {Config} from '../../../src/chapters/settings.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import type {Context, Outside} from '../../../src/ui/context.ts';
import {dispatch} from '../../../src/ui/dispatch.ts';
import {paintBody, paintTop} from '../../../src/ui/painting.ts';
import {Store} from '../../../src/ui/store.ts';
import {createWorld} from '../../../src/world/world.ts';

const config: Config = {
  theme: 'terminal',
  colour: 'auto',
  mouse: true,
  ascii: false,
  framesPerSecond: 60,
  screenReader: false,
  escapeMilliseconds: 25,
  keys: {},
};

export interface Bench extends Context {
  /** What the outside was asked to do, in order. */
  readonly asked: string[];
  readonly clock: {seconds: number};
  press(...keys: string[]): void;
  type(text: string): void;
  /** Paints a frame and gives its rows. */
  screen(width?: number, height?: number): string[];
  /** The caret of the last frame. */
  caret(): {readonly x: number; readonly y: number} | undefined;
}

/** The explorer without a terminal: its model, a fake outside, a clock that stands. */
export function openToys(changes: Partial<Config> = {}): Bench {
  const clock = {seconds: 1};
  const store = new Store(new Workbench({...createWorld(), clock: {now: () => clock.seconds}}), {
    ...config,
    ...changes,
  });
  const asked: string[] = [];
  const outside: Outside = {
    quit: code => asked.push(`quit ${code}`),
    copy: async copied => {
      asked.push(`copy ${copied}`);
      return {how: 'Copied by a test.'};
    },
    saveFile: async (name, saved) => {
      asked.push(`save ${name} ${saved.split('\n').length}`);
      return `/somewhere/${name}`;
    },
    setMouse: on => asked.push(`mouse ${on}`),
    suspend: () => asked.push('suspend'),
  };
  const context = {store, outside};
  let caret: {readonly x: number; readonly y: number} | undefined;
  return {
    ...context,
    asked,
    clock,
    press: (...keys) => {
      for (const key of keys)
        dispatch(context, {key, text: [...key].length === 1 ? key : key === 'space' ? ' ' : undefined});
    },
    type: typed => {
      for (const letter of typed) dispatch(context, {key: letter === ' ' ? 'space' : letter, text: letter});
    },
    screen(width = 80, height = 24) {
      const grid = new Grid(width, height);
      caret = paintBody(grid.surface(), store);
      if (store.overlay !== undefined) caret = paintTop(grid.surface(), store);
      return grid.toLines();
    },
    caret: () => caret,
  };
}

/** Lets runs that were started emit, and promises settle. */
export async function turn(): Promise<void> {
  for (let count = 0; count < 5; count++) await new Promise(done => setImmediate(done));
}
