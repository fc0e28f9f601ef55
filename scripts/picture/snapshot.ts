import type {Cell} from '../../test/support/cell.ts';
import type {VirtualTerminal} from '../../test/support/terminal.ts';

/** A screen at one moment. */
export interface Snapshot {
  readonly columns: number;
  readonly rows: readonly (readonly Cell[])[];
  /** The cell of the cursor, when it is shown. */
  readonly cursor: {readonly x: number; readonly y: number} | undefined;
  /** What the picture is painted on; absent: as in palette.ts. */
  readonly background?: string;
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

/** As a terminal with dark letters on white shows it. */
export function onWhite(snapshot: Snapshot): Snapshot {
  const background = '#fbfbf9';
  const white = (cell: Cell): Cell => ({
    ...cell,
    fg: cell.fg === 'default' ? '#23272e' : cell.fg,
    bg: cell.bg === 'default' ? background : cell.bg,
  });
  return {...snapshot, background, rows: snapshot.rows.map(row => row.map(white))};
}

/** Below the command that printed it, as one types it into a shell. */
export function withCommand(snapshot: Snapshot, args: readonly string[]): Snapshot {
  const typed = `$ wirebook ${args.map(quoted).join(' ')}`.slice(0, snapshot.columns);
  const row = Array.from(typed.padEnd(snapshot.columns), (char, x): Cell => ({...blank, char, bold: x > 1}));
  return {...snapshot, rows: [row, ...snapshot.rows]};
}

function quoted(word: string): string {
  if (/^[\w./:=@%+,-]+$/.test(word)) return word;
  return word.includes("'") ? `"${word}"` : `'${word}'`;
}

const blank: Cell = {
  char: ' ',
  width: 1,
  fg: 'default',
  bg: 'default',
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strikethrough: false,
};

export function textRows(snapshot: Snapshot): string[] {
  return snapshot.rows.map(row =>
    row
      .map(cell => cell.char)
      .join('')
      .trimEnd(),
  );
}
