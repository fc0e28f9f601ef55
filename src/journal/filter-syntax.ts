/** A filter as it was understood. */
export type FilterNode =
  | {readonly is: 'word'; readonly text: string}
  | {readonly is: 'field'; readonly path: string; readonly op: FilterOp; readonly value: string; readonly at: number}
  | {readonly is: 'not'; readonly of: FilterNode}
  | {readonly is: 'and' | 'or'; readonly of: readonly FilterNode[]};

export type FilterOp = ':' | '=' | '!=' | '>' | '<' | '>=' | '<=';

/** Why a filter cannot be read, and where: the offset of the mistake in the text. */
export interface FilterFault {
  readonly ok: false;
  readonly at: number;
  readonly says: string;
}

export type FilterTree = {readonly ok: true; readonly node: FilterNode | undefined} | FilterFault;

/**
 * Reads a filter. Terms stand side by side and all must hold; `or` binds less than that, `!` or `not` more, parentheses
 * most. A term is a word, a "phrase", or a field, an operator and a value without spaces between them.
 */
export function parseFilter(text: string): FilterTree {
  const tokens = tokenize(text);
  if (!Array.isArray(tokens)) return tokens;
  const parser = {tokens, next: 0, end: text.length};
  if (tokens.length === 0) return {ok: true, node: undefined};
  const node = readOr(parser);
  if ('ok' in node) return node;
  const left = tokens[parser.next];
  return left === undefined ? {ok: true, node} : fault(left.at, 'This ) closes nothing. Leave it out.');
}

interface Token {
  readonly is: 'term' | 'and' | 'or' | 'not' | '(' | ')';
  readonly at: number;
  readonly node?: FilterNode;
}

interface Parser {
  readonly tokens: readonly Token[];
  next: number;
  readonly end: number;
}

type Reading = FilterNode | FilterFault;

function readOr(parser: Parser): Reading {
  return readMany(parser, 'or', readAnd);
}

function readAnd(parser: Parser): Reading {
  return readMany(parser, 'and', readOne);
}

function readMany(parser: Parser, is: 'and' | 'or', read: (parser: Parser) => Reading): Reading {
  const of: FilterNode[] = [];
  for (;;) {
    const node = read(parser);
    if ('ok' in node) return node;
    of.push(node);
    const token = parser.tokens[parser.next];
    if (token?.is === is) parser.next++;
    else if (is === 'or' || token === undefined || token.is === 'or' || token.is === ')') break;
  }
  return of.length === 1 ? of[0]! : {is, of};
}

function readOne(parser: Parser): Reading {
  const token = parser.tokens[parser.next];
  if (token === undefined)
    return fault(parser.end, 'Something is missing at the end. Type a word, or take the last one away.');
  parser.next++;
  if (token.is === 'term') return token.node!;
  if (token.is === 'not') {
    const node = readOne(parser);
    return 'ok' in node ? node : {is: 'not', of: node};
  }
  if (token.is !== '(') return fault(token.at, missing[token.is]);
  const node = readOr(parser);
  if ('ok' in node) return node;
  if (parser.tokens[parser.next]?.is !== ')') return fault(token.at, 'This ( is never closed. Type ) where it ends.');
  parser.next++;
  return node;
}

const missing = {
  and: 'There is nothing before “and”. Type a word there, or put quotes around it to look for it.',
  or: 'There is nothing before “or”. Type a word there, or put quotes around it to look for it.',
  ')': 'There is nothing before this ). Type a word there, or leave it out.',
} as const;

const signs: Readonly<Record<string, Token['is']>> = {
  '(': '(',
  ')': ')',
  '!': 'not',
  '&&': 'and',
  '||': 'or',
  and: 'and',
  or: 'or',
  not: 'not',
};

/** Space, a sign, a field with its operator, a phrase (perhaps unclosed), or a word. */
const piece =
  /(\s+)|([()!]|&&|\|\||(?:and|or|not)(?![^\s()]))|([\p{L}_][\p{L}\p{N}_.-]*)(!=|>=|<=|[:=<>])|"((?:[^"\\]|\\.)*)("?)|([^\s()]+)/iuy;

function tokenize(text: string): Token[] | FilterFault {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    piece.lastIndex = at;
    const [whole, space, sign, path, op, phrase, closing, word] = piece.exec(text)!;
    let next = at + whole.length;
    if (sign !== undefined) tokens.push({is: signs[sign.toLowerCase()]!, at});
    else if (path !== undefined) {
      const value = readValue(text, next);
      if ('ok' in value) return value;
      next = value.end;
      tokens.push({is: 'term', at, node: {is: 'field', path, op: op as FilterOp, value: value.text, at: value.at}});
    } else if (space === undefined) {
      if (closing === '') return unclosed(at);
      tokens.push({is: 'term', at, node: {is: 'word', text: phrase === undefined ? word! : unescaped(phrase)}});
    }
    at = next;
  }
  return tokens;
}

/** What follows an operator: a phrase, or all up to the next space or parenthesis. */
function readValue(text: string, at: number): {text: string; at: number; end: number} | FilterFault {
  const match = /"((?:[^"\\]|\\.)*)("?)|[^\s()]+/y;
  match.lastIndex = at;
  const found = match.exec(text);
  if (found === null) return fault(at, 'A value is missing here. Type it right after the sign, without a space.');
  const [whole, phrase, closing] = found;
  if (closing === '') return unclosed(at);
  return {text: phrase === undefined ? whole : unescaped(phrase), at, end: at + whole.length};
}

function unescaped(phrase: string): string {
  return phrase.replace(/\\(.)/gs, '$1');
}

function unclosed(at: number): FilterFault {
  return fault(at, 'This quote is never closed. Type " where the phrase ends.');
}

function fault(at: number, says: string): FilterFault {
  return {ok: false, at, says};
}
