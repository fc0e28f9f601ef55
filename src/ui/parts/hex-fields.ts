import type {Role} from '../theme.ts';

/** The bytes to show, of any number: only those on screen are asked for. */
export interface HexBytes {
  readonly length: number;
  at(start: number, end: number): Uint8Array;
}

/** A stretch of bytes that means something: `end` is not part of it. */
export interface HexField {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** Default: `field0` to `field5` in turn, by the field's index. */
  readonly role?: Role;
  readonly padding?: boolean;
}

/** The index of the innermost field that holds this byte, or -1: how a table of fields follows the grid's cursor. */
export function fieldAt(fields: readonly HexField[], offset: number): number {
  let found = -1;
  for (let index = 0; index < fields.length && fields[index]!.start <= offset; index++)
    if (offset < fields[index]!.end) found = index;
  return found;
}

export function roleOfField(field: HexField, index: number): Role {
  return field.role ?? (field.padding === true ? 'padding' : fieldRoles[index % fieldRoles.length]!);
}

const fieldRoles = ['field0', 'field1', 'field2', 'field3', 'field4', 'field5'] as const;

/** Padding that has no name of its own is called what it is; padding that has one says so too. */
export function fieldName({label, padding}: HexField): string {
  if (padding !== true || /pad/i.test(label)) return label;
  return label === '' ? 'padding' : `${label} (padding)`;
}
