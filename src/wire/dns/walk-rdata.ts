import type {FieldList} from './field-list.ts';
import {readRdata} from './rdata/read.ts';
import {isEmptyByRight} from './update.ts';
import {type Place, placed} from './walk-meanings.ts';

/** The data of a record, field by field; where it ends too early its length is to blame. */
export function walkRdata(
  list: FieldList,
  path: string,
  place: Place,
  record: {readonly type: number; readonly class: number; readonly end: number},
): void {
  const {at, bytes} = list;
  const {end, type} = record;
  if (isEmptyByRight(record.class, end - at)) return;
  const {fields, fault} = readRdata(bytes, at, end, type);
  if (fault !== undefined && !fields.some(field => field.fault !== undefined)) list.blame(fault.reason);
  for (const {name, length, value, meaning, targets, fault: wrong} of fields)
    list.add(`${path}.rdata.${name}`, length, value, said(meaning, targets, length), place, {
      ...(targets !== undefined && {targets}),
      ...(wrong !== undefined && {fault: wrong}),
    });
}

function said(meaning: string, targets: readonly number[] | undefined, length: number): string {
  return targets === undefined ? meaning : placed(meaning.replace(/\.$/, ''), targets, length);
}
