import {type Cursor, CursorPlacer} from './cursor.ts';
import type {InputEvent} from './decoder/events.ts';
import {afterTimeout, InputReader} from './decoder/reader.ts';
import {diff} from './diff.ts';
import {Frames} from './frames.ts';
import {Grid} from './grid.ts';
import {InkInput, InkOutput} from './ink-streams.ts';
import {type Canvas, Layers, type Overlay} from './layers.ts';
import {Listeners} from './listeners.ts';
import {beginUpdate, endUpdate, enter, leave, mouseOff, mouseOn} from './modes.ts';
import type {ScreenOptions} from './screen-options.ts';
import {Statistics} from './statistics.ts';
import {sizeOf} from './streams.ts';

export type {ScreenOptions} from './screen-options.ts';

/** How long the first frame after a resize waits for Ink's new layout. */
const layoutWait = 60;
/** How long after the mouse was turned off a report may still come in. */
const reportsOnTheirWay = 20;
/** Changes this soon after a key press are taken for its answer: Ink's a few milliseconds later, and two of other origin. */
const answerTime = 50;
const answersPerKey = 2;

/**
 * Owns the terminal: reads and decodes its input, lays Ink's frames and the canvases over each other, and writes what
 * changed. Construct it, give `ink` to Ink's `render`, add canvases, `start`. Restoring the terminal when the process ends
 * another way is `guard`'s work (restore.ts).
 */
