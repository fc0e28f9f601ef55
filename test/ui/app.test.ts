import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Screen} from '../../src/terminal/screen.ts';
import {openExperiment} from '../../src/ui/control.ts';
import {connect} from '../../src/ui/explorer.ts';
import {mountChrome} from '../../src/ui/mount.tsx';
import {FakeInput, FakeOutput} from '../terminal/fake-terminal.ts';
import {mirror} from './toys/experiments.ts';
import {type Bench, openToys} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
let screen: Screen;
let end: () => void;

function open(ascii = false): void {
  toys = openToys({ascii});
  screen = new Screen({stdin: new FakeInput(), stdout: new FakeOutput(80, 24), level: 3});
  const unmount = mountChrome(toys.store, screen);
  const disconnect = connect(toys.store, screen, toys.outside);
  screen.start();
  end = () => {
    disconnect();
    unmount();
    screen.stop(() => undefined);
  };
}

beforeEach(() => open());
afterEach(() => end());

const shows = (text: string | RegExp) => expect.poll(() => screen.lines().join('\n'), {timeout: 3000}).toMatch(text);

test('beside the menu it says what to do, with the keys there are, until something is open', async () => {
  await shows('Everything here is real');
  await shows(/F1 lists the keys|\? lists the keys/);
  expect(screen.lines()[1]).toMatch(/^│▸ Bell +│/);
  openExperiment(toys.store, mirror);
  await expect.poll(() => screen.lines().join('\n')).not.toContain('Everything here is real');
});

test('an overlay has its frame and its title around what is painted in it, and leaves nothing behind', async () => {
  await shows('Everything here is real');
  const before = screen.lines();
  toys.press(':');
  await shows(/╭─ Palette: type to find, Enter does it ─+╮│\n││▸ +1\/\d+ ││/);
  await shows(/╰─+╯/);
  toys.press('escape');
  await expect.poll(() => screen.lines()).toEqual(before);
});

test('in ASCII there is nothing else', async () => {
  end();
  open(true);
  toys.press(':');
  await shows(/\+- Palette: type to find/);
  expect(screen.lines().join('')).toMatch(/^[\x20-\x7e]*$/);
});
