/** What a full-screen program asks of a terminal (xterm's ctlseqs, DEC private modes). */
export interface Modes {
  /** Reports of buttons, drags and the wheel (1000, 1002, 1006). Off, so that the terminal's own selection works. */
  readonly mouse: boolean;
  /** Kitty's keyboard protocol, first flag: keys that are otherwise the same become different. */
  readonly kitty?: boolean;
}

export const mouseOn = '\x1b[?1000h\x1b[?1002h\x1b[?1006h';
export const mouseOff = '\x1b[?1006l\x1b[?1002l\x1b[?1000l';
export const beginUpdate = '\x1b[?2026h';
export const endUpdate = '\x1b[?2026l';
export const showCursor = '\x1b[?25h';
export const hideCursor = '\x1b[?25l';

/**
 * Alternate screen (1049), cursor hidden (25), no autowrap (7: a glyph that a terminal draws wider must not push the next
 * row), bracketed paste (2004), focus reports (1004), and what `modes` asks for.
 */
export function enter(modes: Modes): string {
  const keyboard = modes.kitty ? '\x1b[>1u' : '';
  return `\x1b[?1049h${hideCursor}\x1b[?7l\x1b[?2004h\x1b[?1004h${keyboard}${modes.mouse ? mouseOn : ''}\x1b[0m\x1b[2J`;
}

/**
 * Undoes all of `enter` and whatever a frame may have left half done; harmless where nothing was set. Kitty's stack is
 * popped only if something was pushed. The cursor's shape goes back to the user's own (DECSCUSR 0).
 */
export function leave(modes: Modes): string {
  const keyboard = modes.kitty ? '\x1b[<u' : '';
  return `${endUpdate}${mouseOff}\x1b[?1003l\x1b[?1004l\x1b[?2004l${keyboard}\x1b[0m\x1b[?7h\x1b[0 q${showCursor}\x1b[?1049l`;
}

export type CursorShape = 'block' | 'underline' | 'bar';
const shapes: Record<CursorShape, number> = {block: 2, underline: 4, bar: 6};

/** DECSCUSR, the steady forms: a blinking cursor is the terminal's affair, never ours. */
export function cursorShape(shape: CursorShape): string {
  return `\x1b[${shapes[shape]} q`;
}
