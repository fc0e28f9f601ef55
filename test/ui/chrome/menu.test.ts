import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Screen} from '../../../src/terminal/screen.ts';
import {connect} from '../../../src/ui/explorer.ts';
import {mountChrome} from '../../../src/ui/mount.tsx';
import {FakeInput, FakeOutput} from '../../terminal/fake-terminal.ts';
import {type Bench, openToys} from '../toys/open.ts';

vi.mock('../../../src/chapters/registry.ts', async () => {
  const {mirror} = await import('../toys/experiments.ts');
  const names = Array.from({length: 9}, (_, index) => `toy${index}`);
  const all = names.map(name => ({...mirror, id: `data.${name}`, title: `Toy ${name.at(-1)}`}));
  return {experiments: Object.fromEntries(all.map(one => [one.id, one])), allExperiments: all};
});
vi.mock('../../../src/ui/view-registry.ts', async () => (await import('../toys/views.ts')).toyViews());

let toys: Bench;
let screen: Screen;
let stdin: FakeInput;
let stdout: FakeOutput;
let end: () => void;

beforeEach(() => {
  toys = openToys();
  stdin = new FakeInput();
  stdout = new FakeOutput(80, 6);
  screen = new Screen({stdin, stdout, level: 3});
  const unmount = mountChrome(toys.store, screen);
  const disconnect = connect(toys.store, screen, toys.outside);
  screen.start();
  end = () => {
    disconnect();
    unmount();
    screen.stop(() => undefined);
  };
});

afterEach(() => end());

async function shows(rows: readonly string[]): Promise<void> {
  await expect
    .poll(
      () =>
        screen
          .lines()
          .slice(1, -1)
          .map(row => row.slice(1, 10).trimEnd()),
      {timeout: 3000},
    )
    .toEqual(rows);
}

function type(bytes: string): void {
  stdin.emit('data', Buffer.from(bytes));
}

const down = '\x1b[B';
const up = '\x1b[A';

test('a menu longer than the screen scrolls with its choice, misses no key however fast they come, and a click opens the row that is seen', async () => {
  await shows(['▸ Toy 0', '  Toy 1', '  Toy 2', '  Toy 3']);
  for (let count = 0; count < 5; count++) type(down);
  await shows(['  Toy 2', '  Toy 3', '  Toy 4', '▸ Toy 5']);
  type(up);
  await shows(['  Toy 2', '  Toy 3', '▸ Toy 4', '  Toy 5']);
  type('\x1b[<0;4;2M\x1b[<0;4;2m');
  await expect.poll(() => toys.store.page?.experiment.title).toBe('Toy 2');
});

test('home and end, and a new size, put the choice where it is seen', async () => {
  await shows(['▸ Toy 0', '  Toy 1', '  Toy 2', '  Toy 3']);
  type('G');
  await shows(['  Toy 5', '  Toy 6', '  Toy 7', '▸ Toy 8']);
  stdout.rows = 4;
  stdout.emit('resize');
  await shows(['  Toy 7', '▸ Toy 8']);
  type('g');
  await shows(['▸ Toy 0', '  Toy 1']);
});

test('the menu is not moved by keys while something else has them', async () => {
  await shows(['▸ Toy 0', '  Toy 1', '  Toy 2', '  Toy 3']);
  type(':');
  type(down);
  type('\x1b');
  await expect.poll(() => toys.store.overlay).toBeUndefined();
  expect(toys.store.menuIndex['data'] ?? 0).toBe(0);
});
