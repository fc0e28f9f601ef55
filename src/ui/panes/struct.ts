import type {StructState} from '../../chapters/data/struct.ts';
import {toHex} from '../../journal/json.ts';
import {listPart} from '../parts/list.ts';
import {stack} from '../parts/stack.ts';
import {textPart} from '../parts/text.ts';
import type {View} from '../view.ts';

export const structView: View<StructState> = {
  parts: [
    listPart({
      id: 'fields',
      title: model => `Fields: ${model.state.answer?.size ?? 0} bytes`,
      range: model => ({first: 0, end: model.state.answer?.fields.length ?? 0}),
      row: (item, model) => {
        const field = model.state.answer?.fields[item];
        return field === undefined ? [] : [`${field.offset}`.padStart(4), `  ${field.code}  `, field.value];
      },
    }),
    textPart('bytes', 'Bytes', model => {
      const bytes = model.state.answer === undefined ? undefined : model.journal.bytesOf(model.state.answer);
      return [[bytes === undefined ? '' : toHex(bytes)]];
    }),
  ],
  layout: size =>
    stack(
      [
        {part: 'fields', atLeast: 4, share: 1},
        {part: 'bytes', atLeast: 3},
      ],
      size,
    ),
};
