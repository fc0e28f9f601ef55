import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import {Grid} from '../../src/terminal/grid.ts';
import {InkOutputGrid} from '../../src/terminal/ink-output.ts';

type Output = Pick<InkOutputGrid, 'write' | 'clip' | 'unclip' | 'get'>;
const path = join(import.meta.dirname, '../../node_modules/ink/build/output.js');
const {default: InkOutput} = (await import(pathToFileURL(path).href)) as {
  default: new (size: {width: number; height: number}) => Output;
};

const plain = {transformers: []};
const bold = (text: string) => `\x1b[1m${text}\x1b[22m`;
const red = (text: string) => `\x1b[31m${text}\x1b[39m`;

/** What Ink does to its output, as the components of the explorer and a few harder ones make it do. */
const cases: Readonly<Record<string, (output: Output) => void>> = {
  nothing: () => undefined,
  'a border and a text in it': output => {
    output.write(0, 0, '┌──────┐', plain);
    output.write(0, 1, '│\n│\n│', plain);
    output.write(7, 1, '│\n│\n│', plain);
    output.write(2, 1, bold('title'), plain);
  },
  'styles, one in another': output => output.write(1, 2, `a${red(`b${bold('c')}d`)}e`, plain),
  'styles across lines': output => output.write(1, 1, '\x1b[31mone\ntwo\nthree\x1b[39m four', plain),
  'a style that is never ended': output => {
    output.write(0, 0, '\x1b[7mab', plain);
    output.write(4, 0, 'cd', plain);
  },
  'transformers, with the index of the line': output =>
    output.write(0, 1, 'x\ny', {transformers: [(line, index) => `${index}${line}`, line => red(line)]}),
  'wide characters': output => output.write(3, 1, '漢字a👍é', plain),
  'a wide character under another text': output => {
    output.write(2, 1, '漢字', plain);
    output.write(3, 1, 'x', plain);
  },
  'more than there is room for': output => output.write(10, 3, 'abcdefghijklmnopqrstuvwxyz', plain),
  'outside on every side': output => {
    output.write(0, -1, 'above', plain);
    output.write(0, 9, 'below', plain);
    output.write(40, 1, 'right', plain);
  },
  'a clip': output => {
    output.clip({x1: 3, x2: 8, y1: 1, y2: 3});
    output.write(0, 0, 'abcdefghijkl\nabcdefghijkl\nabcdefghijkl\nabcdefghijkl', plain);
    output.unclip();
    output.write(12, 0, 'free', plain);
  },
  'a clip in a clip': output => {
    output.clip({x1: 2, x2: 12, y1: 0, y2: 4});
    output.clip({x1: 0, x2: 6, y1: undefined, y2: undefined});
    output.write(0, 1, 'abcdefghijkl', plain);
    output.unclip();
    output.write(0, 2, 'abcdefghijklmnop', plain);
    output.unclip();
  },
  'a clip through a wide character': output => {
    output.clip({x1: 3, x2: 6, y1: 0, y2: 4});
    output.write(0, 1, `a漢${red('字漢')}b`, plain);
    output.unclip();
  },
  'a clip with nothing in it': output => {
    output.clip({x1: 5, x2: 5, y1: 0, y2: 4});
    output.write(0, 1, 'abcdefghijkl', plain);
    output.unclip();
  },
  'a text that begins left of its clip': output => {
    output.clip({x1: 4, x2: 20, y1: 0, y2: 4});
    output.write(0, 1, `ab${bold('cdefgh')}ij`, plain);
    output.unclip();
  },
};

describe('the same rows as Ink’s own output', () => {
  for (const [name, draw] of Object.entries(cases)) {
    test(name, () => {
      const [ours, theirs] = [InkOutputGrid, InkOutput].map(Made => {
        const output = new Made({width: 20, height: 4});
        draw(output);
        return output.get();
      });
      expect(ours!.height).toBe(theirs!.height);
      expect(shown(ours!.output)).toEqual(shown(theirs!.output));
    });
  }
});

/** What the Screen makes of a frame. */
function shown(frame: string) {
  const grid = new Grid(20, 4);
  for (const [y, line] of frame.split('\n').entries()) grid.ansi(0, y, line);
  return {lines: grid.toLines(), styles: [...grid.styles]};
}
