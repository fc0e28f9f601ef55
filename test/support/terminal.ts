import {constants} from 'node:os';
import {type IPty, spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {type Cell, readCell} from './cell.ts';
import {terminalEnvironment} from './environment.ts';
import {keyBytes} from './keys.ts';
import {type Modes, watchModes} from './modes.ts';

export interface TerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** Added to the cleaned environment; undefined takes a name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Run when the terminal is closed, after the program has ended. */
  readonly cleanUp?: () => void;
}

export interface Exited {
  readonly code: number;
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | undefined;
}

/** What came out of the program at once, and when (milliseconds on `performance.now`'s clock). */
export interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Starts a program in a pseudo-terminal, read by a terminal emulator. Use with `await using`, so that it always ends. */
export async function openTerminal(options: TerminalOptions): Promise<VirtualTerminal> {
  return new VirtualTerminal(options);
}

export class VirtualTerminal implements AsyncDisposable {
  readonly columns: () => number;
  readonly rows: () => number;
  readonly pid: number;
  /** The folder the program was started in. */
  readonly cwd: string;
  readonly startedAt: number;
  readonly exited: Promise<Exited>;
  /** Everything the program wrote. */
  readonly pieces: Piece[] = [];
  readonly modes: () => Modes;
  #pty: IPty;
  #xterm: headless.Terminal;
  #ended: Exited | undefined;
  #watchers = new Set<() => void>();
  #cleanUp: (() => void) | undefined;

