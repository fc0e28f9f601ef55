import type {StructState} from '../../../chapters/data/struct.ts';
import type {StructRefusal} from '../../../chapters/data/struct-shape.ts';
import {type MistakeOf, mistakeLines} from '../../parts/mistake.ts';
import {textPart} from '../../parts/text.ts';

/** What Python raises, the place marked, and what to do about it. */
export const refusedPart = textPart<StructState>('refused', 'What Python says', ({state: {refused}}, cells) =>
  refused === undefined ? [] : mistakeLines(mistakeOf(refused), cells),
);

export function mistakeOf(refused: StructRefusal): MistakeOf {
  const {class: name, message} = refused;
  return {...refused, says: name === undefined ? [[message, 'bad']] : [[name, 'bad'], ': ', [message, 'strong']]};
}
