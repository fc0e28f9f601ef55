import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {terminalEnvironment} from './environment.ts';
import {openTerminal} from './terminal.ts';
import {nodeProgram, openWirebook} from './wirebook.ts';

const run = (program: string, size: {columns?: number; rows?: number} = {}) =>
  openTerminal({command: nodeProgram, args: ['-e', program], columns: 80, ...size});

const hex = (text: string) => Buffer.from(text).toString('hex');

/** Writes what comes in as hexadecimal, so that a test can see what a key sent, however it was cut. */
const echo = `process.stdin.setRawMode(true); process.stdout.write('ready got ');
  process.stdin.on('data', d => process.stdout.write(d.toString('hex')));`;

describe('what is on the screen', () => {
  test('text, colours and attributes, cell by cell', async () => {
    await using terminal = await run(
      `process.stdout.write('\\x1b[2J\\x1b[H\\x1b[1;31mred\\x1b[0m \\x1b[7;4min\\x1b[0m \\x1b[2;38;2;1;2;3;48;5;200mrgb\\x1b[0m 漢é done')`,
    );
    await terminal.waitFor('done');
    expect(terminal.lines()[0]).toBe('red in rgb 漢é done');
    expect(terminal.cell(0, 0)).toMatchObject({char: 'r', fg: 1, bg: 'default', bold: true, inverse: false});
    expect(terminal.cell(4, 0)).toMatchObject({char: 'i', inverse: true, underline: true, bold: false, fg: 'default'});
    expect(terminal.cell(7, 0)).toMatchObject({char: 'r', dim: true, fg: '#010203', bg: 200});
    expect(terminal.cell(11, 0)).toMatchObject({char: '漢', width: 2});
    expect(terminal.cell(12, 0)).toMatchObject({char: '', width: 0});
    expect(terminal.find('é done')).toEqual({x: 13, y: 0});
    expect(terminal.find('absent')).toBeUndefined();
    expect(() => terminal.cell(80, 0)).toThrow('not on a screen of 80x24');
    expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  });

  test('the size it was given, and a new one', async () => {
    await using terminal = await run(
      `const say = () => console.log('size ' + process.stdout.columns + 'x' + process.stdout.rows);
       say(); process.stdout.on('resize', say); setInterval(() => {}, 1000)`,
      {columns: 100, rows: 30},
    );
    await terminal.waitFor('size 100x30');
    terminal.resize(60, 20);
    await terminal.waitFor('size 60x20');
    expect(terminal.lines().length).toBe(20);
  });

  test('a question to the terminal is answered', async () => {
    await using terminal = await run(`${echo} process.stdout.write('\\x1b[6n')`);
    await expect(terminal.waitFor(/got 1b5b[0-9a-f]+52/)).resolves.toBeUndefined();
  });
});

describe('what a person does', () => {
  test('keys, text and paste', async () => {
    await using terminal = await run(echo);
    await terminal.waitFor('ready');
    terminal.press('up');
    await terminal.waitFor('got 1b5b41');
    terminal.press('ctrl+c');
    await terminal.waitFor('1b5b4103');
    terminal.type('hé');
    await terminal.waitFor('0368c3a9');
    terminal.paste('two\nlines');
    await expect(terminal.waitFor(hex('two\nlines'))).resolves.toBeUndefined();
  });

  test('a bracketed paste, when the program asks for it', async () => {
    await using terminal = await run(`process.stdout.write('\\x1b[?2004h'); ${echo}`);
    await terminal.waitFor('ready');
    terminal.paste('x');
    await expect(terminal.waitFor('got 1b5b3230307e781b5b3230317e')).resolves.toBeUndefined();
  });

  test('the mouse, when the program asks for it', async () => {
    await using terminal = await run(`process.stdout.write('\\x1b[?1002h\\x1b[?1006h'); ${echo}`, {columns: 250});
    await terminal.waitFor('ready');
    terminal.click(4, 2);
    await terminal.waitFor(hex('\x1b[<0;5;3M\x1b[<0;5;3m'));
    terminal.wheel(0, 0, 'down', 2);
    await terminal.waitFor(hex('\x1b[<65;1;1M\x1b[<65;1;1M'));
    terminal.drag({x: 0, y: 0}, {x: 3, y: 0});
    await expect(terminal.waitFor(hex('\x1b[<0;1;1M\x1b[<32;4;1M\x1b[<0;4;1m'))).resolves.toBeUndefined();
  });

  test('no mouse, when it does not', async () => {
    await using terminal = await run(echo);
    await terminal.waitFor('ready');
    expect(() => terminal.click(0, 0)).toThrow('has not asked for the mouse');
  });
});

