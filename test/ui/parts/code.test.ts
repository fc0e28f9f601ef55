import {describe, expect, test} from 'vitest';
import type {Equivalent} from '../../../src/chapters/contract.ts';
import {width} from '../../../src/terminal/width.ts';
import {codePart} from '../../../src/ui/parts/code.ts';
import {highlight} from '../../../src/ui/parts/highlight.ts';
import {lineText} from '../../../src/ui/parts/line.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {ascii, hostile, type PaintOptions, paintPart, paneModel, unicode} from './painting.ts';

const equivalents: readonly Equivalent[] = [
  {
    language: 'Python',
    code: `import socket\n\nsc = socket.create_connection(('127.0.1.80', 1060))\nsc.sendall(b'hi # there')  # one send, ${'漢字'}\nsc.shutdown(socket.SHUT_WR)\n`,
  },
  {
    language: 'C',
    code: '#include <sys/socket.h>\n/* two\n   lines */\nif (shutdown(fd, SHUT_WR) == -1) return 0x1F; // no',
  },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program shown, not a text of ours
  {language: 'Node', code: "socket.end(`a ${b}`); // 'no'\nconst n = 10n;"},
  {language: 'shell', code: "printf 'hi' | nc -N 127.0.1.80 1060 # done\necho a#b"},
];

const part = codePart<object>({marks: (_model, {language}) => (language === 'Python' ? [3, 4] : [])});

function paint(options: PaintOptions, theme = unicode) {
  return paintPart(part, paneModel({}, {equivalents, theme}), options);
}

describe('the picture', () => {
  test('at 78 columns', () => {
    expect(paint({width: 78, height: 7, cursor: 2}).picture).toMatchInlineSnapshot(`
      "| [Python] C  Node  shell                                                      |
      | 1 import socket                                                              |
      | 2                                                                            |
      |▸3 sc = socket.create_connection(('127.0.1.80', 1060))                        |
      | 4┃sc.sendall(b'hi # there')  # one send, 漢字                                |
      | 5┃sc.shutdown(socket.SHUT_WR)                                                |
      |                                                                              |"
    `);
  });

  test('at 38 columns, in C', () => {
    expect(paint({width: 38, height: 5, cursor: 3, kept: {language: 1}}).picture).toMatchInlineSnapshot(`
      "|  Python [C] Node  shell              |
      | 1 #include <sys/socket.h>            |
      | 2 /* two                             |
      | 3    lines */                        |
      |▸4 if (shutdown(fd, SHUT_WR) == -1) r…|"
    `);
  });

  test('at 118 columns, in ASCII', () => {
    expect(paint({width: 118, height: 7, cursor: 2}, ascii).picture).toMatchInlineSnapshot(`
      "| [Python] C  Node  shell                                                                                              |
      | 1 import socket                                                                                                      |
      | 2                                                                                                                    |
      |>3 sc = socket.create_connection(('127.0.1.80', 1060))                                                                |
      | 4!sc.sendall(b'hi # there')  # one send, 漢字                                                                        |
      | 5!sc.shutdown(socket.SHUT_WR)                                                                                        |
      |                                                                                                                      |"
    `);
  });

  test('hostile code shows what it hides', () => {
    const model = paneModel({}, {equivalents: [{language: 'Node', code: `'${hostile}'`}]});
    const {lines} = paintPart(part, model, {width: 60, height: 2});
    expect(lines[1]).toContain("'漢字👩‍👩‍👧e\u0301\\x1b[31m\\u{202e}evil\\x00'");
    expect(width(lines[1]!)).toBeLessThanOrEqual(60);
  });

  test('without programs there is a sentence', () => {
    expect(paintPart(part, paneModel({}), {width: 38, height: 2}).lines[0]).toBe(' Nothing else does this.');
  });

  test('colours, and the marked lines where there are none', () => {
    const {style, find, lines} = paint({width: 78, height: 7, cursor: 0, focused: false});
    const {roles} = unicode;
    expect(style(find('import').x, 1)).toBe(roles.strong);
    expect(style(find("b'hi").x, 4)).toBe(roles.good);
    expect(style(find('# there').x, 4), 'a # in a string').toBe(roles.good);
    expect(style(find('# one').x, 4)).toBe(roles.dim);
    expect(style(find('1060').x, 3)).toBe(roles.field4);
    expect(lines.flatMap((line, y) => (line.includes('┃') ? [y] : []))).toEqual([4, 5]);
  });
});

