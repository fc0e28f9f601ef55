import type {InputEvent} from './events.ts';
import {
  characterKey,
  controlKey,
  keypadKeys,
  kittyKey,
  letterKeys,
  modifiers,
  namedKey,
  rxvtArrows,
  tildeKey,
} from './keys.ts';
import {sgrMouse} from './mouse.ts';
import {csiReply, dcsReply, oscReply} from './replies.ts';
import {decodeUtf8} from './utf8.ts';

/** One decoded thing and where the next begins. `undefined` where a step is asked for: more bytes must come. */
export interface Step {
  readonly event: InputEvent | 'paste starts';
  readonly next: number;
}

export const escapeByte = 0x1b;
/** Longest control sequence and longest string (OSC, DCS, …) that is waited for; more than any terminal sends us. */
const longestSequence = 256;
const longestString = 65_536;

/** Decodes what begins with the Escape at `at`. */
export function escapeStep(bytes: Uint8Array, at: number): Step | undefined {
  const second = bytes[at + 1];
  if (second === undefined) return undefined;
  const string = stringKinds.get(second);
  if (string !== undefined) return stringStep(bytes, at, string);
  if (second === 0x5b) return csiStep(bytes, at);
  if (second === 0x4f) return ss3Step(bytes, at);
  if (second === escapeByte) return doubleEscape(bytes, at);
  return altCharacter(bytes, at);
}

/** Escape and a character is that character with Alt, when nothing longer came in time. */
export function altCharacter(bytes: Uint8Array, at: number): Step | undefined {
  const step = decodeUtf8(bytes, at + 1);
  if (step === 'incomplete') return undefined;
  if (step === 'invalid') return {event: namedKey('escape', '\x1b'), next: at + 1};
  const text = String.fromCodePoint(step.code);
  const raw = `\x1b${text}`;
  if (step.code < 0x20 || step.code === 0x7f) return {event: controlKey(step.code, raw, true), next: step.next};
  return {event: characterKey(text, raw, {alt: true}), next: step.next};
}

/** Escape before a CSI or SS3 key is how rxvt and others send Alt; before anything else it is a key of its own. */
function doubleEscape(bytes: Uint8Array, at: number): Step | undefined {
  const third = bytes[at + 2];
  if (third === undefined) return undefined;
  if (third === 0x5b || third === 0x4f) {
    const inner = escapeStep(bytes, at + 1);
    if (inner === undefined) return undefined;
    const {event} = inner;
    if (typeof event === 'object' && event.kind === 'key')
      return {event: {...event, alt: true, raw: `\x1b${event.raw}`}, next: inner.next};
  }
  return {event: namedKey('escape', '\x1b'), next: at + 1};
}

/** ECMA-48 §5.4: parameters 0x30 to 0x3f, intermediates 0x20 to 0x2f, one final 0x40 to 0x7e. */
function csiStep(bytes: Uint8Array, at: number): Step | undefined {
  const third = bytes[at + 2];
  if (third === undefined) return undefined;
  if (third === 0x4d) return fixedLength(bytes, at, 6); // X10 mouse: three raw bytes follow
  if (third === 0x5b) return linuxFunctionKey(bytes, at);
  let index = at + 2;
  while (index < bytes.length && bytes[index]! >= 0x30 && bytes[index]! <= 0x3f) index++;
  const parametersEnd = index;
  // rxvt ends keys held with Shift in `$`, which is an intermediate everywhere else.
  const shifted = bytes[index] === 0x24 && index > at + 2 && bytes[at + 2]! < 0x3a;
  if (!shifted) while (index < bytes.length && bytes[index]! >= 0x20 && bytes[index]! <= 0x2f) index++;
  const final = bytes[index];
  if (index - at > longestSequence) return {event: {kind: 'unknown', raw: latin1(bytes, at, index)}, next: index};
  if (final === undefined) return undefined;
  if (!shifted && (final < 0x40 || final > 0x7e))
    return {event: {kind: 'unknown', raw: latin1(bytes, at, index)}, next: index};
  const raw = latin1(bytes, at, index + 1);
  const event = csiEvent(latin1(bytes, at + 2, parametersEnd), latin1(bytes, parametersEnd, index + 1), raw);
  return {event, next: index + 1};
}

function csiEvent(parameters: string, final: string, raw: string): InputEvent | 'paste starts' {
  const prefix = /^[<=>?]/.test(parameters) ? parameters[0]! : '';
  const fields = parameters.slice(prefix.length).split(';');
  // A colon starts sub-parameters; only kitty's `u` and its event types use them here.
  const numbers = fields.map(field => Number(field.split(':')[0] ?? ''));
  const unknown: InputEvent = {kind: 'unknown', raw};
  if (numbers.some(Number.isNaN)) return unknown;
  if (prefix === '<') return final === 'M' || final === 'm' ? sgrMouse(numbers, final === 'm', raw) : unknown;
  if (prefix !== '') return csiReply(prefix, numbers, final) ?? unknown;
  if (fields[1]?.endsWith(':3')) return unknown;
  if (final === '~' && numbers[0] === 200) return 'paste starts';
  if (final === 'u') return kittyKey(parameters, raw);
  return csiKey(numbers, final, raw) ?? csiReply('', numbers, final) ?? unknown;
}

