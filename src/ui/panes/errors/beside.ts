import type {ErrorsState} from '../../../chapters/data/errors.ts';
import {listPart} from '../../parts/list.ts';
import type {Line, Part, PartModel} from '../../view.ts';

export interface Sheet {
  readonly name: string;
  lines(model: PartModel<ErrorsState>, cells: number): readonly Line[];
}

const turns: Readonly<Record<string, number>> = {left: -1, right: 1, h: -1, l: 1, '[': -1, ']': 1};

/** Where there is no room for all: one sheet at a time, turned with left and right. */
export function besidePart(
  sheets: readonly Sheet[],
  press: (key: string, model: PartModel<ErrorsState>) => ReturnType<NonNullable<Part<ErrorsState>['press']>>,
): Part<ErrorsState> {
  const chosen = ({kept}: PartModel<ErrorsState>): number => Math.min(kept['sheet'] ?? 0, sheets.length - 1);
  const linesOf = (model: PartModel<ErrorsState>) => sheets[chosen(model)]!.lines(model, model.size.width - 2);
  return listPart<ErrorsState>({
    id: 'beside',
    title: () => 'What it is',
    // How many rows there are is known only with the sheet: `order` is exact.
    range: () => ({first: 0, end: 1000}),
    order(model) {
      const {length} = linesOf(model);
      return {length, at: place => place, placeOf: item => Math.max(0, Math.min(length - 1, item))};
    },
    head: model =>
      sheets.map(({name}, index) => (index === chosen(model) ? [`[${name}]`, 'accent'] : [` ${name} `, 'dim'])),
    row: (item, model) => linesOf(model)[item] ?? [],
    grabs: key => key in turns || key === 'p',
    press(key, model) {
      const by = turns[key];
      if (by === undefined) return press(key, model);
      return {cursor: 0, keep: {sheet: (chosen(model) + by + sheets.length) % sheets.length}};
    },
  });
}
