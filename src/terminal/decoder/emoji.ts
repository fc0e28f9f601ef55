import {decodeUtf8} from './utf8.ts';

const isIndicator = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;
const isPictograph = (code: number) => code >= 0x203c && /\p{Extended_Pictographic}/u.test(String.fromCodePoint(code));
/** What may follow a pictograph in the same glyph: variation selector 16, skin tones, tags. */
const isModifier = (code: number) =>
  code === 0xfe0f || (code >= 0x1f3fb && code <= 0x1f3ff) || (code >= 0xe0020 && code <= 0xe007f);
const joiner = 0x200d;
const longest = 128;

export function isEmojiStart(code: number): boolean {
  return isIndicator(code) || isPictograph(code);
}

/**
 * Where the emoji sequence that begins at `at` ends (UTS #51 §1.4.9: flags, modifiers, tags, joined ones).
 * `undefined` when the bytes end before that is certain, unless `final`.
 */
export function emojiLength(bytes: Uint8Array, at: number, final: boolean): number | undefined {
  let end = at;
  let before = 0;
  let flags = 0;
  while (end - at < longest) {
    const step = end < bytes.length ? decodeUtf8(bytes, end) : 'incomplete';
    if (step === 'incomplete') return final ? Math.max(end, at + 1) : undefined;
    if (step === 'invalid') return end;
    const {code} = step;
    const first = end === at;
    const flag = isIndicator(code) && (first || flags === 1);
    const joined = before === joiner && isPictograph(code);
    const extends_ = before !== joiner && flags === 0 && (isModifier(code) || code === joiner);
    if (!first && !flag && !joined && !extends_) return end;
    if (flag) flags++;
    before = code;
    end = step.next;
    if (flags === 2) return end;
  }
  return end;
}
