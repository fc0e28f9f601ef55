import type {Explanation, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {fieldAt, fieldName, type HexField, roleOfField} from './hex-fields.ts';
import {tablePart} from './table.ts';

/** A decoded field: its bytes, what they say and what that means. */
export interface DecodedField extends HexField {
  readonly value: string;
  readonly meaning?: string;
  /** How many fields this one lies within. */
  readonly depth?: number;
}

export interface FieldsOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  /** The same fields, in the same order, as the byte grid shows. */
  fields(model: PaneModel<State>): readonly DecodedField[];
  /** The byte grid: while it has the keys, the row of the field under its cursor is marked here. */
  readonly hex?: string;
  empty?(model: PaneModel<State>): string;
  explain?(field: DecodedField, model: PartModel<State>): Explanation | undefined;
  press?(key: string, model: PartModel<State>): PartReply | undefined;
}

/** Decoded fields, one row each, in the colours the byte grid gives them; those within others are indented. */
export function fieldsPart<State>(table: FieldsOf<State>): Part<State> {
  const {hex, empty, explain, press} = table;
  const field = (item: number, model: PaneModel<State>) => table.fields(model)[item]!;
  const items = indexMemo();
  return tablePart<State>({
    id: table.id,
    title: table.title,
    items: model => items(table.fields(model).length),
    columns: [
      {
        id: 'name',
        head: 'field',
        width: 10,
        grow: 2,
        rank: 9,
        cell: (item, model) => [
          [
            `${'  '.repeat(field(item, model).depth ?? 0)}${fieldName(field(item, model))}`,
            roleOfField(field(item, model), item),
          ],
        ],
      },
      {
        id: 'span',
        head: 'bytes',
        width: 9,
        align: 'right',
        rank: 3,
        cell: (item, model) => [[span(field(item, model)), 'dim']],
      },
      {id: 'value', head: 'value', width: 12, grow: 3, rank: 8, cell: (item, model) => field(item, model).value},
      {
        id: 'meaning',
        head: 'meaning',
        width: 16,
        grow: 5,
        rank: 2,
        cell: (item, model) => [[field(item, model).meaning ?? '', 'dim']],
      },
    ],
    ...(empty !== undefined && {empty}),
    ...(press !== undefined && {press}),
    linked(model) {
      if (hex === undefined || model.focus !== hex) return undefined;
      const found = fieldAt(table.fields(model), model.cursors[hex] ?? 0);
      return found === -1 ? undefined : found;
    },
    ...(explain !== undefined && {
      explain(model: PartModel<State>) {
        const selected = table.fields(model)[model.cursor];
        return selected === undefined ? undefined : explain(selected, model);
      },
    }),
  });
}

/** For the byte grid beside such a table: what is selected in the table lights up, and the grid's cursor goes there. */
export function followFields<State>(
  tableId: string,
  hexId: string,
  fields: (model: PaneModel<State>) => readonly HexField[],
) {
  const selected = (model: PartModel<State>) =>
    model.focus === hexId ? undefined : fields(model)[model.cursors[tableId] ?? -1];
  return {
    highlight: selected,
    linked(model: PartModel<State>): number | undefined {
      const field = model.focus === tableId ? selected(model) : undefined;
      if (field === undefined) return undefined;
      return model.cursor >= field.start && model.cursor < field.end ? model.cursor : field.start;
    },
  };
}

function span({start, end}: HexField): string {
  return end - start > 1 ? `${start}-${end - 1}` : end > start ? `${start}` : 'none';
}

/** The indexes below a count; the same array as long as the count is the same. */
function indexMemo(): (count: number) => readonly number[] {
  let last: readonly number[] = [];
  return count => {
    if (last.length !== count) last = Array.from({length: count}, (_, index) => index);
    return last;
  };
}
