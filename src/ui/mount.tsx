import {render} from 'ink';
import type {Screen} from '../terminal/screen.ts';
import {App} from './app.tsx';
import type {Store} from './store.ts';

/** Lets Ink draw the chrome into the screen's virtual terminal. Gives what ends that. */
export function mountChrome(store: Store, screen: Screen): () => void {
  const ink = render(<App store={store} />, {
    stdout: screen.ink.stdout.asStdout(),
    stdin: screen.ink.stdin.asStdin(),
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    // The Screen decides when a frame is due; Ink's own limit would only show its part of it a frame late.
    maxFps: 1000,
  });
  // A component that throws makes Ink end and reject this. Nobody catches it: it is a crash like any other (restore.ts).
  void ink.waitUntilExit();
  return () => ink.unmount();
}
