import {fromHex} from '../../text/hex.ts';
import {typeName} from '../tables.ts';
import {layouts} from './layouts.ts';
import {Lexer, TextMistake} from './lexer.ts';
import {readItems} from './read.ts';
import {ByteWriter, Words} from './words.ts';

export type RdataParsed =
  | {readonly ok: true; readonly data: Uint8Array}
  /** `at`: an index into the text. `says`: a sentence, with no period at its end. */
  | {readonly ok: false; readonly says: string; readonly at: number};

/** RDATA from its text in a master file; relative names are below `origin`. `\# 4 c0000201` does for every type. */
export function parseRdata(type: number, text: string, origin = '.'): RdataParsed {
  const lexer = new Lexer(text, true);
  try {
    return {ok: true, data: rdataOf(type, new Words(lexer, origin))};
  } catch (error) {
    if (!(error instanceof TextMistake)) throw error;
    return {ok: false, says: error.message.replace(/\.$/, ''), at: error.at};
  }
}

/** The same from words that are under way; throws a {@link TextMistake}. */
export function rdataOf(type: number, words: Words): Uint8Array {
  const layout = layouts.get(type);
  const first = words.lexer.peek();
  if (first?.text === '\\#' && !first.quoted) return checked(type, generic(words), first.at);
  if (layout === undefined)
    throw new TextMistake(
      first?.at ?? words.lexer.at,
      `How ${typeName(type)} is written is not known here: write \\# LENGTH HEX.`,
    );
  const writer = new ByteWriter();
  for (const field of layout) field.kind.write(words, writer, field);
  const more = words.lexer.next();
  if (more !== undefined) throw new TextMistake(more.at, `"${more.text}" is one word too many for ${typeName(type)}.`);
  if (writer.length > 0xffff)
    throw new TextMistake(first?.at ?? 0, `This record has ${writer.length} bytes of data, and 65535 is the most.`);
  return writer.finish();
}

/** RFC 3597 §5. */
function generic(words: Words): Uint8Array {
  words.take('\\#');
  const length = words.number('the length', 0xffff);
  const {text, at} = words.rest();
  const data = fromHex(text);
  if (data === undefined) throw new TextMistake(at, 'The data behind \\# is pairs of hex digits.');
  if (data.length !== length)
    throw new TextMistake(at, `The length says ${length}, and ${data.length} bytes are here.`);
  return data;
}

/** A known type must still make sense, or no server would take it. */
function checked(type: number, data: Uint8Array, at: number): Uint8Array {
  const {fault} = readItems(data, 0, data.length, type);
  if (fault !== undefined) throw new TextMistake(at, `These bytes are no ${typeName(type)}: ${fault.reason}`);
  return data;
}
