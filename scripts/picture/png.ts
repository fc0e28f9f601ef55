import {Resvg} from '@resvg/resvg-js';
import {fontFamily, fontFiles} from './font.ts';

/** The picture as PNG, with the given fonts only: the same on every machine. */
export function png(svgText: string, zoom = 1): Uint8Array {
  const drawing = new Resvg(svgText, {
    font: {loadSystemFonts: false, fontFiles, defaultFontFamily: fontFamily, monospaceFamily: fontFamily},
    fitTo: {mode: 'zoom', value: zoom},
  });
  return drawing.render().asPng();
}