describe('keys', () => {
  test('walk through the languages, both ways round, from the first line', () => {
    const {model} = paint({width: 78, height: 7, cursor: 3});
    for (const key of ['left', 'right', '[', ']', 'h', 'l']) expect(part.grabs!(key, model)).toBe(true);
    expect(part.grabs!('down', model)).toBe(false);
    expect(part.press!(']', model)).toEqual({cursor: 0, keep: {language: 1}});
    expect(part.press!('left', model)).toEqual({cursor: 0, keep: {language: 3}});
    expect(part.press!('right', {...model, kept: {language: 3}})).toEqual({cursor: 0, keep: {language: 0}});
    expect(part.press!('x', model)).toBeUndefined();
  });

  test('the cursor stays within the program that is shown', () => {
    const {model} = paint({width: 78, height: 7, cursor: 4, kept: {language: 3}});
    expect(model.cursor).toBe(1);
    expect(moved(part, model, 'last')).toBe(1);
    expect(part.at!(3, 2, model)).toBe(1);
    expect(part.at!(3, 3, model)).toBeUndefined();
    expect(part.at!(3, 0, model)).toBeUndefined();
  });

  test('copying takes the whole program first, then the line, then the other languages', () => {
    const copies = part.copies!(paint({width: 78, height: 7, cursor: 4}).model);
    expect(copies.map(copy => copy.label)).toEqual([
      'all of it in Python',
      'the line',
      'all of it in C',
      'all of it in Node',
      'all of it in shell',
    ]);
    expect(copies[0]!.text).toBe(equivalents[0]!.code);
    expect(copies[1]!.text).toBe('sc.shutdown(socket.SHUT_WR)');
    expect(part.copies!(paintPart(part, paneModel({}), {width: 38, height: 2}).model)).toEqual([]);
  });
});

describe('highlighting', () => {
  test.each(equivalents.map(({language, code}) => [language, code] as const))(
    '%s: no character is lost or moved',
    (language, code) => {
      expect(highlight(code, language).map(lineText).join('\n')).toBe(code);
    },
  );

  const spans = (language: Equivalent['language'], code: string) =>
    highlight(code, language).map(line => line.filter(span => typeof span !== 'string' && span[1] !== 'plain'));

  test.each([
    [
      'C',
      '/* two\n   lines */ int x;',
      [
        [['/* two', 'dim']],
        [
          ['   lines */', 'dim'],
          ['int', 'strong'],
        ],
      ],
    ],
    ['C', '#include <a>\nx = "a // b";', [[['#include', 'dim']], [['"a // b"', 'good']]]],
    [
      'Node',
      '`a\nb` // c',
      [
        [['`a', 'good']],
        [
          ['b`', 'good'],
          ['// c', 'dim'],
        ],
      ],
    ],
    [
      'Node',
      "printing('\\'') + 0x1F + x1",
      [
        [
          ["'\\''", 'good'],
          ['0x1F', 'field4'],
        ],
      ],
    ],
    [
      'shell',
      'echo a#b "x # y" # c',
      [
        [
          ['"x # y"', 'good'],
          ['# c', 'dim'],
        ],
      ],
    ],
    [
      'Python',
      'rb"x" + """a\nb""" if 1_000 else form',
      [
        [
          ['rb"x"', 'good'],
          ['"""a', 'good'],
        ],
        [
          ['b"""', 'good'],
          ['if', 'strong'],
          ['1_000', 'field4'],
          ['else', 'strong'],
        ],
      ],
    ],
    ['Python', "'never closed\nx", [[["'never closed", 'good']], []]],
  ] as const)('%s: %s', (language, code, expected) => {
    expect(spans(language, code)).toEqual(expected);
  });
});
