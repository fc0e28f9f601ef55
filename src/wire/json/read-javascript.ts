import type {PyEntry, PyValue} from '../python/value.ts';
import {jsonText} from './write.ts';

/** What `JSON.parse` makes of a text: the value as Python would call it, and as JavaScript writes it. */
export type ReadByJavaScript =
  | {readonly ok: true; readonly value: PyValue; readonly shown: string}
  | {readonly ok: false; readonly class: 'SyntaxError'; readonly message: string};

/**
 * Reads JSON as JavaScript does. Every number there is a double: a whole number comes back as an int of the digits that
 * are left, and objects put keys that are whole numbers first. The words of a SyntaxError are those of this engine.
 */
export function readJsonAsJavaScript(text: string): ReadByJavaScript {
  try {
    const read: unknown = JSON.parse(text);
    return {ok: true, value: pythonOf(read), shown: show(read)};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {ok: false, class: 'SyntaxError', message: error.message};
  }
}

function pythonOf(value: unknown): PyValue {
  if (value === null) return {t: 'none'};
  if (typeof value === 'boolean') return {t: 'bool', v: value};
  if (typeof value === 'string') return {t: 'str', v: value};
  if (typeof value === 'number')
    return Number.isInteger(value) && !Object.is(value, -0) ? {t: 'int', v: BigInt(value)} : {t: 'float', v: value};
  if (Array.isArray(value)) return {t: 'list', v: value.map(pythonOf)};
  const entries = Object.entries(value as object).map(([key, item]): PyEntry => [{t: 'str', v: key}, pythonOf(item)]);
  return {t: 'dict', v: entries};
}

/** A literal of JavaScript that is the same value. */
function show(value: unknown): string {
  if (typeof value === 'string') return jsonText(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${jsonText(key)}: ${show(item)}`)
      .join(', ')}}`;
  return String(value);
}