  constructor({command, args = [], columns = 80, rows = 24, cwd = process.cwd(), env, cleanUp}: TerminalOptions) {
    this.#xterm = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 2000});
    this.modes = watchModes(this.#xterm);
    this.#cleanUp = cleanUp;
    this.cwd = cwd;
    this.startedAt = performance.now();
    this.#pty = spawn(command, [...args], {
      name: env?.TERM ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: terminalEnvironment(env),
      encoding: null,
    });
    this.pid = this.#pty.pid;
    this.columns = () => this.#xterm.cols;
    this.rows = () => this.#xterm.rows;
    this.#pty.onData(data => this.#take(data as unknown as Uint8Array));
    // A real terminal answers questions: where the cursor is, what it can do.
    this.#xterm.onData(answer => this.#pty.write(answer));
    this.#xterm.onWriteParsed(() => this.#tell());
    this.exited = new Promise(done => {
      this.#pty.onExit(({exitCode, signal}) =>
        // The last bytes may still lie in the emulator's queue: an empty write comes after them.
        this.#xterm.write('', () => {
          this.#ended = {code: exitCode, signal: signalName(signal)};
          this.#tell();
          done(this.#ended);
        }),
      );
    });
  }

  /** The visible rows, without the blanks at their ends. */
  lines(): string[] {
    const {active} = this.#xterm.buffer;
    return Array.from(
      {length: this.#xterm.rows},
      (_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '',
    );
  }

  /** The visible rows as one text. */
  text(): string {
    return this.lines().join('\n');
  }

  /** The cell in column `x` of row `y`, both from 0. */
  cell(x: number, y: number): Cell {
    const {active} = this.#xterm.buffer;
    const cell = active.getLine(active.viewportY + y)?.getCell(x);
    if (cell === undefined)
      throw new Error(`cell: (${x}, ${y}) is not on a screen of ${this.columns()}x${this.rows()}`);
    return readCell(cell);
  }

  /** Where a text stands on the screen, as cells: for a look at its colour, or a click. */
  find(text: string): {x: number; y: number} | undefined {
    for (let y = 0; y < this.rows(); y++) {
      let row = '';
      const starts: number[] = [];
      for (let x = 0; x < this.columns(); x++) {
        const {char} = this.cell(x, y);
        for (let k = 0; k < char.length; k++) starts.push(x);
        row += char;
      }
      const at = row.indexOf(text);
      if (at >= 0) return {x: starts[at]!, y};
    }
    return undefined;
  }

  cursor(): {x: number; y: number; visible: boolean} {
    const {active} = this.#xterm.buffer;
    return {x: active.cursorX, y: active.cursorY, visible: this.modes().cursorVisible};
  }

  raw(): Uint8Array {
    return Buffer.concat(this.pieces.map(({bytes}) => bytes));
  }

  /**
   * Waits until the screen shows a text, matches a pattern, or satisfies a condition.
   * @throws when it does not within `ms` or the program ends before, with the screen as it is then
   */
  async waitFor(wanted: string | RegExp | ((terminal: this) => boolean), ms = 10_000): Promise<void> {
    const holds = () => {
      if (typeof wanted === 'function') return wanted(this);
      return typeof wanted === 'string' ? this.text().includes(wanted) : wanted.test(this.text());
    };
    await new Promise<void>((done, fail) => {
      const settle = (problem?: string) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        if (problem === undefined) done();
        else fail(new Error(`${problem} ${String(wanted)}\n${this.picture()}`));
      };
      const look = () => {
        if (holds()) settle();
        else if (this.#ended !== undefined)
          settle(`the program ended (${this.#ended.signal ?? this.#ended.code}) without showing`);
      };
      const timer = setTimeout(() => (holds() ? settle() : settle(`not on the screen after ${ms} ms:`)), ms);
      this.#watchers.add(look);
      look();
    });
  }

  /**
   * Waits until nothing has been written for `quiet` milliseconds, counted from now at the earliest. For pictures and
   * measurements; a test had better wait for what it wants to see.
   */
  async settle(quiet = 150, ms = 10_000): Promise<void> {
    const from = performance.now();
    for (;;) {
      const now = performance.now();
      const left = Math.min(Math.max(this.pieces.at(-1)?.at ?? 0, from) + quiet, from + ms) - now;
      if (left <= 0) return;
      await new Promise(done => setTimeout(done, left));
    }
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Presses keys one after the other: `press('ctrl+c')`, `press('down', 'down', 'enter')`. */
  press(...keys: string[]): void {
    for (const key of keys) this.type(keyBytes(key, this.modes().applicationCursorKeys));
  }

  paste(text: string): void {
    this.type(this.modes().bracketedPaste ? `\x1b[200~${text}\x1b[201~` : text);
  }

  /** Presses and lets go of a mouse button in a cell. */
  click(x: number, y: number, button: 'left' | 'middle' | 'right' = 'left'): void {
    const code = {left: 0, middle: 1, right: 2}[button];
    this.#mouse(code, x, y, 'M');
    this.#mouse(code, x, y, 'm');
  }

  drag(from: {x: number; y: number}, to: {x: number; y: number}): void {
    this.#mouse(0, from.x, from.y, 'M');
    this.#mouse(32, to.x, to.y, 'M');
    this.#mouse(0, to.x, to.y, 'm');
  }

  wheel(x: number, y: number, direction: 'up' | 'down', notches = 1): void {
    for (let k = 0; k < notches; k++) this.#mouse(direction === 'up' ? 64 : 65, x, y, 'M');
  }

  resize(columns: number, rows: number): void {
    this.#xterm.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  /** Closes the terminal under the program, as closing its window does. Nothing can be read any more. */
  hangUp(): void {
    (this.#pty as IPty & {destroy(): void}).destroy();
  }

  /** The screen in a frame, for messages. */
  picture(): string {
    const edge = '─'.repeat(this.columns());
    return [`┌${edge}┐`, ...this.lines().map(line => `│${line}`), `└${edge}┘`].join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended === undefined) this.#killGroup('SIGHUP');
    const patience = setTimeout(() => this.#killGroup('SIGKILL'), 2000);
    await this.exited;
    clearTimeout(patience);
    // What the program itself started and left behind is in its process group.
    this.#killGroup('SIGKILL');
    this.#xterm.dispose();
    this.#cleanUp?.();
  }

  #take(bytes: Uint8Array): void {
    this.pieces.push({at: performance.now(), bytes});
    this.#xterm.write(bytes);
  }

  #tell(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** SGR encoding (1006), the one every program of today asks for. */
  #mouse(code: number, x: number, y: number, final: 'M' | 'm'): void {
    if (this.modes().mouse === 'none')
      throw new Error(`mouse: the program has not asked for the mouse\n${this.picture()}`);
    this.type(`\x1b[<${code};${x + 1};${y + 1}${final}`);
  }

  #killGroup(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // Nobody is left in the group: that is what was wanted.
    }
  }
}

function signalName(number: number | undefined): NodeJS.Signals | undefined {
  if (number === undefined || number === 0) return undefined;
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] as NodeJS.Signals | undefined;
}
