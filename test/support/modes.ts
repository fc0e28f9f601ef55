import type {Terminal as Xterm} from '@xterm/headless';

export interface Modes {
  readonly alternateScreen: boolean;
  readonly cursorVisible: boolean;
  readonly mouse: 'none' | 'x10' | 'vt200' | 'drag' | 'any';
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  readonly synchronizedOutput: boolean;
  readonly applicationCursorKeys: boolean;
  /** DEC private modes that stand otherwise than when the terminal was opened, whatever they are: empty after a clean exit. */
  readonly changed: readonly number[];
}

/** The modes that are on in a fresh terminal: auto wrap and the cursor. */
const onAtFirst = new Set([7, 25]);

/** Watches the DEC private modes (CSI ? … h and l) that a program sets, since xterm tells of a few of them only. */
export function watchModes(xterm: Xterm): () => Modes {
  const changed = new Set<number>();
  const listen = (final: 'h' | 'l') =>
    xterm.parser.registerCsiHandler({prefix: '?', final}, parameters => {
      for (const mode of parameters.flat())
        if ((final === 'h') === onAtFirst.has(mode)) changed.delete(mode);
        else changed.add(mode);
      return false;
    });
  listen('h');
  listen('l');
  return () => ({
    alternateScreen: xterm.buffer.active.type === 'alternate',
    cursorVisible: !changed.has(25),
    mouse: xterm.modes.mouseTrackingMode,
    bracketedPaste: xterm.modes.bracketedPasteMode,
    focusEvents: xterm.modes.sendFocusMode,
    synchronizedOutput: xterm.modes.synchronizedOutputMode,
    applicationCursorKeys: xterm.modes.applicationCursorKeysMode,
    changed: [...changed].sort((a, b) => a - b),
  });
}
