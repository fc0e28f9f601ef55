import type {RdataItem} from './reader.ts';

/** The fields as one line. */
export function presented(type: number, items: readonly RdataItem[]): string {
  const special = orders.get(type);
  if (special !== undefined) return special(items);
  let line = '';
  for (const item of items) {
    const text = 'text' in item ? item.text : item.value;
    if (text !== undefined && text !== '') line += line === '' ? text : ` ${text}`;
  }
  return line;
}

/** Types whose text has another order than their bytes. */
const orders: ReadonlyMap<number, (items: readonly RdataItem[]) => string> = new Map();
