import type {InputEvent, KeyEvent, MouseEvent} from '../../../src/terminal/decoder/events.ts';

type Held = Partial<Pick<KeyEvent, 'ctrl' | 'alt' | 'shift'>>;

const key = (name: string, held: Held = {}, text = ''): InputEvent => ({
  kind: 'key',
  key: name,
  ctrl: false,
  alt: false,
  shift: false,
  text,
  raw: '',
  ...held,
});
const typed = (text: string): InputEvent => key(text, {shift: text !== text.toLowerCase()}, text);
const mouse = (
  action: MouseEvent['action'],
  button: MouseEvent['button'],
  x: number,
  y: number,
  held: Held = {},
): InputEvent => ({kind: 'mouse', action, button, x, y, ctrl: false, alt: false, shift: false, ...held});
const unknown = (raw: string): InputEvent => ({kind: 'unknown', raw});

/** Bytes as a terminal sends them (one character each, U+0000 to U+00FF) and what they mean. `raw` of keys is left empty. */
export const table: readonly (readonly [name: string, bytes: string, events: readonly InputEvent[]])[] = [
  ['a letter', 'a', [typed('a')]],
  ['a capital', 'Y', [typed('Y')]],
  ['two keys in one read', 'jj', [typed('j'), typed('j')]],
  ['punctuation', '?:!', [typed('?'), typed(':'), typed('!')]],
  ['space', ' ', [key('space', {}, ' ')]],
  ['enter, tab, backspace', '\r\t\x7f\x08', [key('enter'), key('tab'), key('backspace'), key('backspace')]],
  [
    'ctrl and a letter',
    '\x01\x03\x0a\x1a',
    [key('a', {ctrl: true}), key('c', {ctrl: true}), key('j', {ctrl: true}), key('z', {ctrl: true})],
  ],
  [
    'ctrl and others',
    '\x00\x1c\x1d\x1f',
    [key('space', {ctrl: true}), key('\\', {ctrl: true}), key(']', {ctrl: true}), key('_', {ctrl: true})],
  ],
  ['alt and a letter', '\x1bx\x1bX', [key('x', {alt: true}), key('X', {alt: true, shift: true})]],
  [
    'alt and a control',
    '\x1b\r\x1b\x7f\x1b\x01',
    [key('enter', {alt: true}), key('backspace', {alt: true}), key('a', {alt: true, ctrl: true})],
  ],
  ['alt and a letter of two bytes', '\x1b\xc3\xa9', [key('é', {alt: true})]],
  ['accented, Greek, ideograph', '\xc3\xa9\xce\xbb\xe6\x97\xa5', [typed('é'), typed('λ'), typed('日')]],
  ['a combining mark is an event of its own', 'e\xcc\x81', [typed('e'), typed('\u0301')]],
  ['an emoji, then a letter', '\xf0\x9f\x98\x80a', [typed('😀'), typed('a')]],
  ['a family, then a letter', `${latin('👨‍👩‍👧')}a`, [typed('👨‍👩‍👧'), typed('a')]],
  ['a flag, then a flag', latin('🇩🇪🇫🇷'), [typed('🇩🇪'), typed('🇫🇷')]],
  ['a skin tone, a heart', `${latin('👍🏽❤️')}.`, [typed('👍🏽'), typed('❤️'), typed('.')]],
  [
    'bytes that are no UTF-8',
    '\xff\xc3(\xc0\x80',
    [unknown('\xff'), unknown('\xc3'), typed('('), unknown('\xc0'), unknown('\x80')],
  ],
  [
    'a surrogate and a too long form',
    '\xed\xa0\x80\xe0\x80\xaf',
    ['\xed', '\xa0', '\x80', '\xe0', '\x80', '\xaf'].map(unknown),
  ],
  ['a C1 control', '\xc2\x9bA', [unknown('\xc2\x9b'), typed('A')]],

  ['arrows', '\x1b[A\x1b[B\x1b[C\x1b[D', [key('up'), key('down'), key('right'), key('left')]],
  ['arrows in application mode', '\x1bOA\x1bOB\x1bOC\x1bOD', [key('up'), key('down'), key('right'), key('left')]],
  [
    'arrows with modifiers',
    '\x1b[1;2A\x1b[1;5C\x1b[1;3D\x1b[1;8B',
    [
      key('up', {shift: true}),
      key('right', {ctrl: true}),
      key('left', {alt: true}),
      key('down', {ctrl: true, alt: true, shift: true}),
    ],
  ],
  ['alt and an arrow, with two escapes', '\x1b\x1b[A\x1b\x1bOB', [key('up', {alt: true}), key('down', {alt: true})]],
  ['escape, then alt and a letter', '\x1b\x1bx', [key('escape'), key('x', {alt: true})]],
  [
    'shift and an arrow, rxvt',
    '\x1b[a\x1b[d\x1bOa',
    [key('up', {shift: true}), key('left', {shift: true}), key('up', {ctrl: true})],
  ],
  [
    'home and end',
    '\x1b[H\x1b[F\x1bOH\x1bOF\x1b[1~\x1b[4~\x1b[7~\x1b[8~',
    ['home', 'end', 'home', 'end', 'home', 'end', 'home', 'end'].map(name => key(name)),
  ],
  [
    'insert, delete, pages',
    '\x1b[2~\x1b[3~\x1b[5~\x1b[6~',
    ['insert', 'delete', 'pageup', 'pagedown'].map(name => key(name)),
  ],
  [
    'the same with modifiers',
    '\x1b[3;5~\x1b[5;2~\x1b[3$\x1b[3^\x1b[3@',
    [
      key('delete', {ctrl: true}),
      key('pageup', {shift: true}),
      key('delete', {shift: true}),
      key('delete', {ctrl: true}),
      key('delete', {ctrl: true, shift: true}),
    ],
  ],
  ['shift and tab', '\x1b[Z', [key('tab', {shift: true})]],
  ['F1 to F4, SS3', '\x1bOP\x1bOQ\x1bOR\x1bOS', ['f1', 'f2', 'f3', 'f4'].map(name => key(name))],
  ['F1 to F5, VT', '\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~', ['f1', 'f2', 'f3', 'f4', 'f5'].map(name => key(name))],
  [
    'F6 to F12',
    '\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~',
    ['f6', 'f7', 'f8', 'f9', 'f10', 'f11', 'f12'].map(name => key(name)),
  ],
  [
    'F keys with modifiers',
    '\x1b[1;2P\x1b[1;5Q\x1b[1;2R\x1b[15;3~\x1b[24;6~\x1bO5S',
    [
      key('f1', {shift: true}),
      key('f2', {ctrl: true}),
      key('f3', {shift: true}),
      key('f5', {alt: true}),
      key('f12', {ctrl: true, shift: true}),
      key('f4', {ctrl: true}),
    ],
  ],
  [
    'F1 to F5, Linux console',
    '\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E',
    ['f1', 'f2', 'f3', 'f4', 'f5'].map(name => key(name)),
  ],
  ['keypad in application mode', '\x1bOM\x1bOj\x1bOq\x1bOy', [key('enter'), typed('*'), typed('1'), typed('9')]],
  ['modifyOtherKeys', '\x1b[27;5;13~\x1b[27;6;65~', [key('enter', {ctrl: true}), key('a', {ctrl: true, shift: true})]],

  [
    'kitty: keys with modifiers',
    '\x1b[97;5u\x1b[13;2u\x1b[9;5u\x1b[27u\x1b[127;3u',
    [
      key('a', {ctrl: true}),
      key('enter', {shift: true}),
      key('tab', {ctrl: true}),
      key('escape'),
      key('backspace', {alt: true}),
    ],
  ],
  [
    'kitty: shifted, text and caps lock',
    '\x1b[97:65;2u\x1b[97;2u\x1b[233;;233u\x1b[97;65u',
    [typed('A'), typed('A'), typed('é'), typed('a')],
  ],
  [
    'kitty: keypad and F13',
    '\x1b[57400u\x1b[57414u\x1b[57376u\x1b[57419;5u',
    [typed('1'), key('enter'), key('f13'), key('up', {ctrl: true})],
  ],
  [
    'kitty: a release, a lone modifier and super do nothing',
    '\x1b[97;1:3u\x1b[57441u\x1b[99;9u\x1b[1;1:3A',
    ['\x1b[97;1:3u', '\x1b[57441u', '\x1b[99;9u', '\x1b[1;1:3A'].map(unknown),
  ],
  ['kitty: press and repeat are keys', '\x1b[97;1:1u\x1b[97;1:2u\x1b[1;1:2B', [typed('a'), typed('a'), key('down')]],

  [
    'mouse: press and release',
    '\x1b[<0;1;1M\x1b[<0;1;1m',
    [mouse('press', 'left', 0, 0), mouse('release', 'left', 0, 0)],
  ],
  [
    'mouse: other buttons',
    '\x1b[<1;10;5M\x1b[<2;300;99M\x1b[<128;1;1M',
    [mouse('press', 'middle', 9, 4), mouse('press', 'right', 299, 98), mouse('press', 'back', 0, 0)],
  ],
  ['mouse: drag and motion', '\x1b[<32;4;5M\x1b[<35;4;5M', [mouse('drag', 'left', 3, 4), mouse('move', 'none', 3, 4)]],
  [
    'mouse: the wheel',
    '\x1b[<64;2;3M\x1b[<65;2;3M\x1b[<66;2;3M\x1b[<67;2;3M',
    [
      mouse('wheel', 'up', 1, 2),
      mouse('wheel', 'down', 1, 2),
      mouse('wheel', 'wheel-left', 1, 2),
      mouse('wheel', 'wheel-right', 1, 2),
    ],
  ],
  [
    'mouse: modifiers',
    '\x1b[<4;1;1M\x1b[<8;1;1M\x1b[<16;1;1M\x1b[<68;1;1M',
    [
      mouse('press', 'left', 0, 0, {shift: true}),
      mouse('press', 'left', 0, 0, {alt: true}),
      mouse('press', 'left', 0, 0, {ctrl: true}),
      mouse('wheel', 'up', 0, 0, {shift: true}),
    ],
  ],
  [
    'mouse: what is malformed is nothing',
    '\x1b[<0;1M\x1b[<0;0;1M\x1b[<;;M',
    ['\x1b[<0;1M', '\x1b[<0;0;1M', '\x1b[<;;M'].map(unknown),
  ],
  [
    'mouse: X10 reports do not leak',
    '\x1b[M !!\x1b[M#\xe0\x7fq',
    [unknown('\x1b[M !!'), unknown('\x1b[M#\xe0\x7f'), typed('q')],
  ],
  ['mouse: urxvt reports do not leak', '\x1b[32;5;6Mq', [unknown('\x1b[32;5;6M'), typed('q')]],
  [
    'focus',
    '\x1b[I\x1b[O',
    [
      {kind: 'focus', focused: true},
      {kind: 'focus', focused: false},
    ],
  ],

  ['a paste', '\x1b[200~hello\x1b[201~', [{kind: 'paste', text: 'hello', dropped: 0}]],
  [
    'a paste with lines, keys and UTF-8 in it',
    '\x1b[200~a\rb\r\nc\x1b[A\x03\xc3\xa9\x1b[201~x',
    [{kind: 'paste', text: 'a\nb\nc\x1b[A\x03é', dropped: 0}, typed('x')],
  ],
  ['an empty paste', '\x1b[200~\x1b[201~', [{kind: 'paste', text: '', dropped: 0}]],
  [
    'a paste that looks like its end',
    '\x1b[200~\x1b[201\x1b[20\x1b[201~',
    [{kind: 'paste', text: '\x1b[201\x1b[20', dropped: 0}],
  ],

  [
    'DA1 and DA2',
    '\x1b[?62;22c\x1b[>0;276;0c',
    [
      {kind: 'reply', reply: 'attributes', device: 1, values: [62, 22]},
      {kind: 'reply', reply: 'attributes', device: 2, values: [0, 276, 0]},
    ],
  ],
  [
    'cursor reports',
    '\x1b[24;80R\x1b[?3;4R\x1b[1;40R',
    [
      {kind: 'reply', reply: 'cursor', x: 79, y: 23},
      {kind: 'reply', reply: 'cursor', x: 3, y: 2},
      {kind: 'reply', reply: 'cursor', x: 39, y: 0},
    ],
  ],
  [
    'status, mode and flags',
    '\x1b[0n\x1b[?2026;2$y\x1b[?1u\x1b[?997;2n',
    [
      {kind: 'reply', reply: 'status', value: 0},
      {kind: 'reply', reply: 'mode', mode: 2026, value: 2},
      {kind: 'reply', reply: 'kitty', flags: 1},
      {kind: 'reply', reply: 'scheme', scheme: 'light'},
    ],
  ],
  [
    'colours, ended by ST and by BEL',
    '\x1b]11;rgb:1a1a/2b2b/3c3c\x1b\\\x1b]10;rgb:f/80/fff\x07',
    [
      {kind: 'reply', reply: 'colour', of: 'background', rgb: [0x1a, 0x2b, 0x3c]},
      {kind: 'reply', reply: 'colour', of: 'foreground', rgb: [255, 128, 255]},
    ],
  ],
  ['XTVERSION', '\x1bP>|XTerm(390)\x1b\\', [{kind: 'reply', reply: 'version', text: 'XTerm(390)'}]],
  [
    'other strings do not leak',
    '\x1b]52;c;aGk=\x07\x1b_Gi=1;OK\x1b\\\x1bP1$r0m\x1b\\q',
    [unknown('\x1b]52;c;aGk=\x07'), unknown('\x1b_Gi=1;OK\x1b\\'), unknown('\x1bP1$r0m\x1b\\'), typed('q')],
  ],
  ['a string broken off by a key', '\x1b]11;rgb\x1b[A', [unknown('\x1b]11;rgb'), key('up')]],
  [
    'a sequence broken off by a key',
    '\x1b[1;\x1b[A\x1b[12\x03',
    [unknown('\x1b[1;'), key('up'), unknown('\x1b[12'), key('c', {ctrl: true})],
  ],
  [
    'sequences nobody knows',
    '\x1b[5;6;7w\x1b[?1x\x1b[99~\x1bO!q',
    ['\x1b[5;6;7w', '\x1b[?1x', '\x1b[99~', '\x1bO!'].map(unknown).concat(typed('q')),
  ],
];

function latin(text: string): string {
  return Buffer.from(text).toString('latin1');
}
