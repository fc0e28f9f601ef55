import {Box, type DOMElement, measureElement, render, Text, useInput} from 'ink';
import {createElement as h, useLayoutEffect, useRef, useState} from 'react';
import {expect, test} from 'vitest';
import type {Rect} from '../../src/terminal/layers.ts';
import {Screen} from '../../src/terminal/screen.ts';
import {FakeInput, FakeOutput} from './fake-terminal.ts';
import {cells, feed, lines, terminal} from './headless.ts';

/** What we rely on in Ink 8.0.0 and nowhere else is written down: its public `render` draws into our streams. */
function App({screen, keys}: {screen: Screen; keys: string[]}) {
  const box = useRef<DOMElement>(null);
  const [count, setCount] = useState(0);
  useInput(input => {
    keys.push(input);
    setCount(before => before + 1);
  });
  useLayoutEffect(() => {
    const rect = (): Rect | undefined => (box.current === null ? undefined : measureElement(box.current));
    return screen.canvas({
      rect,
      paint: surface => void surface.text(0, 0, `${surface.width}x${surface.height}`, {fg: 'red'}),
    });
  }, [screen]);
  return h(
    Box,
    {flexDirection: 'column', width: '100%', height: screen.height},
    h(Box, {borderStyle: 'single', flexGrow: 1, ref: box}),
    h(Text, {bold: true, wrap: 'truncate'}, `keys ${count} 日本`),
  );
}

const wait = async (condition: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 500 && !condition(); tries++) await new Promise(done => setTimeout(done, 5));
  expect(condition()).toBe(true);
};

test('Ink lays out and draws the chrome, canvases fill its boxes, keys and sizes reach it', async () => {
  const stdout = new FakeOutput(24, 5);
  const screen = new Screen({stdout, stdin: new FakeInput(), level: 1});
  const keys: string[] = [];
  const ink = render(h(App, {screen, keys}), {
    stdout: screen.ink.stdout.asStdout(),
    stdin: screen.ink.stdin.asStdin(),
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  screen.start();
  const seen = terminal(24, 5);
  await wait(() => screen.lines()[4] === 'keys 0 日本' && screen.lines()[0]!.startsWith('24x4'));
  await feed(seen, stdout.take());
  expect(lines(seen)).toEqual(screen.lines());
  expect(lines(seen)[3]).toBe(`└${'─'.repeat(22)}┘`);
  expect(cells(seen)[0]![0]!.look).not.toBe(cells(seen)[0]![6]!.look);

  screen.ink.stdin.type('j');
  screen.ink.stdin.type('j');
  await wait(() => screen.lines()[4] === 'keys 2 日本');
  expect(keys).toEqual(['j', 'j']);

  stdout.setSize(12, 4);
  await wait(() => screen.lines()[3] === `└${'─'.repeat(10)}┘`);
  await wait(() => stdout.written !== '');
  seen.resize(12, 4);
  await feed(seen, stdout.take());
  expect(lines(seen)).toEqual(screen.lines());

  ink.unmount();
  await ink.waitUntilExit();
  screen.stop();
  expect(stdout.take().endsWith('\x1b[?1049l')).toBe(true);
});
