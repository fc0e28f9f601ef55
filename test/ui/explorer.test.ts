import {beforeEach, expect, test, vi} from 'vitest';
import {Screen} from '../../src/terminal/screen.ts';
import {openExperiment} from '../../src/ui/control.ts';
import {connect} from '../../src/ui/explorer.ts';
import {FakeClock, FakeInput, FakeOutput} from '../terminal/fake-terminal.ts';
import {bell} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
let screen: Screen;
let stdin: FakeInput;
let stdout: FakeOutput;
let clock: FakeClock;
let disconnect: () => void;

beforeEach(() => {
  toys = openToys();
  stdin = new FakeInput();
  stdout = new FakeOutput(80, 24);
  clock = new FakeClock();
  screen = new Screen({stdin, stdout, level: 3, now: clock.now, after: clock.after});
  disconnect = connect(toys.store, screen, toys.outside);
  screen.start();
});

async function type(bytes: string): Promise<string> {
  stdin.emit('data', Buffer.from(bytes));
  for (let frame = 0; frame < 2; frame++) {
    clock.advance(100);
    await turn();
  }
  return screen.lines().join('\n');
}

test('bytes of the terminal reach the model, and what it shows is painted', async () => {
  openExperiment(toys.store, bell);
  expect(await type('\x15fis')).toMatch(/▸ Tone +fis/);
  expect(await type('\x1b[200~qq\n\x1b[201~')).toMatch(/▸ Tone +fisqq/);
  expect(await type('\r')).toContain('1 running');
  expect(await type('s')).toContain('Rows 3');
  expect(await type('\x1b[<0;30;17M\x1b[<0;30;17m')).toContain('▸ Still');
  expect(await type('\x03')).toContain('Rows');
  expect(toys.asked).toEqual(['quit 0']);
});

test('the real cursor stands where text is typed, and is hidden elsewhere', async () => {
  openExperiment(toys.store, bell);
  stdout.take();
  await type('x');
  expect(stdout.take()).toMatch(/\x1b\[2;\d+H(\x1b\[6 q)?\x1b\[\?25h/);
  await type('\x1b');
  expect(stdout.take()).toContain('\x1b[?25l');
  await type(':');
  expect(stdout.take()).toContain('\x1b[?25h');
});

test('events of the run on screen ask for a frame, those of others do not', async () => {
  openExperiment(toys.store, bell);
  await type('\r');
  const other = toys.store.bench.start(bell, {tone: 'x', times: 0, mood: 'calm'});
  await turn();
  clock.advance(100);
  await turn();
  const frames = screen.statistics.frames;
  void other.act({action: 'ring'});
  await turn();
  clock.advance(100);
  await turn();
  expect(screen.statistics.frames).toBe(frames);
  void toys.store.page?.run?.act({action: 'ring'});
  await turn();
  clock.advance(100);
  await turn();
  expect(screen.statistics.frames).toBeGreaterThan(frames);
});

test('after disconnecting nothing is heard and nothing waits', async () => {
  disconnect();
  clock.advance(100);
  await type('q:');
  expect([toys.asked, toys.store.overlay]).toEqual([[], undefined]);
  expect(clock.waiting).toBe(0);
});