describe('waiting', () => {
  test('in vain says what was on the screen instead', async () => {
    await using terminal = await run(echo);
    await terminal.waitFor('ready');
    await expect(terminal.waitFor('something else', 50)).rejects.toThrow(/after 50 ms: something else[\s\S]*│ready/);
  });

  test('for a program that ended says so at once', async () => {
    await using terminal = await run(`console.log('that was all'); process.exitCode = 3`);
    await expect(terminal.waitFor('more', 20_000)).rejects.toThrow(
      /ended \(3\) without showing more[\s\S]*that was all/,
    );
  });

  test('for a condition', async () => {
    await using terminal = await run(`setTimeout(() => console.log('a\\nb\\nc'), 30); setInterval(() => {}, 1000)`);
    await terminal.waitFor(shown => shown.lines().filter(line => line !== '').length === 3);
    expect(terminal.cursor()).toEqual({x: 0, y: 3, visible: true});
  });
});

test('settling waits for what comes late', async () => {
  await using terminal = await run(
    `console.log('first'); setTimeout(() => console.log('late'), 120); setInterval(() => {}, 1000)`,
  );
  await terminal.waitFor('first');
  await terminal.settle(60);
  const before = terminal.text();
  await terminal.settle(400);
  expect(before).toContain('first');
  expect(terminal.text()).toContain('late');
});

describe('the end', () => {
  test('a signal, and what it left behind', async () => {
    await using terminal = await run(
      `process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?1003h\\x1b[?1006h\\x1b[?2004h\\x1b[?1004hup'); setInterval(() => {}, 1000)`,
    );
    await terminal.waitFor('up');
    terminal.signal('SIGTERM');
    expect(await terminal.exited).toMatchObject({signal: 'SIGTERM'});
    expect(terminal.modes()).toEqual({
      alternateScreen: true,
      cursorVisible: false,
      mouse: 'any',
      bracketedPaste: true,
      focusEvents: true,
      synchronizedOutput: false,
      applicationCursorKeys: false,
      changed: [25, 1003, 1004, 1006, 1049, 2004],
    });
  });

  test('a clean one leaves nothing changed', async () => {
    await using terminal = await run(
      `process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?1002;1006hup\\x1b[?1002;1006l\\x1b[?25h\\x1b[?1049l')`,
    );
    await terminal.exited;
    expect(terminal.modes()).toMatchObject({alternateScreen: false, cursorVisible: true, mouse: 'none', changed: []});
    expect(new TextDecoder().decode(terminal.raw())).toContain('up');
  });

  test('closing ends the program and its children', async () => {
    let child = 0;
    {
      await using terminal = await openTerminal({command: 'bash', args: ['-c', 'sleep 300 & echo child $!; wait']});
      await terminal.waitFor(/child \d+/);
      child = Number(/child (\d+)/.exec(terminal.text())![1]);
      expect(alive(child)).toBe(true);
    }
    for (let k = 0; k < 50 && alive(child); k++) await new Promise(done => setTimeout(done, 20));
    expect(alive(child)).toBe(false);
  });
});

test('the environment is a terminal, and not a test', () => {
  const before = process.env.CI;
  process.env.CI = 'true';
  try {
    const env = terminalEnvironment({EXTRA: 'yes', HOME: undefined});
    expect(env).toMatchObject({COLORTERM: 'truecolor', TERM: 'xterm-256color', EXTRA: 'yes'});
    for (const name of ['CI', 'VITEST', 'NO_COLOR', 'FORCE_COLOR', 'NODE_ENV', 'HOME'])
      expect(env).not.toHaveProperty(name);
  } finally {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  }
});

test('wirebook starts with the pinned Node, in a folder that is gone afterwards', async () => {
  let folder = '';
  {
    await using terminal = await openWirebook(['--version']);
    folder = terminal.cwd;
    expect(existsSync(folder)).toBe(true);
    expect((await terminal.exited).signal).toBeUndefined();
    expect(terminal.text()).toMatch(/\d+\.\d+\.\d+/);
  }
  expect(existsSync(folder)).toBe(false);
});

/** A process that nobody has collected yet is dead all the same. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
