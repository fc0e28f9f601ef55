import type {StructState} from '../../../chapters/data/struct.ts';
import type {StructAnswer, StructField} from '../../../chapters/data/struct-shape.ts';
import type {DecodedField} from '../../parts/fields-table.ts';
import type {HexBytes} from '../../parts/hex-fields.ts';
import type {PaneModel} from '../../view.ts';

export interface ShownField extends DecodedField {
  readonly field: StructField;
}

const shown = new WeakMap<StructAnswer, readonly ShownField[]>();
const none: readonly ShownField[] = [];

/** The rows of the table, which are the colours of the bytes: made once for each answer. */
export function fieldsOf({state}: PaneModel<StructState>): readonly ShownField[] {
  const {answer} = state;
  if (answer === undefined) return none;
  let fields = shown.get(answer);
  if (fields === undefined) {
    fields = answer.fields.map(shownField);
    shown.set(answer, fields);
  }
  return fields;
}

/** What the format says for one row: `i`, `3s`, `100h`. */
export function codeText({code, size, count}: StructField): string {
  if (code === 's' || code === 'p') return `${size}${code}`;
  return count === 1 ? code : `${count}${code}`;
}

function shownField(field: StructField): ShownField {
  const {offset, size, code, type, value, padding, record} = field;
  const start = Number(offset);
  const name = padding === undefined ? codeText(field) : padding === 'x' ? 'x padding' : 'padding';
  const far = typeof offset === 'string' ? `, at ${offset}` : '';
  return {
    field,
    start,
    end: start + Number(size),
    label: record === undefined ? name : `${record}: ${name}`,
    value: padding === undefined ? value : '',
    meaning: meaning(type, code, size) + far,
    padding: padding !== undefined,
  };
}

function meaning(type: string, code: string, size: number | string): string {
  if (code === 's') return `char[${size}]`;
  if (code === 'p') return `a length byte and char[${Math.max(0, Number(size) - 1)}]`;
  return type === 'alignment' ? 'so that what follows is aligned' : type;
}

/** The bytes of the last good answer. */
export function bytesOf({state, journal}: PaneModel<StructState>): HexBytes {
  const bytes = state.answer === undefined ? undefined : journal.bytesOf(state.answer);
  if (bytes === undefined) return {length: 0, at: () => new Uint8Array(0)};
  return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
}
