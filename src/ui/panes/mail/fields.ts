import type {MailEvent} from '../../../chapters/names/mail-events.ts';
import {readShown} from '../../parts/dns-shown.ts';
import type {HexField} from '../../parts/hex-fields.ts';

/** What the bytes of a row are made of, worked out once for the row that is shown. */
export function mailFields(): (owner: object, event: MailEvent, bytes: Uint8Array) => readonly HexField[] {
  let last: {owner: object; seq: number; fields: readonly HexField[]} | undefined;
  return (owner, event, bytes) => {
    if (last?.owner !== owner || last.seq !== event.seq)
      last = {owner, seq: event.seq, fields: fieldsOf(owner, event, bytes)};
    return last.fields;
  };
}

function fieldsOf(owner: object, event: MailEvent, bytes: Uint8Array): readonly HexField[] {
  switch (event.kind) {
    case 'query':
      return readShown({owner, id: event.seq, bytes: () => bytes})?.fields ?? [];
    case 'line':
      return event.from === 'server' ? replyFields(bytes, event.code) : commandFields(bytes, event.verb.length);
    case 'content':
      return dotFields(bytes);
    case 'message':
      return headerFields(bytes, 0);
    case 'kept':
      return [{start: 0, end: event.trace, label: 'trace header'}, ...headerFields(bytes, event.trace)];
    default:
      return [];
  }
}

function replyFields(bytes: Uint8Array, code: number): readonly HexField[] {
  const end = textEnd(bytes);
  if (code === 0) return lineFields(0, end, bytes, 'no reply');
  const mark: HexField = {start: 3, end: 4, label: bytes[3] === 0x2d ? 'more lines follow' : 'last line'};
  const head: HexField[] = [{start: 0, end: 3, label: 'reply code'}, ...(end > 3 ? [mark] : [])];
  return [...head, ...lineFields(4, end, bytes, 'text')];
}

function commandFields(bytes: Uint8Array, verb: number): readonly HexField[] {
  const end = textEnd(bytes);
  const head: HexField[] = verb === 0 ? [] : [{start: 0, end: Math.min(verb, end), label: 'command'}];
  return [...head, ...lineFields(Math.min(verb, end), end, bytes, 'argument')];
}

function lineFields(start: number, end: number, bytes: Uint8Array, label: string): readonly HexField[] {
  const ending = bytes.length - end === 2 ? 'CR LF' : 'bare LF';
  return [
    ...(end > start ? [{start, end, label}] : []),
    ...(bytes.length > end ? [{start: end, end: bytes.length, label: ending}] : []),
  ];
}

function textEnd(bytes: Uint8Array): number {
  if (bytes.at(-1) !== 0x0a) return bytes.length;
  return bytes.length - (bytes.at(-2) === 0x0d ? 2 : 1);
}

/** More doubled dots than this are all alike. */
const mostDots = 2000;

/** The dots that were put before others, and the one that ends it all. */
function dotFields(bytes: Uint8Array): readonly HexField[] {
  const end = bytes.length - 3;
  const dots: HexField[] = [];
  for (let at = bytes.indexOf(0x2e); at >= 0 && at < end && dots.length < mostDots; at = bytes.indexOf(0x2e, at + 1))
    if (at === 0 || (bytes[at - 1] === 0x0a && bytes[at - 2] === 0x0d))
      dots.push({start: at, end: at + 1, label: 'added dot'});
  return [...dots, {start: end, end: bytes.length, label: 'end of the message'}];
}

/** Header, the empty line, and the body. */
function headerFields(bytes: Uint8Array, start: number): readonly HexField[] {
  const text = bytes.subarray(start);
  for (let at = text.indexOf(0x0d); at >= 0; at = text.indexOf(0x0d, at + 1)) {
    if (text[at + 1] !== 0x0a || text[at + 2] !== 0x0d || text[at + 3] !== 0x0a) continue;
    const empty = start + at + 2;
    return [
      {start, end: empty, label: 'header'},
      {start: empty, end: empty + 2, label: 'empty line'},
      ...(bytes.length > empty + 2 ? [{start: empty + 2, end: bytes.length, label: 'body'}] : []),
    ];
  }
  return [{start, end: bytes.length, label: 'header'}];
}
