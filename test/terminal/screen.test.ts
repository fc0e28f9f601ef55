import {describe, expect, test} from 'vitest';
import type {InputEvent} from '../../src/terminal/decoder/events.ts';
import {Screen, type ScreenOptions} from '../../src/terminal/screen.ts';
import {FakeClock, FakeInput, FakeOutput, turn} from './fake-terminal.ts';
import {feed, lines, terminal} from './headless.ts';

function setup(options: Partial<ScreenOptions> = {}, columns = 20, rows = 4) {
  const clock = new FakeClock();
  const stdout = new FakeOutput(columns, rows);
  const stdin = new FakeInput();
  const screen = new Screen({stdout, stdin, level: 1, now: clock.now, after: clock.after, ...options});
  return {clock, stdout, stdin, screen};
}

const everything = (screen: Screen) => () => ({x: 0, y: 0, width: screen.width, height: screen.height});

describe('Screen', () => {
  test('lays canvases over what Ink draws, and overlays over canvases', async () => {
    const {screen, stdout} = setup();
    screen.ink.stdout.write('\x1b[?25l\x1b[2K\x1b[1A\x1b[G┌ \x1b[1mtitle\x1b[22m ┐\nmenu\n\nPOPUP\n');
    screen.canvas({rect: () => ({x: 5, y: 1, width: 4, height: 3}), paint: on => on.fill(0, '#')});
    screen.overlay({rect: () => ({x: 0, y: 3, width: 7, height: 1})});
    screen.start();
    await turn();
    const seen = terminal(20, 4);
    await feed(seen, stdout.take());
    expect(lines(seen)).toEqual(['┌ title ┐', 'menu ####', '     ####', 'POPUP  ##']);
    expect(screen.lines()).toEqual(lines(seen));
    expect(seen.buffer.active.type).toBe('alternate');
    expect(seen.buffer.active.getLine(0)!.getCell(2)!.isBold()).toBeTruthy();
  });

  test('a canvas above an overlay, and a dimmed backdrop', async () => {
    const {screen, stdout} = setup();
    screen.ink.stdout.write('base\nbox');
    const rect = () => ({x: 0, y: 1, width: 6, height: 1});
    screen.canvas({rect: () => ({x: 1, y: 1, width: 1, height: 1}), z: 1, paint: on => void on.text(0, 0, '!')});
    screen.overlay({rect, dimBelow: true});
    screen.start();
    await turn();
    const seen = terminal(20, 4);
    await feed(seen, stdout.take());
    expect(lines(seen).slice(0, 2)).toEqual(['base', 'b!x']);
    expect(seen.buffer.active.getLine(0)!.getCell(0)!.isDim()).toBeTruthy();
    expect(seen.buffer.active.getLine(1)!.getCell(0)!.isDim()).toBeFalsy();
  });

  test('the first change is written at once, what follows at most so many times a second', async () => {
    const {clock, screen, stdout} = setup({framesPerSecond: 50});
    let count = 0;
    screen.canvas({rect: everything(screen), paint: on => void on.text(0, 0, String(count))});
    screen.start();
    await turn();
    clock.advance(100);
    stdout.take();
    for (count = 1; count < 10; count++) screen.invalidate();
    await turn();
    expect(stdout.writes).toBe(1);
    for (let change = 0; change < 50; change++) {
      count++;
      screen.invalidate();
      await turn();
      clock.advance(1);
    }
    expect(stdout.writes).toBe(3);
  });

  test('a key press does not wait for the frame timer', async () => {
    const {clock, screen, stdin, stdout} = setup();
    let shown = '-';
    screen.canvas({rect: everything(screen), paint: on => void on.text(0, 0, shown)});
    screen.onInput(event => {
      if (event.kind === 'key') shown = event.key;
      screen.invalidate();
    });
    screen.start();
    await turn();
    stdout.take();
    stdin.send('j');
    await turn();
    expect(stdout.take()).toContain('\x1b[1;1Hj');
    // Ink answers a few milliseconds later; its frame does not wait either.
    clock.advance(5);
    screen.ink.stdout.write('k drawn by Ink\nsecond line');
    await turn();
    expect(stdout.take()).toContain('second line');
    expect(clock.waiting).toBe(0);
  });

  test('nothing to show: no write, no timer', async () => {
    const {clock, screen, stdout} = setup();
    screen.canvas({rect: everything(screen), paint: on => void on.text(0, 0, 'still')});
    screen.start();
    await turn();
    clock.advance(1000);
    stdout.take();
    expect(clock.waiting).toBe(0);
    screen.invalidate();
    await turn();
    expect(stdout.written).toBe('');
    expect(clock.waiting).toBe(0);
    expect(screen.statistics.frames).toBe(2);
    expect(screen.statistics.emptyFrames).toBe(1);
  });

  test('a slow terminal gets no new frame before it has drained, and then the newest', async () => {
    const {clock, screen, stdout} = setup();
    let count = 0;
    screen.canvas({rect: everything(screen), paint: on => void on.text(0, 0, `frame ${count}`)});
    stdout.ready = false;
    screen.start();
    await turn();
    stdout.take();
    for (count = 1; count < 9; count++) {
      screen.urgent();
      await turn();
      clock.advance(50);
    }
    expect(stdout.written).toBe('');
    stdout.ready = true;
    stdout.emit('drain');
    await turn();
    expect(stdout.writes).toBe(1);
    expect(screen.lines()[0]).toBe('frame 9');
  });

  test('after a resize the frame waits until Ink has laid out again', async () => {
    const {clock, screen, stdout} = setup();
    let resized = 0;
    screen.ink.stdout.on('resize', () => resized++);
    screen.ink.stdout.write('a\nb\nc\nd');
    screen.start();
    await turn();
    stdout.take();
    stdout.setSize(30, 6);
    await turn();
    expect([resized, screen.width, screen.height, screen.ink.stdout.columns, screen.ink.stdout.rows]).toEqual([
      1, 30, 6, 30, 6,
    ]);
    expect(stdout.written).toBe('');
    screen.ink.stdout.write('1\n2\n3\n4\n5\n6');
    await turn();
    const seen = terminal(30, 6);
    await feed(seen, stdout.take());
    expect(lines(seen)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(clock.waiting).toBe(0);
  });

  test('after a resize that leaves Ink with the same text the frame comes all the same', async () => {
    const {clock, screen, stdout} = setup();
    screen.ink.stdout.write('same');
    screen.start();
    await turn();
    stdout.take();
    stdout.setSize(30, 6);
    await turn();
    clock.advance(59);
    await turn();
    expect(stdout.written).toBe('');
    clock.advance(1);
    await turn();
    expect(stdout.take()).toContain('same');
    expect(clock.waiting).toBe(0);
  });

  test('places the cursor after the frame, moves it alone, and hides it', async () => {
    const {clock, screen, stdout} = setup();
    screen.start();
    await turn();
    clock.advance(100);
    stdout.take();
    screen.setCursor({x: 3, y: 1, shape: 'block'});
    await turn();
    clock.advance(100);
    expect(stdout.take()).toBe('\x1b[2;4H\x1b[2 q\x1b[?25h');
    screen.setCursor({x: 4, y: 1, shape: 'block'});
    await turn();
    clock.advance(100);
    expect(stdout.take()).toBe('\x1b[2;5H\x1b[?25h');
    screen.ink.stdout.write('text\n');
    await turn();
    clock.advance(100);
    expect(stdout.take()).toBe('\x1b[?2026h\x1b[?25l\x1b[1;1Htext\x1b[2;5H\x1b[?25h\x1b[?2026l');
    screen.setCursor(undefined);
    await turn();
    expect(stdout.take()).toBe('\x1b[?25l');
  });

  test('a painter may place the cursor: it is there in the same frame, and no other follows', async () => {
    const {clock, screen, stdout} = setup();
    let x = 1;
    screen.canvas({
      rect: everything(screen),
      paint(on) {
        on.text(0, 0, 'edit');
        screen.setCursor({x: x++, y: 0});
      },
    });
    screen.start();
    await turn();
    expect(stdout.take()).toContain('\x1b[1;2H\x1b[6 q\x1b[?25h');
    expect([clock.waiting, screen.statistics.frames]).toEqual([0, 1]);
  });

  test('start takes the terminal over, stop gives it back, and it can start again', async () => {
    const {clock, screen, stdin, stdout} = setup({kitty: true});
    screen.ink.stdout.write('text');
    screen.start();
    screen.start();
    await turn();
    expect([stdin.raw, stdin.flowing, stdin.listenerCount('data'), stdout.listenerCount('resize')]).toEqual([
      true,
      true,
      1,
      1,
    ]);
    const seen = terminal(20, 4);
    await feed(seen, stdout.take());
    expect(seen.modes).toMatchObject({
      bracketedPasteMode: true,
      sendFocusMode: true,
      wraparoundMode: false,
      mouseTrackingMode: 'drag',
    });
    screen.invalidate();
    screen.stop();
    screen.stop();
    await turn();
    clock.advance(1000);
    await feed(seen, stdout.take());
    expect([
      stdin.raw,
      stdin.flowing,
      stdin.listenerCount('data'),
      stdout.listenerCount('resize'),
      stdout.listenerCount('drain'),
    ]).toEqual([false, false, 0, 0, 0]);
    expect(seen.modes).toMatchObject({
      bracketedPasteMode: false,
      sendFocusMode: false,
      wraparoundMode: true,
      mouseTrackingMode: 'none',
    });
    expect(seen.buffer.active.type).toBe('normal');
    expect(clock.waiting).toBe(0);
    stdout.columns = 10;
    screen.start();
    clock.advance(60);
    await turn();
    await feed(seen, stdout.take());
    expect(lines(seen)[0]).toBe('text');
    expect(screen.width).toBe(10);
  });

  test('the mouse can be turned off while running', () => {
    const {screen, stdout} = setup();
    screen.start();
    stdout.take();
    screen.setMouse(false);
    screen.setMouse(false);
    expect(stdout.take()).toBe('\x1b[?1006l\x1b[?1002l\x1b[?1000l');
    screen.setMouse(true);
    expect(stdout.take()).toBe('\x1b[?1000h\x1b[?1002h\x1b[?1006h');
  });

  test('close swallows what the mouse still reports', async () => {
    const {clock, screen, stdin, stdout} = setup();
    const seen: InputEvent[] = [];
    screen.onInput(event => seen.push(event));
    screen.start();
    const closed = screen.close();
    stdin.send('\x1b[<35;10;2M');
    expect(stdin.raw).toBe(true);
    clock.advance(20);
    await closed;
    expect(seen).toEqual([]);
    expect([stdin.raw, stdout.written.endsWith('\x1b[?1049l')]).toEqual([false, true]);
  });

  test('Ink gets the keys it is handed, one at a time', async () => {
    const {screen} = setup();
    const {stdin} = screen.ink;
    stdin.setEncoding('utf8');
    const got: unknown[] = [];
    stdin.on('readable', () => {
      for (let piece = stdin.read(); piece !== null; piece = stdin.read()) got.push(piece);
    });
    stdin.type('j');
    stdin.type('j');
    stdin.type('\x1b[A');
    await turn();
    expect(got).toEqual(['j', 'j', '\x1b[A']);
  });

  test('writes of Ink that are no frame are dropped, and its callbacks called', async () => {
    const {screen} = setup();
    screen.ink.stdout.write('frame');
    for (const noise of ['\x1b[?2026h', '\x1b[?25h', '\x1b[2J\x1b[H', '\n', ''])
      await new Promise<void>(done => screen.ink.stdout.write(noise, () => done()));
    screen.start();
    await turn();
    expect(screen.lines()[0]).toBe('frame');
  });

  test('repaint writes every cell again', async () => {
    const {screen, stdout} = setup({}, 10, 2);
    screen.ink.stdout.write('one\ntwo');
    screen.start();
    await turn();
    stdout.take();
    screen.repaint();
    await turn();
    const seen = terminal(10, 2);
    await feed(seen, `garbage${stdout.take()}`);
    expect(lines(seen)).toEqual(['one', 'two']);
  });
});