function csiKey(numbers: readonly number[], final: string, raw: string): InputEvent | undefined {
  if (final === '~') return tildeKey(numbers, raw);
  if (final === '$') return tildeKey([numbers[0]!, 2], raw);
  if (final === '^' || final === '@') return tildeKey([numbers[0]!, final === '^' ? 5 : 6], raw);
  if (final === 'Z') return namedKey('tab', raw, {shift: true});
  if ((final === 'I' || final === 'O') && raw.length === 3) return {kind: 'focus', focused: final === 'I'};
  const arrow = rxvtArrows[final];
  if (arrow !== undefined && raw.length === 3) return namedKey(arrow, raw, {shift: true});
  const key = letterKeys[final];
  const {other, ...held} = modifiers(numbers[1]);
  // Row 2 and further down, or a column no modifier has: a cursor report, not F3.
  const report = final === 'R' && numbers.length > 1 && (numbers[0]! > 1 || numbers[1]! > 16);
  return key === undefined || other || report ? undefined : namedKey(key, raw, held);
}

function ss3Step(bytes: Uint8Array, at: number): Step | undefined {
  // Old xterm and others put the modifier between `O` and the letter.
  const modified = bytes[at + 2]! >= 0x31 && bytes[at + 2]! <= 0x39;
  const end = at + (modified ? 4 : 3);
  if (end > bytes.length) return undefined;
  const raw = latin1(bytes, at, end);
  const letter = raw.at(-1)!;
  const {other: _, ...held} = modifiers(modified ? Number(raw[2]) : 1);
  if (letterKeys[letter] !== undefined) return {event: namedKey(letterKeys[letter], raw, held), next: end};
  if (rxvtArrows[letter] !== undefined) return {event: namedKey(rxvtArrows[letter], raw, {ctrl: true}), next: end};
  const pad = keypadKeys[letter];
  if (pad !== undefined)
    return {event: pad.length === 1 ? characterKey(pad, raw, held) : namedKey(pad, raw, held), next: end};
  const bad = letter.charCodeAt(0) < 0x20 || letter.charCodeAt(0) > 0x7e;
  const stop = bad ? end - 1 : end;
  return {event: {kind: 'unknown', raw: latin1(bytes, at, stop)}, next: stop};
}

function linuxFunctionKey(bytes: Uint8Array, at: number): Step | undefined {
  const letter = bytes[at + 3];
  if (letter === undefined) return undefined;
  if (letter < 0x41 || letter > 0x45) return {event: {kind: 'unknown', raw: latin1(bytes, at, at + 3)}, next: at + 3};
  return {event: namedKey(`f${letter - 0x40}`, latin1(bytes, at, at + 4)), next: at + 4};
}

function fixedLength(bytes: Uint8Array, at: number, length: number): Step | undefined {
  if (bytes.length < at + length) return undefined;
  return {event: {kind: 'unknown', raw: latin1(bytes, at, at + length)}, next: at + length};
}

/** OSC, DCS, APC and PM (ECMA-48 §5.6) by what follows Escape. SOS is left out: no terminal sends it, and Alt-X does. */
type StringKind = 'osc' | 'dcs' | 'other';
const stringKinds = new Map<number, StringKind>([
  [0x5d, 'osc'],
  [0x50, 'dcs'],
  [0x5f, 'other'],
  [0x5e, 'other'],
]);

/** Everything up to ST, or to BEL for OSC. Escape, CAN or SUB inside breaks it off. */
function stringStep(bytes: Uint8Array, at: number, kind: StringKind): Step | undefined {
  for (let index = at + 2; index < bytes.length; index++) {
    const byte = bytes[index]!;
    const bell = byte === 0x07 && kind === 'osc';
    if (byte === escapeByte && index + 1 === bytes.length) return undefined;
    const terminated = bell || (byte === escapeByte && bytes[index + 1] === 0x5c);
    if (terminated) {
      const next = index + (bell ? 1 : 2);
      const content = latin1(bytes, at + 2, index);
      const reply = kind === 'osc' ? oscReply(content) : kind === 'dcs' ? dcsReply(content) : undefined;
      return {event: reply ?? {kind: 'unknown', raw: latin1(bytes, at, next)}, next};
    }
    const broken = byte === escapeByte || byte === 0x18 || byte === 0x1a || index - at > longestString;
    if (broken)
      return {event: {kind: 'unknown', raw: latin1(bytes, at, index)}, next: byte === escapeByte ? index : index + 1};
  }
  return undefined;
}

export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
