import {fileName} from './rdata/names.ts';
import {rdataText} from './rdata/text.ts';
import {className, typeName} from './tables.ts';
import type {Question, ResourceRecord} from './types.ts';

/** A record on one line, as dig and BIND's tools print it: name, TTL, class and type in columns made with tabs. */
export function recordText({name, ttl, class: code, type, data}: ResourceRecord): string {
  let line = column(fileName(name), 24) + String(ttl);
  line = column(line, 32) + className(code);
  line = column(line, 40) + typeName(type);
  return column(line, 48) + rdataText(type, data);
}

/** A question, with the semicolon that dig puts before it. */
export function questionText({name, type, class: code}: Question): string {
  // The semicolon is not counted in the columns.
  return `;${column(column(fileName(name), 32) + className(code), 40)}${typeName(type)}`;
}

/**
 * What was written so far with blanks up to the column, one at least: tabs, and spaces where a tab would go too far. The
 * text holds tabs already, so its width is counted as a terminal with stops at every eighth column does.
 */
function column(text: string, to: number): string {
  const from = widthOf(text);
  const goal = Math.max(to, from + 1);
  const tabs = Math.floor(goal / 8) - Math.floor(from / 8);
  return text + (tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(goal % 8) : ' '.repeat(goal - from));
}

function widthOf(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) width = text[at] === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  return width;
}
