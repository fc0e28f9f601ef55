import type {InputEvent, KeyEvent} from './events.ts';

/** The modifier parameter of xterm and kitty: one more than a sum of shift 1, alt 2, ctrl 4, super 8, hyper 16, meta 32. */
export function modifiers(parameter: number | undefined): {
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  other: boolean;
} {
  const bits = Math.max(0, (parameter ?? 1) - 1);
  return {shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0, other: (bits & (8 | 16 | 32)) !== 0};
}

const plain = {ctrl: false, alt: false, shift: false};

/** A key that has a name. */
export function namedKey(
  key: string,
  raw: string,
  parts: Partial<Pick<KeyEvent, 'ctrl' | 'alt' | 'shift'>> = {},
): KeyEvent {
  const {ctrl, alt, shift} = {...plain, ...parts};
  return {kind: 'key', key, ctrl, alt, shift, text: key === 'space' && !ctrl && !alt ? ' ' : '', raw};
}

/** A key that types a character. */
export function characterKey(
  text: string,
  raw: string,
  parts: Partial<Pick<KeyEvent, 'ctrl' | 'alt' | 'shift'>> = {},
): KeyEvent {
  if (text === ' ') return namedKey('space', raw, parts);
  const {ctrl, alt} = {...plain, ...parts};
  const shift = parts.shift === true || text !== text.toLowerCase();
  return {kind: 'key', key: ctrl ? text.toLowerCase() : text, ctrl, alt, shift, text: ctrl || alt ? '' : text, raw};
}

/** Bytes 0x00 to 0x1f and 0x7f, as every terminal sends them. Ctrl-I, Ctrl-M and Ctrl-[ are Tab, Enter and Escape. */
export function controlKey(byte: number, raw: string, alt = false): KeyEvent {
  const name = controlNames[byte];
  if (name !== undefined) return namedKey(name, raw, {alt});
  if (byte === 0) return namedKey('space', raw, {ctrl: true, alt});
  return characterKey(String.fromCharCode(byte + 0x40).toLowerCase(), raw, {ctrl: true, alt});
}

const controlNames: Record<number, string> = {8: 'backspace', 9: 'tab', 13: 'enter', 27: 'escape', 127: 'backspace'};

/** Final letters of CSI and SS3 keys: DEC and xterm, and the keypad in application mode. */
export const letterKeys: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'begin',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** SS3 only: Enter and the other keys of the keypad. Small a to d are rxvt's arrows with ctrl. */
export const keypadKeys: Readonly<Record<string, string>> = {
  M: 'enter',
  I: 'tab',
  ' ': 'space',
  X: '=',
  j: '*',
  k: '+',
  l: ',',
  m: '-',
  n: '.',
  o: '/',
  p: '0',
  q: '1',
  r: '2',
  s: '3',
  t: '4',
  u: '5',
  v: '6',
  w: '7',
  x: '8',
  y: '9',
};
export const rxvtArrows: Readonly<Record<string, string>> = {a: 'up', b: 'down', c: 'right', d: 'left'};

/** `CSI number ~`: the VT220 editing and function keys. */
const tildeKeys: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'f16',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
};

/** `CSI number ; modifiers ~`, and xterm's modifyOtherKeys `CSI 27 ; modifiers ; code ~`. */
export function tildeKey(numbers: readonly number[], raw: string): KeyEvent | undefined {
  const {other, ...held} = modifiers(numbers[1]);
  if (other) return undefined;
  if (numbers[0] === 27 && numbers[2] !== undefined) return codeKey(numbers[2], raw, held);
  const key = tildeKeys[numbers[0] ?? -1];
  return key === undefined ? undefined : namedKey(key, raw, held);
}

/** A key given by its Unicode code point, as kitty's protocol and modifyOtherKeys do. */
export function codeKey(
  code: number,
  raw: string,
  held: Partial<Pick<KeyEvent, 'ctrl' | 'alt' | 'shift'>>,
): KeyEvent | undefined {
  const name =
    controlNames[code] ?? kittyKeys[code] ?? (code >= 57_376 && code <= 57_398 ? `f${code - 57_363}` : undefined);
  if (name !== undefined) return name.length === 1 ? characterKey(name, raw, held) : namedKey(name, raw, held);
  if (code < 32 || (code >= 57_344 && code <= 63_743) || code > 0x10_ffff || (code >= 0xd800 && code < 0xe000))
    return undefined;
  return characterKey(String.fromCodePoint(code), raw, held);
}

/** Keys that kitty numbers in the private use area; those left out (caps lock, media keys, lone modifiers) do nothing here. */
const kittyKeys: Readonly<Record<number, string>> = {
  57399: '0',
  57400: '1',
  57401: '2',
  57402: '3',
  57403: '4',
  57404: '5',
  57405: '6',
  57406: '7',
  57407: '8',
  57408: '9',
  57409: '.',
  57410: '/',
  57411: '*',
  57412: '-',
  57413: '+',
  57414: 'enter',
  57415: '=',
  57416: ',',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
  57427: 'begin',
};

/** `CSI code : shifted : base ; modifiers : event ; text u`, kitty's keyboard protocol. A release is no key. */
export function kittyKey(parameters: string, raw: string): InputEvent {
  const [codes = '', state = '', texts = ''] = parameters.split(';');
  const [code = 0, shifted] = codes.split(':').map(Number);
  const [mask, phase] = state.split(':').map(Number);
  const {other, ...held} = modifiers(mask === 0 ? 1 : mask);
  const nothing: InputEvent = {kind: 'unknown', raw};
  if (other || phase === 3) return nothing;
  const typed = texts
    .split(':')
    .map(Number)
    .filter(number => number >= 32 && number <= 0x10_ffff);
  if (typed.length > 0 && !held.ctrl && !held.alt) return characterKey(String.fromCodePoint(...typed), raw, held);
  const upper =
    held.shift && !held.ctrl && code < 0x1_0000 ? String.fromCharCode(code).toUpperCase().charCodeAt(0) : code;
  return codeKey(held.shift && shifted ? shifted : upper, raw, held) ?? nothing;
}
