import type {ReplyEvent} from './events.ts';

/** Answers that come as control sequences: `prefix` is `?`, `>` or '', `final` the last characters. */
export function csiReply(prefix: string, numbers: readonly number[], final: string): ReplyEvent | undefined {
  const [first = 0, second = 0] = numbers;
  switch (prefix + final) {
    case '?c':
      return {kind: 'reply', reply: 'attributes', device: 1, values: numbers};
    case '>c':
      return {kind: 'reply', reply: 'attributes', device: 2, values: numbers};
    case 'R': // CPR; F3 with a modifier looks the same in row 1 and is taken for the key: ask with CSI ? 6 n
    case '?R':
      return first < 1 || second < 1 ? undefined : {kind: 'reply', reply: 'cursor', x: second - 1, y: first - 1};
    case 'n':
      return {kind: 'reply', reply: 'status', value: first};
    case '?n':
      return first === 997 ? {kind: 'reply', reply: 'scheme', scheme: second === 2 ? 'light' : 'dark'} : undefined;
    case '?$y':
      return {kind: 'reply', reply: 'mode', mode: first, value: second};
    case '?u':
      return {kind: 'reply', reply: 'kitty', flags: first};
    default:
      return undefined;
  }
}

const colourOf = {10: 'foreground', 11: 'background', 12: 'cursor'} as const;

/** OSC 10, 11 and 12 answers: `11;rgb:1a1a/2b2b/3c3c`, one to four hexadecimal digits for each part (XParseColor). */
export function oscReply(content: string): ReplyEvent | undefined {
  const match = /^(10|11|12);rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})(?:\/[0-9a-f]{1,4})?$/i.exec(
    content,
  );
  if (match === null) return undefined;
  const of = colourOf[Number(match[1]) as keyof typeof colourOf];
  const part = (digits: string) => Math.round((Number.parseInt(digits, 16) * 255) / (16 ** digits.length - 1));
  return {kind: 'reply', reply: 'colour', of, rgb: [part(match[2]!), part(match[3]!), part(match[4]!)]};
}

/** DCS answers: XTVERSION only, `>|name(version)`. */
export function dcsReply(content: string): ReplyEvent | undefined {
  return content.startsWith('>|') ? {kind: 'reply', reply: 'version', text: content.slice(2)} : undefined;
}
