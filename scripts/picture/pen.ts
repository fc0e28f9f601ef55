/** Collects what is drawn in one cell as SVG path data; coordinates are within the cell. */
export class Pen {
  readonly width: number;
  readonly height: number;
  /** Thickness of a light line; an odd number. */
  readonly stroke: number;
  /** Where lines run: half a stroke beside the true middle, so that a line covers whole pixels. */
  readonly middleX: number;
  readonly middleY: number;
  /** Path data of filled shapes, for each opacity. */
  readonly filled = new Map<number, string>();
  /** Path data of lines. */
  lines = '';
  #x = 0;
  #y = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.stroke = Math.max(1, 2 * Math.round(width / 16) - 1);
    this.middleX = Math.floor(width / 2) - this.stroke / 2;
    this.middleY = Math.floor(height / 2) - this.stroke / 2;
  }

  moveTo(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
  }

  rectangle(x: number, y: number, width: number, height: number, opacity = 1): void {
    this.#fill(
      `M${number(this.#x + x)} ${number(this.#y + y)}h${number(width)}v${number(height)}h${number(-width)}z`,
      opacity,
    );
  }

  dot(x: number, y: number, radius: number): void {
    const [r, d] = [number(radius), number(2 * radius)];
    this.#fill(
      `M${number(this.#x + x - radius)} ${number(this.#y + y)}a${r} ${r} 0 1 0 ${d} 0a${r} ${r} 0 1 0 -${d} 0z`,
      1,
    );
  }

  /** A path with absolute commands M, L and Q, within the cell. */
  line(path: string): void {
    this.lines += path.replaceAll(/(-?[\d.]+) (-?[\d.]+)/g, (_all, x: string, y: string) => {
      return `${number(this.#x + Number(x))} ${number(this.#y + Number(y))}`;
    });
  }

  #fill(path: string, opacity: number): void {
    this.filled.set(opacity, (this.filled.get(opacity) ?? '') + path);
  }
}

/** Two decimals at most: pictures are kept in version control. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
