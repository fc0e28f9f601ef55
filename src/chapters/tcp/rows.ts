/**
 * A table of rows by number, replaced and never changed in place, in buckets so that changing one row copies only few
 * others. Plain data: numbers as keys come in ascending order.
 */
export type Rows<Row> = Readonly<Record<number, Readonly<Record<number, Row>>>>;

const bucketSize = 32;

const bucketOf = (id: number): number => Math.floor(id / bucketSize);

export function rowOf<Row>(rows: Rows<Row>, id: number): Row | undefined {
  return rows[bucketOf(id)]?.[id];
}

export function withRow<Row>(rows: Rows<Row>, id: number, row: Row): Rows<Row> {
  return {...rows, [bucketOf(id)]: {...rows[bucketOf(id)], [id]: row}};
}

export function withoutRow<Row>(rows: Rows<Row>, id: number): Rows<Row> {
  const {[id]: _gone, ...bucket} = rows[bucketOf(id)] ?? {};
  if (Object.keys(bucket).length > 0) return {...rows, [bucketOf(id)]: bucket};
  const {[bucketOf(id)]: _empty, ...left} = rows;
  return left;
}
