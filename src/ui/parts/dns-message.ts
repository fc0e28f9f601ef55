import {toHex} from '../../wire/text/hex.ts';
import type {PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {answerPart, lineOf} from './dns-answer.ts';
import {explainDnsField} from './dns-explain.ts';
import {type DnsField, type DnsRead, type DnsShown, groupOf, readShown} from './dns-shown.ts';
import {fieldsPart} from './fields-table.ts';
import {fieldAt} from './hex-fields.ts';
import {hexPart} from './hex-grid.ts';

export interface DnsMessageOf<State> {
  shown(model: PaneModel<State>): DnsShown | undefined;
  /** What the message is, for the titles: `Response`. */
  title(model: PaneModel<State>): string;
  empty(model: PaneModel<State>): string;
  /** Another number for each message on screen: the cursor then goes to its first record. */
  jumpId?(model: PaneModel<State>): number | undefined;
}

/**
 * A DNS message three times: as dig prints it (`answer`), as a table of its fields (`fields`), and as bytes (`bytes`). What
 * is selected in one lights up in the others; Enter on a compressed name goes to where it goes on.
 */
export function dnsMessageParts<State>(message: DnsMessageOf<State>): readonly Part<State>[] {
  const read = (model: PaneModel<State>): DnsRead | undefined => {
    const shown = message.shown(model);
    return shown === undefined ? undefined : readShown(shown);
  };
  return [answerPart(message, read), fieldsOf(message, read), bytesOf(message, read)];
}

type Reader<State> = (model: PaneModel<State>) => DnsRead | undefined;

function fieldsOf<State>({empty}: DnsMessageOf<State>, read: Reader<State>): Part<State> {
  const part = fieldsPart<State>({
    id: 'fields',
    title: model => fieldsTitle(read(model)),
    fields: model => read(model)?.fields ?? [],
    empty,
    explain(field, model) {
      const known = read(model);
      return known === undefined ? undefined : explainDnsField(field as DnsField, known);
    },
  });
  return {
    ...part,
    linked(model) {
      const known = read(model);
      if (known === undefined) return undefined;
      const place = placeElsewhere(known, model);
      if (place === undefined || model.focus === 'fields') return undefined;
      return place.field === -1 ? undefined : place.field;
    },
    grabs: (key, model) =>
      (key === 'enter' && targetAt(read(model), model.cursor) !== undefined) || part.grabs?.(key, model) === true,
    press(key, model): PartReply | undefined {
      const known = read(model);
      const target = key === 'enter' ? targetAt(known, model.cursor) : undefined;
      if (known === undefined || target === undefined) return part.press?.(key, model);
      const cursor = fieldAt(known.fields, target);
      return cursor === -1 ? undefined : {cursor};
    },
  };
}

function fieldsTitle(read: DnsRead | undefined): string {
  if (read === undefined) return 'Fields';
  const wrong = read.fields.filter(({wire}) => wire?.fault !== undefined).length;
  const count = read.fields.filter(({wire}) => wire !== undefined).length;
  return `Fields: ${count}${wrong > 0 ? `, ${wrong} wrong` : ''}`;
}

function bytesOf<State>(message: DnsMessageOf<State>, read: Reader<State>): Part<State> {
  const selected = (model: PartModel<State>) => {
    const known = read(model);
    if (known === undefined || model.focus === 'bytes') return undefined;
    const place = placeElsewhere(known, model);
    return place === undefined ? undefined : known.fields[place.field];
  };
  const part = hexPart<State>({
    id: 'bytes',
    title: model => `${message.title(model)}: ${read(model)?.bytes.length ?? 0} bytes`,
    bytes(model) {
      const bytes = read(model)?.bytes ?? new Uint8Array(0);
      return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
    },
    fields: model => read(model)?.fields ?? [],
    highlight: selected,
    empty: message.empty,
    linked(model) {
      const field = selected(model);
      if (field === undefined) return undefined;
      return model.cursor >= field.start && model.cursor < field.end ? model.cursor : field.start;
    },
    explain(model) {
      const known = read(model);
      const field = known?.fields[fieldAt(known.fields, model.cursor)];
      return known === undefined || field === undefined ? undefined : explainDnsField(field, known);
    },
  });
  return {
    ...part,
    grabs: (key, model) =>
      (key === 'enter' && targetUnder(read(model), model) !== undefined) || part.grabs?.(key, model) === true,
    press(key, model) {
      const target = key === 'enter' ? targetUnder(read(model), model) : undefined;
      return target === undefined ? part.press?.(key, model) : {cursor: target};
    },
    copies: model => [
      ...(part.copies?.(model) ?? []),
      {label: 'the message as hex', text: toHex(read(model)?.bytes ?? new Uint8Array(0))},
    ],
  };
}

/** The field that belongs to what is selected in the part that has the keys, and has not these. */
function placeElsewhere<State>(
  read: DnsRead,
  {focus, cursors}: PartModel<State>,
): {readonly field: number} | undefined {
  const at = cursors[focus] ?? 0;
  if (focus === 'bytes') return {field: fieldAt(read.fields, at)};
  if (focus === 'fields') return {field: at};
  const line = focus === 'answer' ? lineOf(read, at) : undefined;
  return line === undefined ? undefined : {field: groupOf(read, line.section, line.entry)};
}

function targetAt(read: DnsRead | undefined, index: number): number | undefined {
  return read?.fields[index]?.wire?.targets?.[0];
}

function targetUnder<State>(read: DnsRead | undefined, {cursor}: PartModel<State>): number | undefined {
  return read === undefined ? undefined : targetAt(read, fieldAt(read.fields, cursor));
}
