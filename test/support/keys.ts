/**
 * The bytes a terminal sends for a key, in xterm's way: `a`, `enter`, `esc`, `f5`, `up`, with `ctrl+`, `alt+`, `shift+` before it.
 * `application` is whether the program asked for application cursor keys (DECCKM).
 * @throws for a name it does not know, so that a test cannot press nothing
 */
export function keyBytes(key: string, application = false): string {
  const parts = key.length === 1 ? [key] : key.split(/\+(?!$)/);
  const name = parts.at(-1)!;
  const held = new Set(parts.slice(0, -1));
  for (const one of held) if (!(one in weights)) throw new Error(`press: no modifier ${one} in ${key}`);
  const modifier = 1 + [...held].reduce((sum, one) => sum + weights[one]!, 0);
  const letter = cursorKeys[name];
  if (letter !== undefined) {
    if (modifier > 1) return `\x1b[1;${modifier}${letter}`;
    return (application || name.startsWith('f') ? '\x1bO' : '\x1b[') + letter;
  }
  const number = editKeys[name];
  if (number !== undefined) return modifier > 1 ? `\x1b[${number};${modifier}~` : `\x1b[${number}~`;
  if (name === 'tab' && held.has('shift')) return '\x1b[Z';
  const plain = plainKeys[name] ?? (Array.from(name).length === 1 ? name : undefined);
  if (plain === undefined) throw new Error(`press: no key ${key}`);
  const shifted = held.has('shift') ? plain.toUpperCase() : plain;
  return (held.has('alt') ? '\x1b' : '') + (held.has('ctrl') ? controlCode(plain, key) : shifted);
}

const weights: Readonly<Record<string, number>> = {shift: 1, alt: 2, ctrl: 4};

const cursorKeys: Readonly<Record<string, string>> = {
  up: 'A',
  down: 'B',
  right: 'C',
  left: 'D',
  home: 'H',
  end: 'F',
  f1: 'P',
  f2: 'Q',
  f3: 'R',
  f4: 'S',
};

const editKeys: Readonly<Record<string, number>> = {
  insert: 2,
  delete: 3,
  pageup: 5,
  pagedown: 6,
  f5: 15,
  f6: 17,
  f7: 18,
  f8: 19,
  f9: 20,
  f10: 21,
  f11: 23,
  f12: 24,
};

const plainKeys: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  space: ' ',
  backspace: '\x7f',
  plus: '+',
};

/** Control takes the letter's low five bits (ECMA-48 §5.2): ctrl+a is 1, ctrl+[ is escape, ctrl+space is NUL. */
function controlCode(character: string, key: string): string {
  if (character === ' ') return '\0';
  const code = character.toUpperCase().charCodeAt(0);
  if (code < 0x40 || code > 0x5f) throw new Error(`press: a terminal has no ${key}`);
  return String.fromCharCode(code & 0x1f);
}
