/** What a terminal sends, decoded. */
export type InputEvent = KeyEvent | PasteEvent | MouseEvent | FocusEvent | ReplyEvent | UnknownEvent;

export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

export interface KeyEvent extends Modifiers {
  readonly kind: 'key';
  /**
   * A character (`a`, `A`, `é`, `😀`) or the name of a key: enter tab backspace escape space up down left right home end
   * pageup pagedown insert delete f1 … f35, begin (keypad 5). With ctrl a letter is always small.
   */
  readonly key: string;
  /** What it types into a text field; '' for keys that type nothing, and with ctrl or alt. */
  readonly text: string;
  /** The sequence as it came, to hand on to a widget that decodes by itself. */
  readonly raw: string;
}

/** Bracketed paste: everything between the brackets, controls included. It is data and must never act as keys. */
export interface PasteEvent {
  readonly kind: 'paste';
  readonly text: string;
  /** Bytes left out because the paste was longer than the limit. */
  readonly dropped: number;
}

export interface MouseEvent extends Modifiers {
  readonly kind: 'mouse';
  readonly action: 'press' | 'release' | 'drag' | 'move' | 'wheel';
  /** For a wheel the direction it turned in. */
  readonly button: MouseButton;
  /** The cell, counted from 0 at the top left corner. */
  readonly x: number;
  readonly y: number;
}
export type MouseButton =
  | 'left'
  | 'middle'
  | 'right'
  | 'none'
  | 'back'
  | 'forward'
  | 'up'
  | 'down'
  | 'wheel-left'
  | 'wheel-right';

export interface FocusEvent {
  readonly kind: 'focus';
  readonly focused: boolean;
}

/** An answer to something we asked the terminal. */
export type ReplyEvent = {readonly kind: 'reply'} & (
  | {readonly reply: 'attributes'; readonly device: 1 | 2; readonly values: readonly number[]}
  | {readonly reply: 'cursor'; readonly x: number; readonly y: number}
  | {readonly reply: 'status'; readonly value: number}
  | {readonly reply: 'mode'; readonly mode: number; readonly value: number}
  | {readonly reply: 'kitty'; readonly flags: number}
  | {readonly reply: 'scheme'; readonly scheme: 'dark' | 'light'}
  | {
      readonly reply: 'colour';
      readonly of: 'foreground' | 'background' | 'cursor';
      readonly rgb: readonly [number, number, number];
    }
  | {readonly reply: 'version'; readonly text: string}
);

/** Bytes that mean nothing to us, one character each (Latin-1). Never text: they must not reach a field. */
export interface UnknownEvent {
  readonly kind: 'unknown';
  readonly raw: string;
}

/**
 * A key with its modifiers as keymaps write it: `a`, `Y`, `?`, `space`, `F5`, `shift+tab`, `ctrl+c`, `alt+x`,
 * `ctrl+alt+up`. Shift is not written with a character, which shows it already, except next to ctrl or alt.
 */
export function chord(event: Pick<KeyEvent, 'key' | 'ctrl' | 'alt' | 'shift'>): string {
  const character = [...event.key].length === 1;
  const name = /^f\d+$/.test(event.key) ? event.key.toUpperCase() : event.key;
  const shift = event.shift && (!character || event.ctrl) ? 'shift+' : '';
  return `${event.ctrl ? 'ctrl+' : ''}${event.alt ? 'alt+' : ''}${shift}${name}`;
}