export class Screen {
  /** The streams to give to Ink. */
  readonly ink: {readonly stdout: InkOutput; readonly stdin: InkInput};
  readonly layers = new Layers();
  readonly statistics = new Statistics();
  readonly #options: ScreenOptions;
  readonly #now: () => number;
  readonly #frames: Frames;
  readonly #reader: InputReader;
  readonly #input = new Listeners<InputEvent>();
  readonly #sizes = new Listeners<void>();
  readonly #ends = new Listeners<void>();
  /** Ink's text; what the next frame shows; what the terminal shows. */
  readonly #base: Grid;
  readonly #back: Grid;
  readonly #front: Grid;
  readonly #cursor = new CursorPlacer();
  #inkFrame = '';
  #mouse: boolean;
  #running = false;
  #painting = false;
  #keyAt = Number.NEGATIVE_INFINITY;
  #answers = 0;
  #cancelLayoutWait: (() => void) | undefined;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#mouse = options.mouse ?? true;
    this.#now = options.now ?? (() => performance.now());
    const after = options.after ?? afterTimeout;
    const {width, height} = sizeOf(options.stdout);
    this.#base = new Grid(width, height);
    this.#back = new Grid(width, height);
    this.#front = new Grid(width, height);
    this.ink = {stdout: new InkOutput(width, height, frame => this.#takeInkFrame(frame)), stdin: new InkInput()};
    const interval = 1000 / (options.framesPerSecond ?? 60);
    this.#frames = new Frames({flush: () => this.#flush(), interval, now: this.#now, after});
    const {escapeDelay} = options;
    this.#reader = new InputReader({
      emit: event => this.#dispatch(event),
      after,
      ...(escapeDelay === undefined ? {} : {escapeDelay}),
    });
    this.#frames.hold('stopped');
  }

  get width(): number {
    return this.#back.width;
  }

  get height(): number {
    return this.#back.height;
  }

  /** Takes the terminal over: raw mode, alternate screen, input. Also after `stop`, as when coming back from a suspension. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    const {stdin, stdout} = this.#options;
    stdin.setRawMode?.(true);
    stdin.on('data', this.#onData);
    stdin.on('end', this.#onEnd);
    stdin.resume();
    stdout.on('resize', this.#onResize);
    stdout.on('drain', this.#onDrain);
    stdout.write(enter(this.#modes()));
    this.#cursor.forget();
    this.#front.forget();
    this.#frames.release('drain');
    this.#frames.release('stopped');
    const {width, height} = sizeOf(stdout);
    if (width !== this.width || height !== this.height) this.#onResize();
    this.invalidate();
  }

  /** Gives the terminal back, with `write` if the ordinary one is too slow (a signal, an exit). */
  stop(write: (text: string) => void = text => void this.#options.stdout.write(text)): void {
    if (!this.#running) return;
    this.#running = false;
    const {stdin, stdout} = this.#options;
    this.#frames.hold('stopped');
    this.#frames.stop();
    this.#reader.stop();
    this.#cancelLayoutWait?.();
    stdout.off('resize', this.#onResize);
    stdout.off('drain', this.#onDrain);
    stdin.off('data', this.#onData);
    stdin.off('end', this.#onEnd);
    stdin.pause();
    write(leave(this.#modes()));
    stdin.setRawMode?.(false);
  }

  /** `stop`, after swallowing the mouse reports that are on their way: they would be typed into the user's shell. */
  async close(): Promise<void> {
    this.setMouse(false);
    this.#input.clear();
    await new Promise<void>(done => (this.#options.after ?? afterTimeout)(reportsOnTheirWay, done));
    this.stop();
  }

  get running(): boolean {
    return this.#running;
  }

  /** Adds a hot surface; gives what removes it. */
  canvas(canvas: Canvas): () => void {
    return this.#shownWhile(this.layers.canvas(canvas));
  }

  /** Lifts a part of Ink's text above the canvases; gives what ends that. */
  overlay(overlay: Overlay): () => void {
    return this.#shownWhile(this.layers.overlay(overlay));
  }

  onInput(listener: (event: InputEvent) => void): () => void {
    return this.#input.add(listener);
  }

  /** Called when the size has changed, before Ink lays out again. */
  onResize(listener: () => void): () => void {
    return this.#sizes.add(listener);
  }

  /** Called when no more input can come: the terminal is gone. */
  onHangUp(listener: () => void): () => void {
    return this.#ends.add(listener);
  }

  /** Something a canvas shows has changed. Cheap: call it as often as you like. */
  invalidate(): void {
    this.#frames.invalidate();
    if (this.#answers > 0 && this.#now() - this.#keyAt < answerTime) {
      this.#answers--;
      this.#frames.hurry();
    }
  }

  /** As `invalidate`, and the frame does not wait for its turn. */
  urgent(): void {
    this.#frames.invalidate();
    this.#frames.hurry();
  }

  /** Forgets what the terminal shows: the next frame repaints all of it. */
  repaint(): void {
    this.#front.forget();
    this.urgent();
  }

  /** Places the terminal's own cursor, or hides it. Takes effect with the next frame, or this one while painting. */
  setCursor(cursor: Cursor | undefined): void {
    if (this.#cursor.want(cursor) && !this.#painting) this.invalidate();
  }

  get mouse(): boolean {
    return this.#mouse;
  }

  /** Mouse reports on or off; off gives the user the terminal's own selection. */
  setMouse(on: boolean): void {
    if (on === this.#mouse) return;
    this.#mouse = on;
    if (this.#running) this.#options.stdout.write(on ? mouseOn : mouseOff);
  }

  /** Writes a sequence that draws nothing (a question, the clipboard, a title). Never text from outside. */
  send(sequence: string): void {
    if (this.#running) this.#options.stdout.write(sequence);
  }

  /** The rows as the last frame showed them, without styles. */
  lines(): string[] {
    return this.#back.toLines();
  }

  readonly #onData = (chunk: Buffer): void => this.#reader.push(chunk);

  readonly #onEnd = (): void => this.#ends.tell();

  readonly #onDrain = (): void => this.#frames.release('drain');

  readonly #onResize = (): void => {
    const {width, height} = sizeOf(this.#options.stdout);
    for (const grid of [this.#base, this.#back, this.#front]) grid.resize(width, height);
    this.#front.forget();
    this.#layInkFrame();
    // One frame with the old chrome in the new size would flicker; Ink writes nothing if its text stays the same.
    this.#frames.hold('layout');
    this.#cancelLayoutWait?.();
    this.#cancelLayoutWait = (this.#options.after ?? afterTimeout)(layoutWait, () => this.#frames.release('layout'));
    this.#sizes.tell();
    this.ink.stdout.resize(width, height);
    this.invalidate();
  };

  #dispatch(event: InputEvent): void {
    if (event.kind === 'key' || event.kind === 'paste' || (event.kind === 'mouse' && event.action === 'press')) {
      this.#keyAt = this.#now();
      this.#answers = answersPerKey;
      this.#frames.hurry();
    }
    this.#input.tell(event);
  }

  #takeInkFrame(frame: string): void {
    this.#inkFrame = frame;
    this.#layInkFrame();
    const laidOut = this.#frames.isHeld('layout') && frame.split('\n').length >= this.height;
    if (laidOut) {
      this.#cancelLayoutWait?.();
      this.#frames.release('layout');
    }
    this.#frames.invalidate();
    if (laidOut || this.#now() - this.#keyAt < answerTime) this.#frames.hurry();
  }

  #layInkFrame(): void {
    this.#base.clear();
    const lines = this.#inkFrame.split('\n');
    for (let y = 0; y < Math.min(lines.length, this.height); y++) this.#base.ansi(0, y, lines[y]!);
  }

  #flush(): void {
    const started = this.#now();
    this.#back.copyFrom(this.#base);
    this.#compose();
    const changes = diff(this.#front, this.#back, this.#options.level);
    this.#front.copyFrom(this.#back);
    const drawn = this.#cursor.around(changes);
    const text = changes === '' ? drawn : beginUpdate + drawn + endUpdate;
    if (text !== '' && !this.#options.stdout.write(text)) this.#frames.hold('drain');
    this.statistics.record(this.#now() - started, Buffer.byteLength(text));
  }

  #compose(): void {
    this.#painting = true;
    try {
      this.layers.compose(this.#base, this.#back);
    } finally {
      this.#painting = false;
    }
  }

  #shownWhile(remove: () => void): () => void {
    this.invalidate();
    return () => {
      remove();
      this.invalidate();
    };
  }

  #modes(): {mouse: boolean; kitty: boolean} {
    return {mouse: this.#mouse, kitty: this.#options.kitty ?? false};
  }
}
