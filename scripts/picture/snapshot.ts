import type {Cell} from '../../test/support/cell.ts';
import type {VirtualTerminal} from '../../test/support/terminal.ts';

/** A screen at one moment. */
export interface Snapshot {
  readonly columns: number;
  readonly rows: readonly (readonly Cell[])[];
  /** The cell of the cursor, when it is shown. */
  readonly cursor: {readonly x: number; readonly y: number} | undefined;
}

export function takeSnapshot(terminal: VirtualTerminal): Snapshot {
  const columns = terminal.columns();
  const rows = Array.from({length: terminal.rows()}, (_, y) =>
    Array.from({length: columns}, (_cell, x) => terminal.cell(x, y)),
  );
  const {x, y, visible} = terminal.cursor();
  return {columns, rows, cursor: visible ? {x, y} : undefined};
}

/** Without the empty rows at the end, for what printed a little and ended. */
export function cropped(snapshot: Snapshot): Snapshot {
  const last = snapshot.rows.findLastIndex(row =>
    row.some(cell => cell.char.trim() !== '' || cell.bg !== 'default' || cell.inverse),
  );
  return {...snapshot, rows: snapshot.rows.slice(0, last + 1), cursor: undefined};
}

export function textRows(snapshot: Snapshot): string[] {
  return snapshot.rows.map(row =>
    row
      .map(cell => cell.char)
      .join('')
      .trimEnd(),
  );
}
