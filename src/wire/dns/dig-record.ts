import {fileName} from './rdata/names.ts';
import {genericText, rdataText} from './rdata/text.ts';
import {className, typeName} from './tables.ts';
import type {Question, ResourceRecord} from './types.ts';

/** A record on one line, as dig and BIND's tools print it: name, TTL, class and type in columns made with tabs. */
export function recordText(record: ResourceRecord): string {
  const {name, ttl, class: code, type} = record;
  let line = column(fileName(name), 24) + String(ttl);
  line = column(line, 32) + className(code);
  line = column(line, 40) + typeName(type);
  return column(line, 48) + dataText(record);
}

/** The data alone; as bytes where the type means something in another class only (RFC 3597 §2). */
export function dataText({type, class: code, data}: ResourceRecord): string {
  const isForeign = !classesOfIn.has(code) && internetOnly.has(type) && !(type === 1 && code === hesiod);
  return isForeign ? genericText(data) : rdataText(type, data);
}

const hesiod = 4;

/** IN, and NONE and ANY, which stand for it in an update (RFC 2136 §2.4). */
const classesOfIn: ReadonlySet<number> = new Set([1, 254, 255]);

/** A, WKS, NSAP, NSAP-PTR, PX, AAAA, EID, NIMLOC, SRV, ATMA, KX, A6, APL, DHCID, SVCB, HTTPS. */
const internetOnly: ReadonlySet<number> = new Set([1, 11, 22, 23, 26, 28, 31, 32, 33, 34, 36, 38, 42, 49, 64, 65]);

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
