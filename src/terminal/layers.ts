import type {Grid} from './grid.ts';
import type {Surface} from './surface.ts';

/** A place on the screen in cells, from (0, 0) at the top left. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A hot surface: asked for its place in every frame, and painted there. `undefined` hides it. */
export interface Canvas {
  readonly rect: () => Rect | undefined;
  readonly paint: (surface: Surface) => void;
  /** Higher is nearer to the eye. Default 0. */
  readonly z?: number;
}

/** A part of what Ink drew that lies above the canvases of lower `z`. Default z 1. */
export interface Overlay {
  readonly rect: () => Rect | undefined;
  readonly z?: number;
  /** Dims everything below it. */
  readonly dimBelow?: boolean;
}

type Layer = ({readonly what: 'canvas'} & Canvas) | ({readonly what: 'overlay'} & Overlay);

/** What lies over Ink's text, from the bottom up: by z, overlays before canvases of the same z, then in order of arrival. */
export class Layers {
  readonly #layers: Layer[] = [];

  canvas(canvas: Canvas): () => void {
    return this.#add({what: 'canvas', ...canvas});
  }

  overlay(overlay: Overlay): () => void {
    return this.#add({what: 'overlay', ...overlay});
  }

  /** Paints everything onto `back`, which must hold `base` already. */
  compose(base: Grid, back: Grid): void {
    for (const layer of this.#layers) {
      const rect = layer.rect();
      if (rect === undefined || rect.width <= 0 || rect.height <= 0) continue;
      if (layer.what === 'canvas') layer.paint(back.surface(rect.x, rect.y, rect.width, rect.height));
      else {
        if (layer.dimBelow) back.restyle(0, 0, back.width, back.height, {dim: true});
        back.copyRect(base, rect.x, rect.y, rect.width, rect.height);
      }
    }
  }

  #add(layer: Layer): () => void {
    this.#layers.push(layer);
    // Sorting is stable: what arrived later stays above what arrived earlier with the same place.
    this.#layers.sort((a, b) => height(a) - height(b));
    return () => {
      const index = this.#layers.indexOf(layer);
      if (index >= 0) this.#layers.splice(index, 1);
    };
  }
}

function height(layer: Layer): number {
  return layer.what === 'canvas' ? (layer.z ?? 0) + 0.5 : (layer.z ?? 1);
}
