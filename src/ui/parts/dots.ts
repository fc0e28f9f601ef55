/** How many dots a cell holds, and which character shows a set of them: bit `y * across + x` for the dot at (x, y). */
export interface DotForm {
  readonly across: number;
  readonly down: number;
  character(bits: number): string;
}

/** Unicode's braille block has its own order of dots (U+2800: columns first, the lowest row last). */
const brailleBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
const quadrants = [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];
const marks = [' ', "'", '.', ':'];

export const dotForms = {
  braille: {
    across: 2,
    down: 4,
    character(bits) {
      let code = 0x2800;
      for (let bit = 0; bit < 8; bit++) if (bits & (1 << bit)) code |= brailleBits[bit]!;
      return String.fromCharCode(code);
    },
  },
  block: {across: 2, down: 2, character: bits => quadrants[bits]!},
  ascii: {across: 1, down: 2, character: bits => marks[bits]!},
} as const satisfies Readonly<Record<string, DotForm>>;

/** A rectangle of cells to set dots in. Each cell belongs to whoever set a dot in it last. */
export class Dots {
  readonly width: number;
  readonly height: number;
  readonly #form: DotForm;
  readonly #cells: number;
  readonly #bits: Uint8Array;
  readonly #owners: Int8Array;

  constructor(cells: number, rows: number, form: DotForm) {
    this.#form = form;
    this.#cells = cells;
    this.width = cells * form.across;
    this.height = rows * form.down;
    this.#bits = new Uint8Array(cells * rows);
    this.#owners = new Int8Array(cells * rows).fill(-1);
  }

  /** Sets the dots of a column from `top` to `bottom`, both included; outside nothing happens. */
  column(x: number, top: number, bottom: number, owner: number): void {
    if (x < 0 || x >= this.width) return;
    const {across, down} = this.#form;
    for (let y = Math.max(0, top); y <= Math.min(this.height - 1, bottom); y++) {
      const cell = Math.floor(y / down) * this.#cells + Math.floor(x / across);
      this.#bits[cell]! |= 1 << ((y % down) * across + (x % across));
      this.#owners[cell] = owner;
    }
  }

  /** Every stretch of cells with dots in them that belong to the same owner, row by row. */
  runs(show: (cell: number, row: number, text: string, owner: number) => void): void {
    for (let start = 0; start < this.#bits.length; start += this.#cells) {
      for (let from = 0; from < this.#cells; ) {
        const owner = this.#owners[start + from]!;
        let text = '';
        let to = from;
        while (to < this.#cells && this.#owners[start + to] === owner)
          text += this.#form.character(this.#bits[start + to++]!);
        if (owner >= 0) show(from, start / this.#cells, text, owner);
        from = to;
      }
    }
  }
}
