import {describe, expect, test} from 'vitest';
import {integerField, textField} from '../../../src/chapters/fields.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {foldedFieldAt, foldedHeight, paintFolded} from '../../../src/ui/chrome/folded-form.ts';
import {newForm} from '../../../src/ui/form.ts';
import {makeTheme} from '../../../src/ui/theme.ts';

const fields = {
  kind: textField({label: 'Kind', default: 'blocks'}),
  own: textField({label: 'Own bytes', default: ''}),
  size: integerField({label: 'Size', default: 4096, from: 1, to: 9999}),
  long: textField({label: 'Long', default: '漢字 and a good deal more than fits in a piece'}),
};

function painted(cells: number): string[] {
  const form = newForm(fields);
  const grid = new Grid(cells, foldedHeight(form, cells));
  paintFolded(grid.surface(), form, makeTheme('terminal'));
  return grid.toLines().map(line => line.trimEnd());
}

describe('a folded form', () => {
  test('fields follow each other, the empty ones last, long values cut', () => {
    expect(painted(100)).toEqual(['Kind blocks   Size 4096   Long 漢字 and a good deal mo…   Own bytes (empty)']);
  });

  test('goes on in the next row, never over the edge, and takes three rows at most', () => {
    expect(painted(34)).toEqual(['Kind blocks   Size 4096', 'Long 漢字 and a good deal mo…', 'Own bytes (empty)']);
    expect(painted(16)).toEqual(['Kind blocks', 'Size 4096', 'Long 漢字 and a…']);
  });

  test('a click finds the field that stands there', () => {
    const form = newForm(fields);
    const at = (x: number, y: number) => form.names[foldedFieldAt(form, 34, {x, y})];
    expect([at(0, 0), at(10, 0), at(14, 0), at(33, 0), at(0, 1), at(5, 2)]).toEqual([
      'kind',
      'kind',
      'size',
      'size',
      'long',
      'own',
    ]);
  });
});
