import type {Equivalent} from '../../chapters/contract.ts';
import type {Role} from '../theme.ts';
import type {Line} from '../view.ts';

type Language = Equivalent['language'];

/** What a language's words and marks look like: enough to read by, not a parser. */
interface Lexicon {
  readonly comment: string;
  readonly string: string;
  readonly keywords: string;
}

const quoted = String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`;

const lexicons: Readonly<Record<Language, Lexicon>> = {
  Python: {
    comment: '#.*',
    string: String.raw`[bBrRfF]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|${quoted})`,
    keywords:
      'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda not or pass raise return try while with yield',
  },
  C: {
    comment: String.raw`//.*|/\*[\s\S]*?(?:\*/|(?![\s\S]))|^[ \t]*#[ \t]*\w+`,
    string: quoted,
    keywords:
      'break case char const continue default do double else enum float for goto if int long return short signed sizeof static struct switch typedef union unsigned void while size_t ssize_t socklen_t uint8_t uint16_t uint32_t uint64_t NULL',
  },
  Node: {
    comment: String.raw`//.*|/\*[\s\S]*?(?:\*/|(?![\s\S]))`,
    string: String.raw`${quoted}|${'`'}(?:[^${'`'}\\]|\\.)*${'`'}?`,
    keywords:
      'async await break case catch class const continue default delete do else export false finally for from function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield',
  },
  shell: {
    comment: String.raw`(?<![^\s;&|])#.*`,
    string: String.raw`"(?:[^"\\]|\\.)*"?|'[^']*'?`,
    keywords:
      'case do done elif else esac exec export fi for function if in local read return set shift then trap until while',
  },
};

const number = String.raw`\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)[jnuUlLfF]*\b`;

const pieces = Object.fromEntries(
  Object.entries(lexicons).map(([language, {comment, string, keywords}]) => {
    const words = keywords.split(' ').join('|');
    return [language, new RegExp(`(${comment})|(${string})|(${number})|\\b(${words})\\b|[A-Za-z_]\\w*`, 'gm')];
  }),
) as Readonly<Record<Language, RegExp>>;

/** In the order of the groups above. */
const roles: readonly Role[] = ['dim', 'good', 'field4', 'strong'];

/** The lines of a program with the roles of its comments, strings, numbers and keywords. */
export function highlight(code: string, language: Language): readonly Line[] {
  const lines: Line[number][][] = [[]];
  let end = 0;
  for (const match of code.matchAll(pieces[language])) {
    const group = [1, 2, 3, 4].find(one => match[one] !== undefined);
    if (group === undefined) continue;
    append(lines, code.slice(end, match.index), 'plain');
    append(lines, match[0], roles[group - 1]!);
    end = match.index + match[0].length;
  }
  append(lines, code.slice(end), 'plain');
  return lines;
}

/** Adds text that may go over several lines. */
function append(lines: Line[number][][], text: string, role: Role): void {
  for (const [index, part] of text.split('\n').entries()) {
    if (index > 0) lines.push([]);
    if (part !== '') lines.at(-1)!.push([part, role]);
  }
}
