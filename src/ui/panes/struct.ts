import type {StructState} from '../../chapters/data/struct.ts';
import {codePart} from '../parts/code.ts';
import {fieldsPart, followFields} from '../parts/fields-table.ts';
import {hexPart} from '../parts/hex-grid.ts';
import {mistakeRows} from '../parts/mistake.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {stalePart} from '../parts/stale.ts';
import type {Part, View} from '../view.ts';
import {explainField} from './struct/explain.ts';
import {bytesOf, fieldsOf} from './struct/fields.ts';
import {hasAnswerBytes, headingOf} from './struct/heading.ts';
import {ordersPart} from './struct/orders.ts';
import {mistakeOf, refusedPart} from './struct/refused.ts';

/** From this width on the code stands beside the fields. */
const wideFrom = 96;

const stale = (part: Part<StructState>) => stalePart(part, ({refused}) => refused !== undefined);

const link = followFields<StructState>('fields', 'bytes', fieldsOf);

/** Values, bytes, both byte orders and the code, each lighting up what belongs to it in the others. */
export const structView: View<StructState> = {
  heading: headingOf,
  parts: [
    refusedPart,
    stale(
      fieldsPart<StructState>({
        id: 'fields',
        title: ({state}) => (state.answer?.moreFields ? `Fields, and ${state.answer.moreFields} more` : 'Fields'),
        fields: fieldsOf,
        hex: 'bytes',
        empty: ({state}) => (state.answer === undefined ? 'No good answer yet.' : 'The format has no fields.'),
        explain: explainField,
      }),
    ),
    stale(
      hexPart<StructState>({
        id: 'bytes',
        title: ({state}) => `Bytes: ${state.answer?.bytes?.length ?? 0}`,
        bytes: bytesOf,
        fields: fieldsOf,
        edit: {action: 'edit'},
        empty: () => 'No bytes.',
        ...link,
        explain: model => explainField(fieldsOf(model)[model.cursors['fields'] ?? 0], model),
      }),
    ),
    stale(ordersPart),
    codePart<StructState>(),
  ],
  layout(size, {state}) {
    const cells = size.width < wideFrom ? size.width : Math.floor((size.width - 1) / 2);
    const said = state.refused === undefined ? 0 : mistakeRows(mistakeOf(state.refused), cells);
    const refused: Wish[] = said === 0 ? [] : [{part: 'refused', atLeast: said + 1, rank: 10}];
    const {answer} = state;
    const withBytes = hasAnswerBytes(state);
    const tight = size.height < 9;
    const bytes: Wish[] = withBytes ? [{part: 'bytes', atLeast: tight ? 2 : 4, share: 1, rank: 8}] : [];
    const compared = withBytes && answer?.op !== 'iter_unpack';
    const ordersRows = answer?.reversed === undefined ? 3 : 4;
    const orders: Wish[] = compared ? [{part: 'orders', atLeast: ordersRows, rank: 5}] : [];
    const code: Wish = {part: 'code', atLeast: 6, share: 2, rank: 3};
    if (size.width < wideFrom) {
      const few = Math.max(4, Math.min(7, (answer?.fields.length ?? 0) + 2));
      const fields: Wish = {part: 'fields', atLeast: tight ? 3 : few, share: 2, rank: 9};
      return stack([...refused, fields, ...bytes, ...orders, code], size);
    }
    // As tall as it is long, so that the orders stand right under it.
    const room = size.height - [...refused, ...orders].reduce((sum, {atLeast}) => sum + atLeast, 0);
    const tall = Math.max(4, Math.min(room, (answer?.fields.length ?? 0) + 2));
    return columns([...refused, {part: 'fields', atLeast: tall, rank: 9}, ...orders], [...bytes, code], size, {
      wideFrom,
    });
  },
};
